//! The commands that run a model natively. They live in a program of their own (`tests/tools`): this one stays quick to
//! compile, that one is optimised.

use crate::paths::{LIBRARIES, cargo, models, target};
use crate::process::{self, describe, say};
use crate::setup;
use anyhow::{Context, Result};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, exit};

/// Builds the model tool when needed and runs one of its commands with these arguments. A failure that it has explained
/// itself ends this program too.
pub(crate) fn run(command: &str, args: &[OsString]) -> Result<()> {
    setup::chromium::ensure_vulkan()?;
    let mut tool = Command::new(build()?);
    // It fetches the models it needs by this program.
    tool.arg(command).args(args).env("SOTTO_MODELS", models()?).env("SOTTO_XTASK", std::env::current_exe()?);
    let status = tool.status().with_context(|| describe(&tool))?;
    if !status.success() {
        exit(status.code().unwrap_or(1));
    }
    Ok(())
}

/// Builds the model tool when needed and returns where it lies.
pub(crate) fn build() -> Result<PathBuf> {
    say("building the native tools");
    // Among the others: by itself what it depends on would have other features, and be compiled a second time.
    process::run(cargo("build").args(LIBRARIES).args(["--bin", "tools"]))?;
    Ok(target()?.join("debug/tools").with_extension(std::env::consts::EXE_EXTENSION))
}
