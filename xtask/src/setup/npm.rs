//! The npm packages that building and testing need.

use crate::paths::root;
use crate::process::{run, say, which};
use anyhow::{Result, ensure};
use std::path::PathBuf;
use std::process::Command;

/// Installs the packages of `package-lock.json` unless they are there. Install scripts do not run: none is needed.
pub(crate) fn ensure() -> Result<()> {
    ensure!(which("node").is_some(), "Node.js 20 or later is needed (Debian: apt-get install nodejs npm)");
    if is_current() {
        return Ok(());
    }
    say("installing npm packages");
    run(Command::new(npm_program()).current_dir(root()).args([
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]))
}

/// npm leaves a copy of the lock file in `node_modules`, written when it is done: it must not be older than ours.
fn is_current() -> bool {
    let modified = |path: PathBuf| path.metadata().and_then(|data| data.modified()).ok();
    let installed = modified(root().join("node_modules/.package-lock.json"));
    let wanted = modified(root().join("package-lock.json"));
    matches!((installed, wanted), (Some(installed), Some(wanted)) if installed >= wanted)
}

fn npm_program() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}

/// A program of an installed package.
pub(crate) fn bin(name: &str) -> Command {
    let file = if cfg!(windows) { format!("{name}.cmd") } else { name.to_owned() };
    let mut command = Command::new(root().join("node_modules/.bin").join(file));
    command.current_dir(root());
    command
}
