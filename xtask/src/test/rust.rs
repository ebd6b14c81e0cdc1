//! The Rust tests: Cargo builds their programs, they are run here, so that each test's time is known.

use super::{LIBRARIES, Suite};
use crate::paths::{cargo, models};
use crate::process::{self, describe, say};
use crate::setup;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Programs that need a real model or a GPU, and how their packages' folders are called.
const HEAVY: [(&str, &str); 3] = [("decoder", "decoder"), ("kernels", "gpu"), ("prompt", "prompt")];

/// Folders of packages all of whose programs do.
const HEAVY_PACKAGES: [&str; 2] = ["tests", "tools"];

/// Of those, the ones that run many GPU kernels on little: a software driver (Mesa's) takes longer to optimise a kernel than to
/// run it.
const MANY_KERNELS: [(&str, &str); 2] = [("decoder", "decoder"), ("kernels", "gpu")];

/// A test program.
struct Program {
    /// The folder of its package.
    package: String,
    /// Name of the library, or of the file of tests.
    name: String,
    executable: PathBuf,
    /// Where its package lies: what Cargo would run it in.
    folder: PathBuf,
}

impl Program {
    fn is_heavy(&self) -> bool {
        let Self { package, name, .. } = self;
        HEAVY_PACKAGES.contains(&package.as_str()) || HEAVY.contains(&(package, name))
    }

    fn has_many_kernels(&self) -> bool {
        MANY_KERNELS.contains(&(&self.package, &self.name))
    }
}

/// The tests that need nothing but this program's own files.
pub(super) fn light(suite: &mut Suite) -> Result<()> {
    run(suite, |program| !program.is_heavy())
}

/// The others.
pub(super) fn heavy(suite: &mut Suite) -> Result<()> {
    setup::chromium::ensure_vulkan()?;
    for model in catalog::models() {
        setup::model::ensure(model)?;
    }
    run(suite, Program::is_heavy)
}

/// Runs the chosen programs, all of them although one fails.
fn run(suite: &mut Suite, is_chosen: impl Fn(&Program) -> bool) -> Result<()> {
    let mut failed = Vec::new();
    for program in programs()?.iter().filter(|program| is_chosen(program)) {
        if !execute(program, suite)? {
            failed.push(format!("{} ({})", program.name, program.package));
        }
    }
    ensure!(failed.is_empty(), "tests failed: {}", failed.join(", "));
    Ok(())
}

/// Builds the test programs of every crate but `xtask`, whose dependencies need not be compiled twice. Examples, benchmarks
/// and the tests in documentation are no part of it.
fn programs() -> Result<Vec<Program>> {
    let mut build = cargo("test");
    build.args(LIBRARIES).args(["--tests", "--no-run", "--message-format=json-render-diagnostics"]);
    let messages = process::output(&mut build)?;
    messages.lines().filter_map(|line| program(line).transpose()).collect()
}

/// The test program that a message of Cargo announces.
fn program(message: &str) -> Result<Option<Program>> {
    let message: Value = serde_json::from_str(message)?;
    let Some(executable) = message["executable"].as_str().filter(|_| message["profile"]["test"] == true)
    else {
        return Ok(None);
    };
    let manifest = Path::new(message["manifest_path"].as_str().context("a program of no package")?);
    let folder = manifest.parent().context("a package in no folder")?;
    let name = message["target"]["name"].as_str().context("a program without a name")?;
    let package = folder.file_name().context("a package in no folder")?.to_string_lossy();
    Ok(Some(Program {
        package: package.into_owned(),
        name: name.to_owned(),
        executable: executable.into(),
        folder: folder.to_owned(),
    }))
}

/// Runs a program, passes on what it prints and notes how long its tests took. Returns whether all passed.
fn execute(program: &Program, suite: &mut Suite) -> Result<bool> {
    say(format!("-- {} ({})", program.name, program.package));
    let mut command = Command::new(&program.executable);
    command.current_dir(&program.folder).args(&suite.filter).env("SOTTO_MODELS", models()?);
    // Times of single tests are unstable in the test harness, and this variable allows unstable things.
    command.args(["-Zunstable-options", "--report-time"]).env("RUSTC_BOOTSTRAP", "1");
    if program.has_many_kernels() {
        command.env("GALLIVM_PERF", "nopt");
    }
    let mut child = command.stdout(Stdio::piped()).spawn().with_context(|| describe(&command))?;
    let stdout = child.stdout.take().context("the output of a program was not kept")?;
    for line in BufReader::new(stdout).lines() {
        let line = line?;
        println!("{line}");
        if let Some((test, seconds)) = duration(&line) {
            suite.durations.add(format!("{}: {test}", program.name), seconds);
        }
    }
    Ok(child.wait()?.success())
}

/// The name and the seconds in `test NAME ... ok <0.123s>`.
fn duration(line: &str) -> Option<(&str, f64)> {
    let (test, rest) = line.strip_prefix("test ")?.split_once(" ... ")?;
    let (_, seconds) = rest.rsplit_once('<')?;
    Some((test, seconds.strip_suffix("s>")?.parse().ok()?))
}
