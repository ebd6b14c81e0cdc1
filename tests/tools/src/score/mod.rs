//! How well the models do each task, and whom they obey: the tables in `tests/summaries`, `tests/questions`, `tests/rewrites`,
//! `tests/translations` and `tests/injection`.

mod cases;
mod checks;
mod injection;
mod memo;
mod questions;
mod rewrites;
mod summaries;
mod translations;

use crate::device::Place;
use crate::model;
use anyhow::Result;
use tasks::Model;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    table: Table,
}

#[derive(clap::Subcommand)]
enum Table {
    /// Ways to summarise: how many of a page's sentences are shortened, and the summaries to be read
    Summaries(summaries::Args),
    /// Questions about pages: how many are answered by the right sentence, and how many that the page does not answer
    Questions(questions::Args),
    /// Ways to rewrite: how many versions are right, partly right and wrong
    Rewrites(rewrites::Args),
    /// Commands in pages and selections: how many reach the reader
    Injection(injection::Args),
    /// Directions of translation: how near the sentences come to a person's
    Translations(translations::Args),
    /// The check on shortened sentences: how many of the false ones pass, and how many of the faithful
    Checks(checks::Args),
}

/// With and without the adapters of a model, where it has some.
#[derive(clap::Args)]
struct Variants {
    /// Measure the model with its adapters alone, or without them alone [default: both]
    #[arg(long, value_parser = ["adapters", "plain"])]
    only: Option<String>,
}

impl Variants {
    /// Loads a model of the catalogue in each variant that is wanted. Gives it with what the table calls it.
    async fn load(&self, name: &str, id: &str, place: &Place) -> Result<Vec<(String, Model)>> {
        let adapters = &catalog::measured(id).adapters;
        let is_wanted = |variant: &str| self.only.as_deref().is_none_or(|only| only == variant);
        let mut variants = Vec::new();
        if !adapters.is_empty() && is_wanted("adapters") {
            let model = model::load_for_tasks(id, place, adapters).await?;
            variants.push((format!("{name} with adapters"), model));
        }
        if is_wanted("plain") {
            variants.push((name.to_owned(), model::load_plain(id, place).await?));
        }
        Ok(variants)
    }
}

pub(crate) async fn run(args: &Args) -> Result<()> {
    match &args.table {
        Table::Summaries(args) => summaries::run(args).await,
        Table::Questions(args) => questions::run(args).await,
        Table::Rewrites(args) => rewrites::run(args).await,
        Table::Injection(args) => injection::run(args).await,
        Table::Translations(args) => translations::run(args).await,
        Table::Checks(args) => checks::run(args),
    }
}
