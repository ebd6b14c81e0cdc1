//! The commands that run a model natively. They live in a program of their own (`tests/tools`): this one stays quick to
//! compile, that one is optimised.

use crate::paths::{models, root};
use crate::process::{pass, say};
use crate::setup;
use anyhow::Result;
use std::ffi::OsString;
use std::process::Command;

/// Builds the model tool when needed and runs one of its commands with these arguments.
pub(crate) fn run(command: &str, args: &[OsString]) -> Result<()> {
    say(format!("building the native tools, then: {command}"));
    setup::chromium::ensure_vulkan()?;
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["run", "--locked", "--quiet", "--package", "tools", "--manifest-path"]);
    cargo.arg(root().join("Cargo.toml")).arg("--").arg(command).args(args);
    pass(cargo.env("SOTTO_MODELS", models()?))
}
