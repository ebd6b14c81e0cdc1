//! What the engine and the tools take from others: `cargo deny` by the rules in `deny.toml`.

use crate::paths::root;
use crate::process;
use crate::setup::cargo_deny;
use anyhow::Result;
use std::process::Command;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Check these alone; known vulnerabilities are fetched from RustSec's list on GitHub
    #[arg(value_parser = ["advisories", "bans", "licenses", "sources"])]
    checks: Vec<String>,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let mut deny = Command::new(cargo_deny::ensure()?);
    process::run(deny.current_dir(root()).args(["--workspace", "--locked", "check"]).args(&args.checks))
}
