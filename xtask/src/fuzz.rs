//! Long runs of the fuzz targets: libFuzzer, guided by the coverage of our crates and of those that see hostile input.

use crate::paths::{cargo, root, target};
use crate::process::{run, say};
use crate::wasm_tests;
use anyhow::{Context, Result, ensure};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Run this target alone
    target: Option<String>,
    /// Executions of each target
    #[arg(long, default_value_t = 1_000_000)]
    executions: u64,
    /// Run the short form of every target instead, as WebAssembly: where numbers have 32 bits
    #[arg(long)]
    wasm: bool,
}

/// What is optimised and watched; everything else is as the tests have it.
const WATCHED: [&str; 13] = [
    "article",
    "catalog",
    "decoder",
    "fuzz",
    "gguf",
    "html5ever",
    "minijinja",
    "prompt",
    "protocol",
    "server",
    "session",
    "tasks",
    "tokenizers",
];

/// How the compiler is told to count what is reached and what is compared.
const COVERAGE: [&str; 5] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];

/// Limits of one execution; what exceeds them has failed.
const LIMITS: [&str; 4] = ["-max_len=16384", "-timeout=30", "-rss_limit_mb=2048", "-print_final_stats=1"];

/// Runs the targets, all of them although one fails. What fails is kept beside the build, what reaches further too.
pub(crate) fn run_targets(args: &Args) -> Result<()> {
    if args.wasm {
        return wasm_tests::fuzz(None);
    }
    let mut targets = targets()?;
    if let Some(wanted) = &args.target {
        ensure!(targets.contains(wanted), "no target {wanted}; there are {}", targets.join(", "));
        targets.retain(|target| target == wanted);
    }
    let program = build()?;
    let mut failed = Vec::new();
    for name in targets {
        let (executions, passed) = fuzz(&program, &name, args.executions)?;
        println!("{name:>12}: {executions} executions{}", if passed { "" } else { ", FAILED" });
        if !passed {
            failed.push(name);
        }
    }
    ensure!(failed.is_empty(), "failed: {}; the inputs are in {}", failed.join(", "), folder()?.display());
    Ok(())
}

/// The targets: each has a corpus.
fn targets() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root().join("tests/fuzz/corpus"))? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// What runs leave.
fn folder() -> Result<PathBuf> {
    Ok(target()?.join("fuzz"))
}

/// Builds the program that runs any target. Flags of single crates are unstable, and this variable allows unstable things.
fn build() -> Result<PathBuf> {
    let mut build = cargo("build");
    build.env("RUSTC_BOOTSTRAP", "1").arg("-Zprofile-rustflags");
    for package in WATCHED {
        let profile = format!("profile.dev.package.{package}");
        build.args(["--config", &format!("{profile}.rustflags={COVERAGE:?}")]);
        build.args(["--config", &format!("{profile}.opt-level=3")]);
    }
    run(build.args(["--package", "fuzz", "--features", "libfuzzer", "--bin", "fuzz"]))?;
    Ok(target()?.join("debug/fuzz"))
}

/// Runs a target. Gives the number of executions, and whether all of them passed.
fn fuzz(program: &Path, name: &str, executions: u64) -> Result<(u64, bool)> {
    let (folder, corpus) = (folder()?, root().join("tests/fuzz/corpus").join(name));
    let grown = folder.join("corpus").join(name);
    fs::create_dir_all(&grown)?;
    say(format!("-- {name}"));
    let log = folder.join(format!("{name}.log"));
    let mut fuzz = Command::new(program);
    fuzz.env("FUZZ_TARGET", name).env("FUZZ_SEEDS", &grown).args(LIMITS);
    fuzz.arg(format!("-runs={executions}")).arg(format!("-artifact_prefix={}/{name}-", folder.display()));
    let status = fuzz.args([&grown, &corpus]).stderr(File::create(&log)?).status()?;
    let text = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
    if !status.success() {
        let end = text.char_indices().rev().nth(4000).map_or(0, |(at, _)| at);
        eprintln!("{}", &text[end..]);
    }
    let count = text.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    // A target that fails ends without its figures: the last status tells.
    let last = || text.lines().rev().find_map(|line| line.strip_prefix('#')?.split_whitespace().next());
    let count = count.or_else(last).context("the log tells no number of executions")?;
    Ok((count.trim().parse().unwrap_or(0), status.success()))
}
