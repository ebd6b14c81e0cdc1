//! Scores the check on shortened sentences on the labelled pairs of `tests/rewrites`: what it lets pass, and what it should
//! have. No model is asked.

use anyhow::Result;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Other pairs than those: lines of JSON with `source`, `version` and `faithful`
    pairs: Option<PathBuf>,
    /// Print what is misjudged
    #[arg(long)]
    verbose: bool,
}

/// A sentence, a version of it, and whether a person found that it says the same.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    source: String,
    version: String,
    faithful: bool,
    /// What was done to the sentence.
    #[serde(default)]
    kind: String,
    /// What stood in front of it, where the version names what only that says.
    before: Option<String>,
}

/// Pairs, by label and verdict.
#[derive(Default)]
struct Count {
    faithful_kept: usize,
    faithful: usize,
    false_kept: usize,
    all: usize,
}

/// The folders of `tests/rewrites` that have pairs.
const SETS: [&str; 2] = ["held-out", "second"];

pub(crate) fn run(args: &Args) -> Result<()> {
    println!(
        "| pairs | all | faithful | kept | precision | recall | false ones kept | faithful ones fell for |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    if let Some(pairs) = &args.pairs {
        return score("given", pairs, args.verbose);
    }
    SETS.into_iter().try_for_each(|set| {
        let pairs = tests::root().join("tests/rewrites").join(set).join("faithful.jsonl");
        score(set, &pairs, args.verbose)
    })
}

/// Prints the row of a file of pairs.
fn score(set: &str, pairs: &Path, verbose: bool) -> Result<()> {
    let pairs = fs::read_to_string(pairs)?;
    let mut count = Count::default();
    let mut fell: BTreeMap<String, usize> = BTreeMap::new();
    for line in pairs.lines() {
        let Pair { source, version, faithful, kind, before } = serde_json::from_str(line)?;
        // The check knows the sentence alone.
        if before.is_some() {
            continue;
        }
        let verdict = tasks::verify(&source, &version);
        count.all += 1;
        count.faithful += usize::from(faithful);
        count.faithful_kept += usize::from(faithful && verdict.is_ok());
        count.false_kept += usize::from(!faithful && verdict.is_ok());
        if let Err(rejection) = verdict.as_ref()
            && faithful
        {
            *fell.entry(rejection.rule()).or_default() += 1;
        }
        if verbose && verdict.is_ok() != faithful {
            println!("{kind}: {verdict:?}\n    {source}\n    {version}");
        }
    }
    let Count { faithful_kept, faithful, false_kept, all } = count;
    let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    let kept = faithful_kept + false_kept;
    let fell: Vec<String> = fell.iter().map(|(rule, count)| format!("{rule} {count}")).collect();
    println!(
        "| {set} | {all} | {faithful} | {kept} | {:.1} % | {:.0} % | {false_kept} | {} |",
        share(faithful_kept, kept),
        share(faithful_kept, faithful),
        fell.join(", ")
    );
    Ok(())
}
