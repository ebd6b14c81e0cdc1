//! The Rust tests: Cargo builds their programs, they are run here, so that each test's time is known.

use super::Suite;
use crate::paths::{LIBRARIES, cargo, models};
use crate::process::{self, describe, say};
use crate::setup;
use anyhow::{Context, Error, Result, ensure};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

/// Programs that need a real model or a GPU, and how their packages' folders are called.
const HEAVY: [(&str, &str); 4] =
    [("decoder", "decoder"), ("kernels", "gpu"), ("prompt", "prompt"), ("session", "trust")];

/// Folders of packages all of whose programs do.
const HEAVY_PACKAGES: [&str; 2] = ["tests", "tools"];

/// Of those, the ones that run many GPU kernels on little: a software driver (Mesa's) takes longer to optimise a kernel than to
/// run it.
const MANY_KERNELS: [(&str, &str); 3] = [("decoder", "decoder"), ("kernels", "gpu"), ("session", "trust")];

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

/// Programs that run at the same time: each waits for one core while it compiles a kernel, or runs its last test.
const AT_A_TIME: usize = 2;

/// Runs the chosen programs, all of them although one fails.
fn run(suite: &mut Suite, is_chosen: impl Fn(&Program) -> bool) -> Result<()> {
    let programs: Vec<_> = programs()?.into_iter().filter(is_chosen).collect();
    let waiting = Mutex::new(programs.iter());
    let filter = suite.filter.clone();
    let (sender, ended) = mpsc::channel();
    let mut failed = Vec::new();
    thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            let (sender, waiting, filter) = (sender.clone(), &waiting, filter.as_deref());
            scope.spawn(move || {
                let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
                while let Some(program) = next() {
                    let _ = sender.send((program, execute(program, filter)));
                }
            });
        }
        drop(sender);
        for (program, output) in ended {
            if !report(program, &output?, suite) {
                failed.push(format!("{} ({})", program.name, program.package));
            }
        }
        Ok::<_, Error>(())
    })?;
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

/// Runs a program to its end.
fn execute(program: &Program, filter: Option<&str>) -> Result<Output> {
    let mut command = Command::new(&program.executable);
    command.current_dir(&program.folder).args(filter).env("SOTTO_MODELS", models()?);
    // Times of single tests are unstable in the test harness, and this variable allows unstable things.
    command.args(["-Zunstable-options", "--report-time"]).env("RUSTC_BOOTSTRAP", "1");
    if program.has_many_kernels() {
        command.env("GALLIVM_PERF", "nopt");
    }
    command.stderr(Stdio::inherit()).output().with_context(|| describe(&command))
}

/// Passes on what a program printed and notes how long its tests took. Returns whether all passed.
fn report(program: &Program, output: &Output, suite: &mut Suite) -> bool {
    say(format!("-- {} ({})", program.name, program.package));
    let printed = String::from_utf8_lossy(&output.stdout);
    println!("{printed}");
    for (test, seconds) in printed.lines().filter_map(duration) {
        suite.durations.add(format!("{}: {test}", program.name), seconds);
    }
    output.status.success()
}

/// The name and the seconds in `test NAME ... ok <0.123s>`.
fn duration(line: &str) -> Option<(&str, f64)> {
    let (test, rest) = line.strip_prefix("test ")?.split_once(" ... ")?;
    let (_, seconds) = rest.rsplit_once('<')?;
    Some((test, seconds.strip_suffix("s>")?.parse().ok()?))
}
