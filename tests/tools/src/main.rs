//! The commands of `cargo xtask` that run a model, or read a page, natively. A program apart from `xtask`: that one is
//! to compile quickly, this one to run fast.

mod bench;
mod extract;
mod generate;
mod model;
mod perplexity;
mod shape;
mod tokenize;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Runs models and reads pages, natively.
#[derive(Parser)]
#[command(name = "cargo xtask", disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes text with a model
    Generate(generate::Args),
    /// Prints the token ids of the text on stdin
    Tokenize(tokenize::Args),
    /// Measures how well a model predicts a text
    Perplexity(perplexity::Args),
    /// Prints a page's text as the tasks see it
    Extract(extract::Args),
    /// Measures reading and writing speed
    Bench(bench::Args),
    /// Writes a model file of random weights in the shapes of a real model
    Shape(shape::Args),
}

fn main() -> ExitCode {
    match run(&Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> Result<()> {
    match command {
        Command::Generate(args) => pollster::block_on(generate::run(args)),
        Command::Tokenize(args) => tokenize::run(args),
        Command::Perplexity(args) => pollster::block_on(perplexity::run(args)),
        Command::Extract(args) => extract::run(args),
        Command::Bench(args) => pollster::block_on(bench::run(args)),
        Command::Shape(args) => shape::run(args),
    }
}
