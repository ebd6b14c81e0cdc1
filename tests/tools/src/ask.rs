//! A page's answer to a question, as the popup would show it.

use crate::engine::{Engine, Options};
use crate::extract::read_page;
use anyhow::Result;
use protocol::{Input, Task};
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// What to ask
    question: String,
    /// The page (HTML)
    #[arg(long, value_name = "FILE")]
    page: PathBuf,
    #[command(flatten)]
    options: Options,
    /// Print one line of JSON instead: answers (text, source, status), coverage, text, status (done, or why not: no-result …),
    /// reason, and what it took
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let page = read_page(&args.page)?;
    let task = Task::Ask { question: args.question.clone() };
    let outcome = Engine::start(&args.options, &task)?.execute(&task, Input::Page { page })?;
    if args.json {
        println!("{}", outcome.json("answers")?);
        return Ok(());
    }
    match outcome.end {
        Ok((text, _)) => {
            println!("{text}");
            for source in outcome.sections.iter().filter_map(|section| section.source.as_ref()) {
                println!("    {}: {}", source.heading.as_deref().unwrap_or("source"), source.text);
            }
        }
        Err(failure) => eprintln!("{} {}", failure.message, failure.remedy),
    }
    Ok(())
}
