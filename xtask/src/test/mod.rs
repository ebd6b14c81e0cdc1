//! Everything that continuous integration checks, stage by stage.

mod browser;
mod durations;
mod node;
mod rust;

use crate::build::engine::{self, Profile};
use crate::build::scripts;
use crate::paths::{LIBRARIES, cargo, root};
use crate::process::{self, say};
use crate::setup::wasm_target::{TARGET, WASI};
use crate::{build, driver, setup, types, wasm_tests};
use anyhow::{Context, Result};
use durations::Durations;
use node::Tests;
use std::panic::resume_unwind;
use std::process::Command;
use std::thread::{self, JoinHandle};
use std::time::Instant;

/// What `--only` takes for all stages that need no browser, no model and no GPU.
const FAST: &str = "fast";

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Run this stage alone (may be given again); `fast`: format, lint, scripts and unit
    #[arg(long, value_parser = clap::builder::PossibleValuesParser::new(names()))]
    only: Vec<String>,
    /// Of the Rust and browser tests, run those whose name contains this
    filter: Option<String>,
}

struct Stage {
    name: &'static str,
    what: &'static str,
    run: fn(&mut Suite) -> Result<()>,
    is_fast: bool,
    /// Whether its tests can be chosen by their names.
    has_filter: bool,
}

impl Stage {
    const fn new(name: &'static str, what: &'static str, run: fn(&mut Suite) -> Result<()>) -> Self {
        Self { name, what, run, is_fast: false, has_filter: false }
    }

    const fn fast(self) -> Self {
        Self { is_fast: true, ..self }
    }

    const fn filtered(self) -> Self {
        Self { has_filter: true, ..self }
    }
}

const STAGES: [Stage; 9] = [
    Stage::new("format", "rustfmt", format).fast(),
    Stage::new("lint", "clippy, natively and for WebAssembly", lint).fast(),
    Stage::new("scripts", "biome; types of the scripts; the protocol's declarations", check_scripts).fast(),
    Stage::new("unit", "Rust tests without models and GPU; tests of the scripts", unit).fast().filtered(),
    Stage::new("rust", "Rust tests with the real models, and on the GPU", rust::heavy).filtered(),
    Stage::new("wasm", "the SIMD kernels, and hostile input, in WebAssembly", wasm),
    Stage::new("docs", "documentation", docs),
    Stage::new("build", "the extension as it ships, with the engine's size budget", build_release),
    Stage::new("browser", "the extension in Chromium", browser::run).filtered(),
];

/// One run of the stages: what was asked for, and what later stages and the report take from earlier ones.
#[derive(Default)]
struct Suite {
    filter: Option<String>,
    /// Whether `dist/` holds this source, with every model.
    is_built: bool,
    /// What is fetched beside the first stages.
    fetching: Option<JoinHandle<Result<()>>>,
    /// What ships, compiled beside the stages that test in Rust: they leave a core idle now and then, and so does the linker, which
    /// optimises each module as a whole.
    compiling: Option<JoinHandle<Result<()>>>,
    durations: Durations,
}

impl Suite {
    /// Waits until everything is there that is fetched, and begins to compile what ships.
    fn fetched(&mut self) -> Result<()> {
        let Some(fetching) = self.fetching.take() else {
            return Ok(());
        };
        end(fetching)?;
        self.compiling = Some(thread::spawn(|| build::compile(Profile::Release).map(drop)));
        Ok(())
    }

    /// Waits until what ships is compiled, if that has begun.
    fn compiled(&mut self) -> Result<()> {
        self.compiling.take().map_or(Ok(()), end)
    }
}

fn end(work: JoinHandle<Result<()>>) -> Result<()> {
    work.join().unwrap_or_else(|panic| resume_unwind(panic))
}

/// Runs the stages in order; the first failure ends it.
pub(crate) fn run(args: &Args) -> Result<()> {
    let chosen = |stage: &&Stage| match (&args.filter, args.only.is_empty()) {
        (_, false) => args.only.iter().any(|name| name == stage.name || name == FAST && stage.is_fast),
        (Some(_), true) => stage.has_filter,
        (None, true) => true,
    };
    let mut suite = Suite { filter: args.filter.clone(), ..Suite::default() };
    if args.filter.is_none() && args.only.is_empty() {
        suite.fetching = Some(thread::spawn(fetch));
    }
    let mut report = Vec::new();
    let mut run = |stage: &Stage| -> Result<()> {
        say(format!("== {}: {}", stage.name, stage.what));
        let start = Instant::now();
        (stage.run)(&mut suite).with_context(|| format!("stage {} failed", stage.name))?;
        report.push(format!("{:>8.1} s  {}: {}", start.elapsed().as_secs_f32(), stage.name, stage.what));
        Ok(())
    };
    let outcome = STAGES.iter().filter(chosen).try_for_each(&mut run);
    println!("passed:\n{}", report.join("\n"));
    suite.durations.report();
    outcome
}

/// Everything that the stages need of the network: they would fetch it one by one, and wait for each.
fn fetch() -> Result<()> {
    setup::npm::ensure()?;
    setup::chromium::ensure_vulkan()?;
    setup::chromium::find()?;
    setup::rust_src::ensure()?;
    setup::wasm_target::ensure(WASI)?;
    setup::llama::ensure()?;
    catalog::models().iter().try_for_each(|model| setup::model::ensure(model).map(drop))
}

fn names() -> impl Iterator<Item = &'static str> {
    std::iter::once(FAST).chain(STAGES.iter().map(|stage| stage.name))
}

fn format(_: &mut Suite) -> Result<()> {
    let mut rustfmt = Command::new("cargo");
    process::run(rustfmt.current_dir(root()).args(["fmt", "--all", "--check"]))
}

/// `xtask` is checked by itself, as it was compiled; the engine beside the others, because it has a target folder of its own.
fn lint(_: &mut Suite) -> Result<()> {
    setup::wasm_target::ensure(TARGET)?;
    let strict = ["--", "--deny", "warnings"];
    let mut engine = engine::lint()?;
    thread::scope(|scope| {
        let engine = scope.spawn(|| process::run(engine.args(strict)));
        process::run(cargo("clippy").args(LIBRARIES).arg("--all-targets").args(strict))?;
        process::run(cargo("clippy").args(XTASK).arg("--all-targets").args(strict))?;
        engine.join().unwrap_or_else(|panic| resume_unwind(panic))
    })
}

/// The command line itself.
const XTASK: [&str; 3] = ["--quiet", "--package", "xtask"];

fn check_scripts(suite: &mut Suite) -> Result<()> {
    suite.fetched()?;
    setup::npm::ensure()?;
    process::run(setup::npm::bin("biome").args(["check", "--error-on-warnings"]))?;
    types::run(&types::Args { check: true })?;
    scripts::check_types()
}

fn unit(suite: &mut Suite) -> Result<()> {
    rust::light(suite)?;
    setup::npm::ensure()?;
    let files = node::files("unit")?;
    Tests::bundle("unit", driver::node(), &files, 2, suite.filter.as_deref())?.run(&mut suite.durations)
}

/// Hostile input in fewer variants than natively: what numbers of 32 bits change, each of them meets.
fn wasm(suite: &mut Suite) -> Result<()> {
    wasm_tests::run(suite.filter.as_deref())?;
    wasm_tests::fuzz(Some(40))
}

fn docs(_: &mut Suite) -> Result<()> {
    let strict = ("RUSTDOCFLAGS", "--deny warnings");
    process::run(cargo("doc").args(LIBRARIES).arg("--no-deps").env(strict.0, strict.1))?;
    process::run(cargo("doc").args(XTASK).arg("--no-deps").env(strict.0, strict.1))
}

fn build_release(suite: &mut Suite) -> Result<()> {
    suite.compiled()?;
    let args = build::Args::with_models(catalog::models());
    build::run(&build::Args { release: true, ..args })?;
    suite.is_built = true;
    Ok(())
}
