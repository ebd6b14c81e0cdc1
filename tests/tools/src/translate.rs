//! Texts translated, as selected ones are.

use crate::engine::Options;
use crate::lines;
use anyhow::Result;
use protocol::Task;

/// Each line of the standard input is a text, and makes one line of output; an empty one, too.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The language they are in (BCP 47), which the browser would detect
    #[arg(long, value_name = "LANG")]
    from: String,
    /// The language wanted
    #[arg(long, value_name = "LANG")]
    to: String,
    #[command(flatten)]
    engine: Options,
    /// Print lines of JSON: text, result (null where there is none), status (checked, quoted, unsupported, no-result or
    /// no-text), reason, ms
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let task = Task::Translate { from: Some(args.from.clone()), to: args.to.clone() };
    lines::run(&task, Some(&args.from), &args.engine, args.json)
}
