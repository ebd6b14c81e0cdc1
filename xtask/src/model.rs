//! A model's file, for those who want to use it elsewhere.

use crate::setup;
use anyhow::{Context, Result};
use clap::builder::PossibleValuesParser;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Its id in the catalogue
    #[arg(value_parser = PossibleValuesParser::new(catalog::models().iter().map(|model| model.info.id.as_str())))]
    id: String,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let model = catalog::find(&args.id).context("unknown model")?;
    println!("{}", setup::model::ensure(model)?.display());
    Ok(())
}
