//! The commands that run a model natively. They live in a program of their own (`tests/tools`): this one stays quick to
//! compile, that one is optimised.

use crate::paths::{cargo, models, root, target};
use crate::process::{self, describe, say};
use crate::setup;
use anyhow::{Context, Result};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, exit};

/// Builds the model tool when needed and runs one of its commands with these arguments. A failure that it has explained
/// itself ends this program too.
pub(crate) fn run(command: &str, args: &[OsString]) -> Result<()> {
    say(format!("building the native tools, then: {command}"));
    setup::chromium::ensure_vulkan()?;
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["run", "--locked", "--quiet", "--package", "tools", "--manifest-path"]);
    cargo.arg(root().join("Cargo.toml")).arg("--").arg(command).args(args);
    // It fetches the models it needs by this program.
    cargo.env("SOTTO_MODELS", models()?).env("SOTTO_XTASK", std::env::current_exe()?);
    let status = cargo.status().with_context(|| describe(&cargo))?;
    if !status.success() {
        exit(status.code().unwrap_or(1));
    }
    Ok(())
}

/// Builds the model tool when needed and returns where it lies.
pub(crate) fn build() -> Result<PathBuf> {
    say("building the native tools");
    process::run(cargo("build").args(["--quiet", "--package", "tools"]))?;
    Ok(target()?.join("debug/tools").with_extension(std::env::consts::EXE_EXTENSION))
}
