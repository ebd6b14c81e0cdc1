//! Texts written anew, as selected ones are.

use crate::engine::Options;
use crate::lines;
use crate::options::named;
use anyhow::Result;
use protocol::{RewriteGoal, RewriteLength, RewriteOptions, RewriteTone, Task};

/// Each line of the standard input is a text, and makes one line of output; an empty one, too.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// What the texts are rewritten for [default: fix-grammar, unless something else is asked for]
    #[arg(long, value_parser = named::<RewriteGoal>(&["as-is", "fix-grammar", "simplify", "bullets"]))]
    goal: Option<RewriteGoal>,
    /// Their tone
    #[arg(long, value_parser = named::<RewriteTone>(&["as-is", "more-formal", "more-casual"]), default_value = "as-is")]
    tone: RewriteTone,
    /// Their length
    #[arg(long, value_parser = named::<RewriteLength>(&["as-is", "shorter", "longer"]), default_value = "as-is")]
    length: RewriteLength,
    /// What is to be done with them, in your own words
    #[arg(long, value_name = "TEXT")]
    instruction: Option<String>,
    /// The language they are in (BCP 47), which the browser would detect [default: unknown, taken for English in Latin
    /// letters]
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
    #[command(flatten)]
    engine: Options,
    /// Print lines of JSON: text, result (null where there is none), status (checked, quoted, unsupported, no-result or
    /// no-text), reason, ms
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let (tone, length, instruction) = (args.tone, args.length, args.instruction.clone());
    let mut options = RewriteOptions { tone, length, instruction, ..RewriteOptions::default() };
    let otherwise = if options.operations().is_empty() { RewriteGoal::FixGrammar } else { RewriteGoal::AsIs };
    options.goal = args.goal.unwrap_or(otherwise);
    lines::run(&Task::Rewrite { options }, args.lang.as_deref(), &args.engine, args.json)
}
