//! A page's summary, as the popup would show it.

use crate::engine::{Engine, Options};
use crate::extract::read_page;
use crate::options::named;
use anyhow::Result;
use protocol::{Input, SummaryFormat, SummaryLength, SummaryType, Task};
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The page (HTML)
    file: PathBuf,
    /// Kind of summary
    #[arg(long = "type", value_parser = named::<SummaryType>(&["key-points", "tldr", "teaser", "headline"]), default_value = "key-points")]
    kind: SummaryType,
    /// How much of it
    #[arg(long, value_parser = named::<SummaryLength>(&["short", "medium", "long"]), default_value = "medium")]
    length: SummaryLength,
    /// Markup of the finished text
    #[arg(long, value_parser = named::<SummaryFormat>(&["markdown", "plain-text"]), default_value = "markdown")]
    format: SummaryFormat,
    #[command(flatten)]
    options: Options,
    /// Print one line of JSON instead: points (text, source, status), coverage, text, status (done, or why not: no-text …),
    /// reason, and what it took
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let page = read_page(&args.file)?;
    let task = Task::Summarize { summary_type: args.kind, length: args.length, format: args.format };
    let outcome = Engine::start(&args.options, &task)?.execute(&task, Input::Page { page })?;
    if args.json {
        println!("{}", outcome.json("points")?);
        return Ok(());
    }
    match outcome.end {
        Ok((text, stats)) => {
            println!("{text}");
            eprintln!(
                "{} on {}: prefill {:.1} tokens/s, decode {:.1} tokens/s, {:.1} s in all",
                stats.model,
                stats.device.adapter,
                stats.prefill_tps,
                stats.decode_tps,
                stats.total_ms / 1000.0
            );
        }
        Err(failure) => eprintln!("{} {}", failure.message, failure.remedy),
    }
    Ok(())
}
