//! How well the models do each task, and whom they obey: the tables in `tests/summaries`, `tests/rewrites`,
//! `tests/translations` and `tests/injection`.

mod cases;
mod injection;
mod memo;
mod rewrites;
mod summaries;
mod translations;

use anyhow::Result;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    table: Table,
}

#[derive(clap::Subcommand)]
enum Table {
    /// Ways to summarise: how many of a page's sentences are shortened, and the summaries to be read
    Summaries(summaries::Args),
    /// Ways to rewrite: how many versions are right, partly right and wrong
    Rewrites(rewrites::Args),
    /// Commands in pages and selections: how many reach the reader
    Injection(injection::Args),
    /// Directions of translation: how near the sentences come to a person's
    Translations(translations::Args),
}

pub(crate) async fn run(args: &Args) -> Result<()> {
    match &args.table {
        Table::Summaries(args) => summaries::run(args).await,
        Table::Rewrites(args) => rewrites::run(args).await,
        Table::Injection(args) => injection::run(args).await,
        Table::Translations(args) => translations::run(args).await,
    }
}
