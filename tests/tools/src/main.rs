//! The commands of `cargo xtask` that run a model, or read a page, natively. A program apart from `xtask`: that one is
//! to compile quickly, this one to run fast.
//!
//! - `model`, `device`: which file `--model` means, and what executes it;
//! - `engine`: the extension's session on this machine (`platform`), for `summarize` and `ask`, and by `lines` for `rewrite` and
//!   `translate`;
//! - `translators`: translators of their own kind, for `translate`;
//! - `score`: how well the models do them;
//! - `generate`, `tokenize`, `perplexity`, `bench`, `shape`: the engine below.

mod ask;
mod bench;
mod clock;
mod device;
mod engine;
mod extract;
mod generate;
mod lines;
mod model;
mod options;
mod perplexity;
mod platform;
mod rewrite;
mod score;
mod sections;
mod seed_translators;
mod shape;
mod summarize;
mod tokenize;
mod trace;
mod translate;
mod translators;

use anyhow::Result;
use clap::{Parser, Subcommand};
use pollster::block_on;
use std::process::ExitCode;

/// Runs models and reads pages, natively.
#[derive(Parser)]
#[command(name = "cargo xtask", disable_help_subcommand = true)]
struct Cli {
    /// Print on stderr what is done, how long it takes, and why answers are thrown away (as SOTTO_TRACE=1 does)
    #[arg(long, global = true)]
    trace: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Summarises a page
    Summarize(summarize::Args),
    /// Answers a question about a page
    Ask(ask::Args),
    /// Rewrites the texts on stdin, one a line
    Rewrite(rewrite::Args),
    /// Translates the texts on stdin, one a line
    Translate(translate::Args),
    /// Prints a page's text as the tasks see it
    Extract(extract::Args),
    /// Measures how well the models do a task, and prints the table of its README
    Score(score::Args),
    /// Writes text with a model
    Generate(generate::Args),
    /// Prints the token ids of the text on stdin
    Tokenize(tokenize::Args),
    /// Measures how well a model predicts a text
    Perplexity(perplexity::Args),
    /// Measures the speed of prefill and decode
    Bench(bench::Args),
    /// Writes a model file of random weights in the shapes of a real model
    Shape(shape::Args),
    /// Writes translators of made-up weights as the host of real ones has them
    SeedTranslators(seed_translators::Args),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    if cli.trace || std::env::var_os(trace::SWITCH).is_some_and(|value| value != "0") {
        trace::start();
    }
    match run(&cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> Result<()> {
    match command {
        Command::Summarize(args) => summarize::run(args),
        Command::Ask(args) => ask::run(args),
        Command::Rewrite(args) => rewrite::run(args),
        Command::Translate(args) => translate::run(args),
        Command::Extract(args) => extract::run(args),
        Command::Score(args) => block_on(score::run(args)),
        Command::Generate(args) => block_on(generate::run(args)),
        Command::Tokenize(args) => tokenize::run(args),
        Command::Perplexity(args) => block_on(perplexity::run(args)),
        Command::Bench(args) => block_on(bench::run(args)),
        Command::Shape(args) => shape::run(args),
        Command::SeedTranslators(args) => seed_translators::run(args),
    }
}
