//! Texts translated, as selected ones are.

use crate::engine::Options;
use crate::{lines, translators};
use anyhow::Result;
use protocol::Task;
use std::path::PathBuf;

/// Each line of the standard input is a text, and makes one line of output; an empty one, too.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The language they are in (BCP 47), which the browser would detect
    #[arg(long, value_name = "LANG")]
    from: String,
    /// The language wanted
    #[arg(long, value_name = "LANG")]
    to: String,
    /// What translates: a language model, or translators of their own kind
    #[arg(long = "engine", value_name = "KIND", value_enum, default_value_t = Kind::Model)]
    kind: Kind,
    /// The translators' files, as they are published (`model.deen.intgemm.alphas.bin.gz` and so on, packed or not); of one
    /// pair, or of two by way of English
    #[arg(long, value_name = "FOLDER", required_if_eq("kind", "translator"))]
    models: Option<PathBuf>,
    #[command(flatten)]
    engine: Options,
    /// Print lines of JSON: text, result (null where there is none), status (checked, quoted, unsupported, no-result or
    /// no-text), reason, ms
    #[arg(long)]
    json: bool,
}

/// What translates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Kind {
    /// A language model, with `--model` and `--backend`.
    Model,
    /// Translators of their own kind, with `--models`.
    Translator,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    if let (Kind::Translator, Some(folder)) = (args.kind, &args.models) {
        let threads = args.engine.threads.map_or(1, usize::from);
        return translators::run(folder, &args.from, &args.to, threads, args.json);
    }
    let task = Task::Translate { from: Some(args.from.clone()), to: args.to.clone() };
    lines::run(&task, Some(&args.from), &args.engine, args.json)
}
