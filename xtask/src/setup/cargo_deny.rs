//! `cargo deny`, a program that is compiled once: minutes, so no test waits for it.

use crate::paths::target;
use crate::process::{run, say};
use anyhow::Result;
use std::path::PathBuf;
use std::process::Command;

/// The version that `deny.toml` was written for.
const VERSION: &str = "0.20.2";

/// Compiles the program into the target folder unless it is there.
pub(crate) fn ensure() -> Result<PathBuf> {
    let folder = target()?.join("tools").join(VERSION);
    let path = folder.join("bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    if !path.is_file() {
        say("compiling cargo-deny");
        let mut install = Command::new("cargo");
        install.args(["install", "--locked", "--quiet", "cargo-deny", "--version", VERSION, "--root"]);
        run(install.arg(&folder))?;
    }
    Ok(path)
}
