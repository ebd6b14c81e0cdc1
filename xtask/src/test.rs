//! Everything that continuous integration checks, stage by stage.

use crate::build::{engine, scripts};
use crate::paths::{artifacts, cargo, models, root};
use crate::process::{self, say};
use crate::setup::wasm_target::TARGET;
use crate::{build, driver, setup, types, wasm_tests};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Run this stage alone (may be given again)
    #[arg(long, value_parser = clap::builder::PossibleValuesParser::new(STAGES.iter().map(|stage| stage.name)))]
    only: Vec<String>,
    /// Of the Rust and browser tests, run those whose name contains this
    filter: Option<String>,
}

struct Stage {
    name: &'static str,
    what: &'static str,
    run: fn(filter: Option<&str>) -> Result<()>,
}

const STAGES: [Stage; 8] = [
    Stage { name: "format", what: "rustfmt", run: format },
    Stage { name: "lint", what: "clippy, natively and for WebAssembly", run: lint },
    Stage { name: "scripts", what: "types of the scripts; the protocol's declarations", run: check_scripts },
    Stage { name: "rust", what: "Rust tests with the real models", run: rust },
    Stage { name: "wasm", what: "the SIMD kernels in WebAssembly", run: wasm_tests::run },
    Stage { name: "docs", what: "documentation", run: docs },
    Stage { name: "build", what: "the extension, with the engine's size budget", run: build },
    Stage { name: "browser", what: "the extension in Chromium", run: browser },
];

/// Runs the stages in order; the first failure ends it.
pub(crate) fn run(args: &Args) -> Result<()> {
    let chosen = |stage: &&Stage| match (&args.filter, args.only.is_empty()) {
        (_, false) => args.only.iter().any(|name| name == stage.name),
        (Some(_), true) => ["rust", "browser"].contains(&stage.name),
        (None, true) => true,
    };
    let mut report = Vec::new();
    for stage in STAGES.iter().filter(chosen) {
        say(format!("== {}: {}", stage.name, stage.what));
        let start = Instant::now();
        (stage.run)(args.filter.as_deref()).with_context(|| format!("stage {} failed", stage.name))?;
        report.push(format!("{:>8.1} s  {}: {}", start.elapsed().as_secs_f32(), stage.name, stage.what));
    }
    println!("passed:\n{}", report.join("\n"));
    Ok(())
}

fn format(_: Option<&str>) -> Result<()> {
    process::run(cargo().args(["fmt", "--all", "--check"]))
}

fn lint(_: Option<&str>) -> Result<()> {
    setup::wasm_target::ensure(TARGET)?;
    let strict = ["--", "--deny", "warnings"];
    process::run(cargo().args(["clippy", "--quiet", "--workspace", "--all-targets"]).args(strict))?;
    process::run(engine::lint()?.args(strict))
}

fn check_scripts(_: Option<&str>) -> Result<()> {
    setup::npm::ensure()?;
    types::run(&types::Args { check: true })?;
    scripts::check_types()
}

/// `xtask` has no tests, and its dependencies are not built optimised in vain.
fn rust(filter: Option<&str>) -> Result<()> {
    setup::chromium::ensure_vulkan()?;
    for model in catalog::models() {
        setup::model::ensure(model)?;
    }
    let mut tests = cargo();
    tests.args(["test", "--workspace", "--exclude", "xtask", "--no-fail-fast"]);
    process::pass(tests.args(filter).env("SOTTO_MODELS", models()?))
}

fn docs(_: Option<&str>) -> Result<()> {
    let mut doc = cargo();
    doc.args(["doc", "--quiet", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "--deny warnings");
    process::run(&mut doc)
}

fn build(_: Option<&str>) -> Result<()> {
    build::run(&build::Args::with_models(catalog::models()))
}

fn browser(filter: Option<&str>) -> Result<()> {
    if filter.is_some() {
        build(None)?;
    }
    fs::create_dir_all(artifacts())?;
    let tests = driver::bundle(&browser_tests()?)?;
    let mut node = driver::node()?;
    // One after the other: two models at work at once would slow each other past the tests' time limits.
    node.args(["--test", "--test-concurrency=1", "--test-reporter=spec", "--test-timeout=600000"]);
    if let Some(filter) = filter {
        node.arg(format!("--test-name-pattern={filter}"));
    }
    process::pass(node.args(tests))
}

fn browser_tests() -> Result<Vec<PathBuf>> {
    let folder = root().join("tests/e2e");
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
