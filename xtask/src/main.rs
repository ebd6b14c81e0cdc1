//! The command line, `cargo xtask <command>`: build, demo, test, bench and the native tools.
//!
//! Every command sets up what it needs on a fresh machine ([`setup`]) and says on stderr what it does; results go to
//! stdout. One file a command; what they share:
//!
//! - [`setup`]: the Rust target, npm packages, Chromium and the models: found, or fetched;
//! - [`build`]: from the workspace to `dist/`, the unpacked extension;
//! - [`driver`]: runs the TypeScript programs of `tests/` that drive Chromium;
//! - [`process`], [`paths`]: child processes, and where things lie.

mod audit;
mod bench;
mod build;
mod chaos;
mod demo;
mod driver;
mod extract;
mod fuzz;
mod model;
mod model_tool;
mod paths;
mod process;
mod reproduce;
mod score;
mod setup;
mod test;
mod types;
mod wasm_tests;
mod zip;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::ffi::OsString;
use std::process::ExitCode;

/// Builds, shows, tests and measures Sotto.
#[derive(Parser)]
#[command(name = "cargo xtask", disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Runs the extension in Chromium on a page and prints what it writes
    Demo(demo::Args),
    /// Runs all tests
    Test(test::Args),
    /// Builds the unpacked extension into dist/
    Build(build::Args),
    /// Builds the store package, and the list of what it is made of
    Zip,
    /// Builds what ships a second time, in another folder, and compares
    Reproduce,
    /// Checks licences, versions, sources and known vulnerabilities of what others wrote
    Audit(audit::Args),
    /// Summarises a page, natively
    #[command(disable_help_flag = true)]
    Summarize(Passed),
    /// Answers a question about a page, natively
    #[command(disable_help_flag = true)]
    Ask(Passed),
    /// Rewrites the texts on stdin, one a line, natively
    #[command(disable_help_flag = true)]
    Rewrite(Passed),
    /// Translates the texts on stdin, one a line, natively
    #[command(disable_help_flag = true)]
    Translate(Passed),
    /// Prints a page's text as the tasks see it
    Extract(extract::Args),
    /// Measures how well the models do a task, and how well pages are read
    Score(score::Args),
    /// Fetches a model of the catalogue and prints where it lies
    Model(model::Args),
    /// Writes text with a model, natively
    #[command(disable_help_flag = true)]
    Generate(Passed),
    /// Prints the token ids of the text on stdin
    #[command(disable_help_flag = true)]
    Tokenize(Passed),
    /// Measures how well a model predicts a text
    #[command(disable_help_flag = true)]
    Perplexity(Passed),
    /// Measures the speed of prefill and decode
    Bench(bench::Args),
    /// Does jobs in Chromium under faults at random moments, and prints what survives
    Chaos(chaos::Args),
    /// Feeds hostile input to the fuzz targets, guided by coverage
    Fuzz(fuzz::Args),
    /// Regenerates the TypeScript declarations of the protocol
    Types(types::Args),
}

/// Arguments for the model tool, which explains them itself.
#[derive(clap::Args)]
struct Passed {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<OsString>,
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    match task {
        Task::Demo(args) => demo::run(&args),
        Task::Test(args) => test::run(&args),
        Task::Build(args) => build::run(&args),
        Task::Zip => zip::run(),
        Task::Reproduce => reproduce::run(),
        Task::Audit(args) => audit::run(&args),
        Task::Summarize(Passed { args }) => model_tool::run("summarize", &args),
        Task::Ask(Passed { args }) => model_tool::run("ask", &args),
        Task::Rewrite(Passed { args }) => model_tool::run("rewrite", &args),
        Task::Translate(Passed { args }) => model_tool::run("translate", &args),
        Task::Score(args) => score::run(&args),
        Task::Generate(Passed { args }) => model_tool::run("generate", &args),
        Task::Tokenize(Passed { args }) => model_tool::run("tokenize", &args),
        Task::Perplexity(Passed { args }) => model_tool::run("perplexity", &args),
        Task::Extract(args) => extract::run(&args),
        Task::Model(args) => model::run(&args),
        Task::Bench(args) => bench::run(&args),
        Task::Chaos(args) => chaos::run(&args),
        Task::Fuzz(args) => fuzz::run_targets(&args),
        Task::Types(args) => types::run(&args),
    }
}
