//! Tests in TypeScript, run by Node.

use super::Suite;
use crate::driver;
use crate::paths::{root, target};
use crate::process;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The test files in a folder of `tests/`, in the order of their names.
pub(super) fn files(folder: &str) -> Result<Vec<PathBuf>> {
    let folder = root().join("tests").join(folder);
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if path.to_str().is_some_and(|name| name.ends_with(".test.ts")) {
            files.push(path);
        }
    }
    ensure!(!files.is_empty(), "no tests in {}", folder.display());
    files.sort();
    Ok(files)
}

/// Runs test files with this Node, so many at a time, and notes how long their tests took.
pub(super) fn run(suite: &mut Suite, mut node: Command, files: &[PathBuf], at_a_time: usize) -> Result<()> {
    let tests = driver::bundle(files)?;
    let reporter = driver::bundle(&[root().join("tests/durations.ts")])?;
    let durations = target()?.join("durations.jsonl");
    node.args([
        "--test",
        "--test-timeout=600000",
        "--test-reporter=spec",
        "--test-reporter-destination=stdout",
    ]);
    node.arg(format!("--test-concurrency={at_a_time}"));
    node.args(reporter.iter().map(|path| format!("--test-reporter={}", path.display())));
    node.arg(format!("--test-reporter-destination={}", durations.display()));
    node.args(suite.filter.iter().map(|filter| format!("--test-name-pattern={filter}")));
    let outcome = process::pass(node.args(tests));
    read(&durations, suite)?;
    outcome
}

/// Notes the durations that the reporter wrote, one line of JSON a test.
fn read(file: &Path, suite: &mut Suite) -> Result<()> {
    for line in fs::read_to_string(file).with_context(|| file.display().to_string())?.lines() {
        let test: Value = serde_json::from_str(line)?;
        let name = test["name"].as_str().context("a test without a name")?;
        let seconds = test["seconds"].as_f64().context("a test without a duration")?;
        suite.durations.add(name.to_owned(), seconds);
    }
    Ok(())
}
