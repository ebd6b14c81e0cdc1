//! Reading and writing speed, natively or in a browser, beside another engine if wanted.

use crate::model_tool;
use anyhow::Result;
use std::ffi::OsString;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<OsString>,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    model_tool::run("bench", &args.args)
}
