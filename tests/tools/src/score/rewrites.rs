//! Scores how well the models rewrite the texts of `tests/rewrites` in each way. What it printed last, and what follows from
//! it, is in `README.md` there.

use super::Variants;
use super::cases::{Case, Grade};
use crate::device::Place;
use crate::sections::Sections;
use anyhow::{Context, Result};
use catalog::{GEMMA3, Profile, SMOLLM2};
use decoder::Uninterrupted;
use protocol::{
    RewriteGoal, RewriteLength, RewriteOperation, RewriteOptions, RewriteTone, Section, Selection,
};
use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;
use tasks::{Model, Run};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Models and operations [default: all]
    #[arg(value_parser = filter)]
    filters: Vec<String>,
    /// Only the texts that no training sees
    #[arg(long)]
    held_out: bool,
    /// Print each version
    #[arg(long)]
    verbose: bool,
    #[command(flatten)]
    variants: Variants,
    #[command(flatten)]
    place: Place,
}

impl Args {
    /// Whether `name` is among the filters, or none is of its sort.
    fn wants(&self, name: &str, sort: &[String]) -> bool {
        self.filters.iter().any(|filter| filter == name)
            || !self.filters.iter().any(|filter| sort.contains(filter))
    }
}

/// The models as the table calls them.
const MODELS: [(&str, &str); 2] = [("smollm2", SMOLLM2), ("gemma", GEMMA3)];

fn models() -> Vec<String> {
    MODELS.map(|(name, ..)| name.to_owned()).into()
}

fn operations() -> Vec<String> {
    RewriteOperation::ALL.map(name_of).into()
}

/// A filter, if it names something.
fn filter(name: &str) -> Result<String, String> {
    let mut names = models().into_iter().chain(operations());
    if names.any(|other| other == name) {
        return Ok(name.to_owned());
    }
    Err(format!("there are {}; {}", models().join(", "), operations().join(", ")))
}

pub(crate) async fn run(args: &Args) -> Result<()> {
    let mut settled: HashMap<String, Vec<Case>> =
        serde_json::from_str(&fs::read_to_string(folder().join("cases.json"))?)?;
    let mut sets = HashMap::new();
    for operation in RewriteOperation::ALL {
        let name = name_of(operation);
        let cases = settled.remove(&name).filter(|_| !args.held_out).unwrap_or_default();
        let others = [unseen("held-out", &name)?, unseen("second", &name)?, unseen("third", &name)?];
        sets.insert(name, sets_of(cases, others));
    }
    println!(
        "| model | operation | texts | accepted | right | partly | wrong | left as they were | s per text |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for (model_name, id) in MODELS.into_iter().filter(|(name, ..)| args.wants(name, &models())) {
        let mut variants = args.variants.load(model_name, id, &args.place).await?;
        let profile = &catalog::measured(id).profile;
        for operation in RewriteOperation::ALL {
            let name = name_of(operation);
            if !args.wants(&name, &operations()) {
                continue;
            }
            for (what, cases) in sets[&name].iter().filter(|(_, cases)| !cases.is_empty()) {
                for (variant, model) in &mut variants {
                    let score = score(model, profile, operation, cases, args.verbose).await?;
                    println!("| {variant} | {name}{what} | {score} |");
                }
            }
        }
    }
    Ok(())
}

fn folder() -> PathBuf {
    tests::root().join("tests/rewrites")
}

/// The texts of an operation in a folder that no training sees.
fn unseen(set: &str, name: &str) -> Result<Vec<Case>> {
    let path = folder().join(set).join(name).with_extension("jsonl");
    if !path.exists() {
        return Ok(Vec::new());
    }
    let lines = fs::read_to_string(&path)?;
    lines.lines().map(|line| serde_json::from_str(line).with_context(|| path.display().to_string())).collect()
}

/// The texts by what is known of them, each set with what the table calls it.
fn sets_of(settled: Vec<Case>, [held_out, second, third]: [Vec<Case>; 3]) -> [(&'static str, Vec<Case>); 6] {
    let (fresh, old) = settled.into_iter().partition(|case| case.fresh);
    let (right, others) = held_out.into_iter().partition(Case::is_right);
    [
        ("", old),
        (", fresh", fresh),
        (", held out", others),
        (", held out, without mistakes", right),
        (", second set", second),
        (", third set", third),
    ]
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

#[derive(Default)]
struct Score {
    texts: usize,
    accepted: usize,
    right: usize,
    partly: usize,
    seconds: f64,
}

/// Rewrites the texts, each as a selection of its own, and grades what came of them.
async fn score(
    model: &mut Model,
    profile: &Profile,
    operation: RewriteOperation,
    cases: &[Case],
    verbose: bool,
) -> Result<Score> {
    let mut score = Score::default();
    for case in cases {
        let text = case.text.clone();
        let selection = Selection { text, lang: Some("en".to_owned()), ..Selection::default() };
        let options = options(operation, &case.instruction);
        let mut sections = Sections::default();
        let start = Instant::now();
        let run = Run::new(model, profile, &mut sections, &Uninterrupted);
        let version = match tasks::try_rewrite(run, &selection, &options).await {
            Ok(text) => text,
            Err(tasks::Error::NoResult { .. }) => selection.text,
            Err(error) => return Err(error.into()),
        };
        score.seconds += start.elapsed().as_secs_f64();
        let grade = (version != case.text).then(|| case.grade(&version));
        score.count(grade);
        if verbose {
            let mark = grade.map_or("left", Grade::name);
            println!("  [{mark}] {}\n      {version}", case.text);
            sections.sections.iter().for_each(show);
            sections.drafts.iter().for_each(|(_, draft)| println!("        ~ {draft}"));
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
