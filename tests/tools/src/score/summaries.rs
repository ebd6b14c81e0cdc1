//! Scores the ways to summarise on the real pages of `tests/pages`, and prints the summaries to be read. What it printed last,
//! and what follows from it, is in `tests/summaries/README.md`.

use super::memo::Memo;
use crate::device::Place;
use crate::model;
use crate::sections::Sections;
use anyhow::Result;
use article::Article;
use catalog::SMOLLM2;
use decoder::Uninterrupted;
use protocol::{Section, SectionStatus, SummaryLength, SummaryType};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use tasks::{Run, SummaryOptions, Wording};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Names of pages in tests/pages [default: all that are in English]
    pages: Vec<String>,
    /// Print each answer with its verdict
    #[arg(long)]
    verbose: bool,
    #[command(flatten)]
    place: Place,
}

/// A way to get a shorter sentence: whether it is trimmed first, and the wordings tried in turn.
const VARIANTS: [(&str, bool, &[Wording]); 10] = [
    ("plain", false, &[Wording::Plain]),
    ("examples", false, &[Wording::Examples]),
    ("trim, plain", true, &[Wording::Plain]),
    ("trim, examples", true, &[Wording::Examples]),
    ("trim, plain, examples", true, &[Wording::Plain, Wording::Examples]),
    ("trim, examples, plain", true, &[Wording::Examples, Wording::Plain]),
    ("taught", false, &[Wording::Taught]),
    ("trim, taught", true, &[Wording::Taught]),
    ("trim, taught, examples", true, &[Wording::Taught, Wording::Examples]),
    ("trim, taught, plain", true, &[Wording::Taught, Wording::Plain]),
];

pub(crate) async fn run(args: &Args) -> Result<()> {
    let adapters = &catalog::measured(SMOLLM2).adapters;
    let mut model = Memo::new(model::load_for_tasks(SMOLLM2, &args.place, adapters).await?);
    let mut totals: BTreeMap<usize, Score> = BTreeMap::new();
    let mut folders: Vec<_> =
        fs::read_dir(tests::root().join("tests/pages"))?.collect::<std::result::Result<_, _>>()?;
    folders.sort_by_key(fs::DirEntry::file_name);
    for folder in folders {
        let name = folder.file_name().to_string_lossy().into_owned();
        let source = folder.path().join("source.html");
        if !source.is_file() || !args.pages.is_empty() && !args.pages.contains(&name) {
            continue;
        }
        let page = article::extract(&fs::read_to_string(source)?, "https://example.org/", "")?;
        // The model knows English alone.
        if page.lang.as_deref().is_some_and(|lang| !lang.starts_with("en")) {
            continue;
        }
        println!("\n=== {name}: {} ({} words)", page.title, page.text().split_whitespace().count());
        for (at, variant) in VARIANTS.iter().enumerate() {
            let score = score(&mut model, &page, variant, args.verbose).await?;
            totals.entry(at).or_default().add(&score);
        }
        for (kind, length) in
            [(SummaryType::KeyPoints, SummaryLength::Medium), (SummaryType::Tldr, SummaryLength::Medium)]
        {
            show(&mut model, &page, SummaryOptions { kind, length, ..SummaryOptions::default() }).await?;
        }
    }
    println!("\n| variant | asked | kept | length of the kept | invented | seconds | fell for |");
    println!("|---|---|---|---|---|---|---|");
    for (at, score) in &totals {
        println!("| {} | {score} |", VARIANTS[*at].0);
    }
    Ok(())
}

/// What a variant made of some sentences.
#[derive(Default)]
struct Score {
    asked: usize,
    kept: usize,
    /// Sum of the kept answers' lengths as shares of their sentences'.
    share: f64,
    invented: usize,
    seconds: f64,
    verdicts: BTreeMap<String, usize>,
}

impl Score {
    fn add(&mut self, other: &Self) {
        self.asked += other.asked;
        self.kept += other.kept;
        self.share += other.share;
        self.invented += other.invented;
        self.seconds += other.seconds;
        for (rule, count) in &other.verdicts {
            *self.verdicts.entry(rule.clone()).or_default() += count;
        }
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let fell: Vec<String> = self.verdicts.iter().map(|(name, count)| format!("{name} {count}")).collect();
        let mean = 100.0 * self.share / self.kept.max(1) as f64;
        let Self { asked, kept, invented, seconds, .. } = self;
        write!(
            f,
            "{asked} | {kept} ({:.0} %) | {mean:.0} % | {invented} | {seconds:.0} | {}",
            100.0 * *kept as f64 / (*asked).max(1) as f64,
            fell.join(", ")
        )
    }
}

/// Runs a variant over the sentences that a long summary of the page would choose.
async fn score(
    model: &mut Memo,
    page: &Article,
    (_, trimmed, wordings): &(&str, bool, &[Wording]),
    verbose: bool,
) -> Result<Score> {
    let start = model.seconds();
    let profile = &catalog::measured(SMOLLM2).profile;
    let mut score = Score::default();
    let long = SummaryOptions { length: SummaryLength::Long, ..SummaryOptions::default() };
    for section in choose(model, page, long).await? {
        let sentence = section.text;
        if sentence.split_whitespace().count() <= 13 {
            continue;
        }
        score.asked += 1;
        let input = if *trimmed { tasks::trim(&sentence) } else { sentence.clone() };
        for &wording in *wordings {
            let mut nobody = ();
            let mut run = Run::new(model, profile, &mut nobody, &Uninterrupted);
            let answer = tasks::shorten(&mut run, &input, wording).await?;
            let verdict = tasks::verify(&sentence, &answer);
            if verbose {
                println!("  [{verdict:?}] {wording:?}\n      {sentence}\n      {input}\n      {answer}");
            }
            let Err(rejection) = verdict else {
                score.kept += 1;
                score.share +=
                    answer.split_whitespace().count() as f64 / sentence.split_whitespace().count() as f64;
                score.invented +=
                    tasks::inventions(&format!("{}. {}", page.title, page.text()), &answer).len();
                break;
            };
            *score.verdicts.entry(rejection.rule()).or_default() += 1;
        }
    }
    score.seconds = model.seconds() - start;
    Ok(score)
}

/// The page's own sentences for a summary: what a model gets that does not know the page's language.
async fn choose(model: &mut Memo, page: &Article, options: SummaryOptions) -> Result<Vec<Section>> {
    let mute = &catalog::unmeasured().base;
    let mut sections = Sections::default();
    tasks::summarize(Run::new(model, mute, &mut sections, &Uninterrupted), page, options).await?;
    Ok(sections.sections)
}

/// Prints the summary that the extension would show, with what can be measured of it.
async fn show(model: &mut Memo, page: &Article, options: SummaryOptions) -> Result<()> {
    let start = model.seconds();
    let profile = &catalog::measured(SMOLLM2).profile;
    let mut sections = Sections::default();
    let run = Run::new(model, profile, &mut sections, &Uninterrupted);
    let text = tasks::summarize(run, page, options).await?;
    let seconds = model.seconds() - start;
    let Sections { sections, .. } = sections;
    let checked = sections.iter().filter(|section| section.status == SectionStatus::Checked).count();
    let whole = format!("{}. {}", page.title, page.text());
    let invented: usize = sections.iter().map(|section| tasks::inventions(&whole, &section.text).len()).sum();
    let dangling = sections.iter().filter(|section| leans(&section.text)).count();
    println!(
        "--- {:?}: {checked} of {} written by the model, {invented} invented, {dangling} dangling, covers {:.0} % of the page's terms and \
         {:.0} % of its lead's, {} of {} words, {seconds:.1} s",
        options.kind,
        sections.len(),
        100.0 * covered(&whole, &text),
        100.0 * covered(&lead(page), &text),
        text.split_whitespace().count(),
        whole.split_whitespace().count(),
    );
    for section in &sections {
        println!("  {} {}", if section.status == SectionStatus::Checked { "+" } else { "=" }, section.text);
    }
    Ok(())
}

fn leans(text: &str) -> bool {
    let first = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    ["He", "She", "It", "They", "This", "That", "These", "Those", "His", "Her", "Their", "Its"]
        .contains(&first)
}

/// The page's first hundred words: what an editor would put first.
fn lead(page: &Article) -> String {
    let paragraphs = page.blocks.iter().filter(|block| block.kind == article::BlockKind::Paragraph);
    let words: Vec<&str> = paragraphs.flat_map(|block| block.text.split_whitespace()).take(100).collect();
    words.join(" ")
}

/// The share of `text`'s longer words, counted as often as they occur, that `summary` has (unigram recall, as ROUGE-1).
fn covered(text: &str, summary: &str) -> f64 {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 4);
        words.map(|word| word.to_lowercase().trim_end_matches('s').to_owned()).collect()
    };
    let known: BTreeSet<String> = words(summary).into_iter().collect();
    let all = words(text);
    all.iter().filter(|word| known.contains(*word)).count() as f64 / all.len().max(1) as f64
}
