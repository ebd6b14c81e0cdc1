//! Scores the answers to the questions of `tests/questions`. What it printed last, and what follows from it, is in
//! `tests/questions/README.md`.

use crate::device::Place;
use crate::model;
use crate::sections::Sections;
use anyhow::{Context, Result, ensure};
use article::Article;
use catalog::SMOLLM2;
use decoder::Uninterrupted;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use tasks::{Model, Run};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Print what went wrong with the questions that the rules were made with; of those held out nothing is printed
    #[arg(long)]
    verbose: bool,
    /// Have the model shorten the answers, as in the extension: which sentence is chosen does not depend on it
    #[arg(long)]
    shorten: bool,
    /// Another folder of questions (*.jsonl), with pages in pages/NAME.html
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
}

/// A question about a page.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// Its name in `tests/questions/pages` or `tests/pages`.
    page: String,
    question: String,
    /// Parts of sentences of the page, one of which must be in the passage of the answer; none where the page does not say.
    answers: Vec<String>,
    /// The page speaks of what is asked about, and does not say this.
    #[serde(default)]
    near: bool,
}

/// What became of some questions.
#[derive(Default)]
struct Score {
    right: usize,
    wrong: usize,
    silent: usize,
    /// Of those that the page does not answer: answered and all, near misses and others.
    near: (usize, usize),
    far: (usize, usize),
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { right, wrong, silent, near, far } = self;
        let of = |part: usize, all: usize| {
            format!("{part} of {all} ({:.0} %)", 100.0 * part as f64 / all.max(1) as f64)
        };
        let answerable = right + wrong + silent;
        write!(
            f,
            "{} | {} | {} | {} | {} | {}",
            of(*right, answerable),
            of(*wrong, answerable),
            of(*silent, answerable),
            of(near.0 + far.0, near.1 + far.1),
            of(near.0, near.1),
            of(far.0, far.1),
        )
    }
}

pub(crate) async fn run(args: &Args) -> Result<()> {
    let adapters = &catalog::measured(SMOLLM2).adapters;
    let mut model = model::load_for_tasks(SMOLLM2, &args.place, adapters).await?;
    let folder = args.folder.clone().unwrap_or_else(|| tests::root().join("tests/questions"));
    let mut pages = BTreeMap::new();
    let mut rows = Vec::new();
    let mut sets: Vec<PathBuf> =
        fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    sets.sort();
    for set in sets.iter().filter(|set| set.extension().is_some_and(|extension| extension == "jsonl")) {
        let name = set.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let verbose = args.verbose && name != "held-out";
        let mut score = Score::default();
        for line in fs::read_to_string(set)?.lines() {
            let case: Case = serde_json::from_str(line).with_context(|| line.to_owned())?;
            if !pages.contains_key(&case.page) {
                pages.insert(case.page.clone(), read(&folder, &case.page)?);
            }
            let page = &pages[&case.page];
            let known =
                case.answers.iter().all(|answer| page.blocks.iter().any(|block| block.text.contains(answer)));
            ensure!(known, "{} does not have {:?}", case.page, case.answers);
            let (passage, text) = answer(&mut model, page, &case.question, args.shorten).await?;
            let verdict = score.add(&case, passage.as_deref());
            if verbose && verdict != "right" {
                println!(
                    "{verdict}: {}: {}\n    {}",
                    case.page,
                    case.question,
                    passage.as_deref().unwrap_or("-")
                );
            } else if args.shorten && !text.is_empty() && name != "held-out" {
                println!("{verdict}: {}: {}\n    {text}", case.page, case.question);
            }
        }
        rows.push((name, score));
    }
    println!(
        "\n| questions | right | wrong | not answered | unanswerable answered | of near misses | of others |"
    );
    println!("|---|---|---|---|---|---|---|");
    for (name, score) in rows {
        println!("| {name} | {score} |");
    }
    Ok(())
}

impl Score {
    fn add(&mut self, case: &Case, passage: Option<&str>) -> &'static str {
        let is_right = |passage: &str| case.answers.iter().any(|answer| passage.contains(answer));
        let unanswerable = if case.near { &mut self.near } else { &mut self.far };
        match passage {
            None if case.answers.is_empty() => {
                unanswerable.1 += 1;
                "right"
            }
            Some(_) if case.answers.is_empty() => {
                unanswerable.0 += 1;
                unanswerable.1 += 1;
                "ANSWERED"
            }
            None => {
                self.silent += 1;
                "silent"
            }
            Some(passage) if is_right(passage) => {
                self.right += 1;
                "right"
            }
            Some(_) => {
                self.wrong += 1;
                "WRONG"
            }
        }
    }
}

/// A page of the questions' own, or one of `tests/pages`.
fn read(folder: &std::path::Path, name: &str) -> Result<Article> {
    let own = folder.join("pages").join(name).with_extension("html");
    let file =
        if own.is_file() { own } else { tests::root().join("tests/pages").join(name).join("source.html") };
    let html = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    Ok(article::extract(&html, "https://example.org/", "")?)
}

/// The passage of the answer, and its text.
async fn answer(
    model: &mut Model,
    page: &Article,
    question: &str,
    shorten: bool,
) -> Result<(Option<String>, String)> {
    let profile = if shorten { &catalog::measured(SMOLLM2).profile } else { &catalog::unmeasured().base };
    let mut sections = Sections::default();
    let run = Run::new(model, profile, &mut sections, &Uninterrupted);
    let text = match tasks::ask(run, page, question).await {
        Err(tasks::Error::Question { .. }) => String::new(),
        text => text?,
    };
    let passage = sections.sections.into_iter().next().and_then(|section| section.source);
    Ok((passage.map(|passage| passage.text), text))
}
