//! Tests in TypeScript, run by Node.

use super::durations::Durations;
use crate::driver;
use crate::paths::{root, target};
use crate::process::{self, describe};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::fs;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

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

/// Test files, ready to run.
pub(super) struct Tests {
    node: Command,
    /// Where their durations are written.
    durations: PathBuf,
}

impl Tests {
    /// Bundles test files for this Node, which runs so many at a time, or of their tests those whose name contains `filter`.
    /// `name`: other than that of tests that run beside them.
    pub(super) fn bundle(
        name: &str,
        mut node: Command,
        files: &[PathBuf],
        at_a_time: usize,
        filter: Option<&str>,
    ) -> Result<Self> {
        let tests = driver::bundle(files)?;
        let reporter = driver::bundle(&[root().join("tests/durations.ts")])?;
        let durations = target()?.join(format!("durations-{name}.jsonl"));
        node.args([
            "--test",
            "--test-timeout=600000",
            "--test-reporter=spec",
            "--test-reporter-destination=stdout",
        ]);
        node.arg(format!("--test-concurrency={at_a_time}"));
        node.args(reporter.iter().map(|path| format!("--test-reporter={}", path.display())));
        node.arg(format!("--test-reporter-destination={}", durations.display()));
        node.args(filter.iter().map(|filter| format!("--test-name-pattern={filter}")));
        node.args(tests);
        Ok(Self { node, durations })
    }

    /// Runs them, shows what they print and notes how long they took.
    pub(super) fn run(mut self, durations: &mut Durations) -> Result<()> {
        let outcome = process::pass(&mut self.node);
        read(&self.durations, durations)?;
        outcome
    }

    /// The same beside `others`, whose output comes first.
    pub(super) fn run_beside(mut self, others: Self, durations: &mut Durations) -> Result<()> {
        let (outcome, output) = thread::scope(|scope| {
            let command = &mut self.node;
            let running = scope.spawn(|| command.stderr(Stdio::inherit()).output());
            (others.run(durations), running.join().unwrap_or_else(|panic| resume_unwind(panic)))
        });
        let output = output.with_context(|| describe(&self.node))?;
        println!("{}", String::from_utf8_lossy(&output.stdout));
        read(&self.durations, durations)?;
        ensure!(output.status.success(), "{}: {}", describe(&self.node), output.status);
        outcome
    }
}

/// Notes the durations that the reporter wrote, one line of JSON a test.
fn read(file: &Path, durations: &mut Durations) -> Result<()> {
    for line in fs::read_to_string(file).with_context(|| file.display().to_string())?.lines() {
        let test: Value = serde_json::from_str(line)?;
        let name = test["name"].as_str().context("a test without a name")?;
        let seconds = test["seconds"].as_f64().context("a test without a duration")?;
        durations.add(name.to_owned(), seconds);
    }
    Ok(())
}
