//! The tables in `tests/`: how well the models do a task, and how well pages are read.

use crate::build::scripts;
use crate::paths::{root, target};
use crate::process::{pass, say};
use crate::setup::{chromium, npm};
use crate::{driver, model_tool};
use anyhow::Result;
use serde_json::json;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// What clap does not list of itself, because another program takes it.
const OTHERS: &str = "The model's tables, each with its own --help:
  summaries, questions, rewrites, injection, translations, checks";

#[derive(clap::Args)]
#[command(subcommand_required = true, arg_required_else_help = true, after_help = OTHERS)]
pub(crate) struct Args {
    #[command(subcommand)]
    table: Table,
}

#[derive(clap::Subcommand)]
enum Table {
    /// Pages of all kinds: how many are read as they should be, and what is wrong with the others
    Pages {
        /// A folder with a folder for each kind
        folder: Option<PathBuf>,
    },
    /// Real pages: how many sentences of what is read are found again on the page
    Passages {
        /// A folder with a folder for each page, its `source.html` in it
        folder: Option<PathBuf>,
    },
    /// One of the model's tables, named in [`OTHERS`]
    #[command(external_subcommand)]
    Models(Vec<OsString>),
}

pub(crate) fn run(args: &Args) -> Result<()> {
    match &args.table {
        Table::Pages { folder } => read("kinds", folder.as_deref(), "tests/kinds"),
        Table::Passages { folder } => read("passages", folder.as_deref(), "tests/pages"),
        Table::Models(args) => model_tool::run("score", args),
    }
}

/// Reads all pages of a folder, by default one of the repository, in one browser, by a program of `tests/e2e`; fails where it
/// does.
fn read(program: &str, folder: Option<&Path>, default: &str) -> Result<()> {
    npm::ensure()?;
    let folder = folder.map_or_else(|| root().join(default), Path::to_owned);
    let built = target()?.join("capture");
    scripts::bundle_reading(&built)?;
    let programs = driver::bundle(&[root().join("tests/e2e").join(program).with_extension("ts")])?;
    let tools = model_tool::build()?;
    say(format!("opening the pages of {} in Chromium", folder.display()));
    let mut node = driver::node();
    node.env("SOTTO_CHROMIUM", chromium::find()?).env("SOTTO_DIST", built).env("SOTTO_TOOLS", tools);
    pass(node.args(programs).arg(json!({ "folder": folder }).to_string()))
}
