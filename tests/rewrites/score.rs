//! Scores how well the models rewrite the texts of `cases.json` in each way.
//!
//! `cargo run -p tests --example score_rewrites [-- [--verbose] [smollm2] [gemma] [OPERATION …]]` after `cargo xtask test`
//! fetched the models. What it printed last, and what follows from it, is in `README.md` beside this file.

use catalog::Profile;
use decoder::{Device, Precision, Uninterrupted};
use protocol::{
    Progress, RewriteGoal, RewriteLength, RewriteOperation, RewriteOptions, RewriteTone, Section,
    SectionStatus, Selection,
};
use serde::Deserialize;
use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::time::Instant;
use tasks::{Model, Run, Sink};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const MODELS: [(&str, &str); 2] = [("smollm2", tests::DEFAULT_MODEL), ("gemma", tests::TRANSLATOR)];

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let verbose = arguments.iter().any(|argument| argument == "--verbose");
    let wanted: Vec<&str> =
        arguments.iter().map(String::as_str).filter(|name| *name != "--verbose").collect();
    let path = tests::root().join("tests/rewrites/cases.json");
    let cases: HashMap<String, Vec<Case>> = serde_json::from_str(&fs::read_to_string(path)?)?;
    let chosen =
        |name: &str, all: &[&str]| wanted.contains(&name) || !wanted.iter().any(|other| all.contains(other));
    let models = MODELS.map(|(name, ..)| name);
    let names: Vec<String> = RewriteOperation::ALL.iter().map(|operation| name_of(*operation)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    println!(
        "| model | operation | texts | accepted | right | partly | wrong | left as they were | s per text |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for (model_name, id) in MODELS.into_iter().filter(|(name, ..)| chosen(name, &models)) {
        let mut model = load(id)?;
        let profile = &catalog::measured(id).profile;
        for operation in RewriteOperation::ALL {
            let name = name_of(operation);
            if chosen(&name, &names) {
                for (fresh, what) in [(false, ""), (true, ", fresh")] {
                    let cases: Vec<&Case> = cases[&name].iter().filter(|case| case.fresh == fresh).collect();
                    if !cases.is_empty() {
                        let score = score(&mut model, profile, operation, &cases, verbose)?;
                        println!("| {model_name} | {name}{what} | {score} |");
                    }
                }
            }
        }
    }
    Ok(())
}

fn load(id: &str) -> Result<Model> {
    let (header, decoder) = tests::load(&tests::model(id), Device::cpu(Precision::Bits8), 2048);
    Ok(Model::new(&header, decoder, || 0.0)?)
}

/// The operation's name in the protocol.
fn name_of(operation: RewriteOperation) -> String {
    serde_json::to_value(operation).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

fn options(operation: RewriteOperation, instruction: &str) -> RewriteOptions {
    let none = RewriteOptions::default();
    match operation {
        RewriteOperation::FixGrammar => RewriteOptions { goal: RewriteGoal::FixGrammar, ..none },
        RewriteOperation::Simplify => RewriteOptions { goal: RewriteGoal::Simplify, ..none },
        RewriteOperation::Bullets => RewriteOptions { goal: RewriteGoal::Bullets, ..none },
        RewriteOperation::Shorter => RewriteOptions { length: RewriteLength::Shorter, ..none },
        RewriteOperation::Longer => RewriteOptions { length: RewriteLength::Longer, ..none },
        RewriteOperation::MoreFormal => RewriteOptions { tone: RewriteTone::MoreFormal, ..none },
        RewriteOperation::MoreCasual => RewriteOptions { tone: RewriteTone::MoreCasual, ..none },
        RewriteOperation::Instruction => RewriteOptions { instruction: Some(instruction.to_owned()), ..none },
    }
}

/// A text and what can be said of good versions of it.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Case {
    /// Written when the wording of the prompts was settled, so that it cannot have been made to suit.
    fresh: bool,
    text: String,
    instruction: String,
    /// Good versions; with any, others are good only if features are given too.
    accept: Vec<String>,
    /// Versions read and found better than the text, though not free of mistakes.
    partly: Vec<String>,
    /// Versions read and found wrong, though their features are right.
    wrong: Vec<String>,
    /// What must be in a good version: alternatives, between bars, as they begin a word.
    keep: Vec<String>,
    /// What must not.
    gone: Vec<String>,
    /// Of these at least one must be gone.
    fewer: Vec<String>,
    /// Points of a list.
    points: Option<usize>,
    /// Words at most.
    words: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Grade {
    Right,
    Partly,
    Wrong,
}

impl Grade {
    fn name(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Partly => "partly",
            Self::Wrong => "WRONG",
        }
    }
}

impl Case {
    fn grade(&self, version: &str) -> Grade {
        let listed = |list: &[String]| list.iter().any(|other| plain(other) == plain(version));
        let has = |wanted: &String| wanted.split('|').any(|wanted| begins_word(version, wanted));
        let featured = !(self.keep.is_empty() && self.gone.is_empty() && self.fewer.is_empty());
        let features = featured
            && self.keep.iter().all(has)
            && !self.gone.iter().any(has)
            && (self.fewer.is_empty() || !self.fewer.iter().all(has))
            && self
                .points
                .is_none_or(|points| version.lines().filter(|line| line.starts_with("- ")).count() == points)
            && self.words.is_none_or(|words| version.split_whitespace().count() <= words);
        match () {
            () if listed(&self.wrong) => Grade::Wrong,
            () if listed(&self.partly) => Grade::Partly,
            () if features || listed(&self.accept) => Grade::Right,
            () => Grade::Wrong,
        }
    }
}

fn plain(text: &str) -> String {
    text.replace('’', "'").trim_end_matches('.').to_owned()
}

fn begins_word(text: &str, wanted: &str) -> bool {
    let (text, wanted) = (text.to_lowercase(), wanted.to_lowercase());
    let inside = wanted.starts_with(|c: char| !c.is_alphanumeric());
    text.match_indices(&wanted).any(|(at, _)| inside || !text[..at].ends_with(|c: char| c.is_alphanumeric()))
}

#[derive(Default)]
struct Score {
    texts: usize,
    accepted: usize,
    right: usize,
    partly: usize,
    seconds: f64,
}

/// Rewrites the texts and grades what came of them. Sentences are lines of one selection, as they would be in an article, so
/// that the model reads its examples once.
fn score(
    model: &mut Model,
    profile: &Profile,
    operation: RewriteOperation,
    cases: &[&Case],
    verbose: bool,
) -> Result<Score> {
    let alone = matches!(operation, RewriteOperation::Bullets | RewriteOperation::Instruction);
    let mut score = Score::default();
    for cases in cases.chunks(if alone { 1 } else { cases.len() }) {
        let texts: Vec<&str> = cases.iter().map(|case| case.text.as_str()).collect();
        let selection =
            Selection { text: texts.join("\n"), lang: Some("en".to_owned()), ..Selection::default() };
        let options = options(operation, &cases[0].instruction);
        let mut sections = Sections::default();
        let start = Instant::now();
        let work =
            tasks::try_rewrite(Run::new(model, profile, &mut sections, &Uninterrupted), &selection, &options);
        let whole = match pollster::block_on(work) {
            Ok(text) => text,
            Err(tasks::Error::NoResult { .. }) => selection.text.clone(),
            Err(error) => return Err(error.into()),
        };
        score.seconds += start.elapsed().as_secs_f64();
        for (at, case) in cases.iter().enumerate() {
            let version = if alone { &whole } else { &sections.0[at].text };
            let grade = (*version != case.text).then(|| case.grade(version));
            score.count(grade);
            if verbose {
                let mark = grade.map_or("left", Grade::name);
                println!("  [{mark}] {}\n      {version}", case.text);
                sections.0.iter().skip(at).take(if alone { usize::MAX } else { 1 }).for_each(show);
                let drafts = sections.1.iter().filter(|(index, _)| alone || *index as usize == at);
                drafts.for_each(|(_, draft)| println!("        ~ {draft}"));
            }
        }
    }
    Ok(score)
}

fn show(section: &Section) {
    if let Some(note) = &section.note {
        println!("      ({note})");
    }
    if !section.lost.is_empty() {
        println!("      (lost: {})", section.lost.join(", "));
    }
}

impl Score {
    fn count(&mut self, grade: Option<Grade>) {
        self.texts += 1;
        self.accepted += usize::from(grade.is_some());
        self.right += usize::from(grade == Some(Grade::Right));
        self.partly += usize::from(grade == Some(Grade::Partly));
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { texts, accepted, right, partly, seconds } = self;
        let (wrong, left) = (accepted - right - partly, texts - accepted);
        write!(
            f,
            "{texts} | {accepted} | {right} | {partly} | {wrong} | {left} | {:.1}",
            seconds / (*texts).max(1) as f64
        )
    }
}

/// The sections as they are at last, and every draft that was written on the way.
#[derive(Default)]
struct Sections(Vec<Section>, Vec<(u32, String)>);

impl Sink for Sections {
    fn section(&mut self, section: Section) {
        if section.status == SectionStatus::Draft {
            self.1.push((section.index, section.text.clone()));
        }
        let at = section.index as usize;
        if at < self.0.len() { self.0[at] = section } else { self.0.push(section) }
    }

    fn token(&mut self, _: u32, text: &str) {
        if let Some((_, draft)) = self.1.last_mut() {
            draft.push_str(text);
        }
    }

    fn progress(&mut self, _: Progress) {}

    fn coverage(&mut self, _: f32) {}
}
