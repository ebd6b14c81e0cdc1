//! Where things lie.

use crate::process::output;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The repository's root folder.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the root folder")
}

/// The unpacked extension.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// What tests leave for a person to look at: screenshots.
pub(crate) fn artifacts() -> PathBuf {
    root().join("artifacts")
}

/// Cargo's target folder, wherever the caller has put it.
pub(crate) fn target() -> Result<&'static Path> {
    static TARGET: OnceLock<PathBuf> = OnceLock::new();
    if let Some(path) = TARGET.get() {
        return Ok(path);
    }
    let text = output(cargo("metadata").args(["--no-deps", "--format-version", "1"]))?;
    let metadata: serde_json::Value = serde_json::from_str(&text)?;
    let path = metadata["target_directory"].as_str().context("cargo metadata names no target folder")?;
    Ok(TARGET.get_or_init(|| PathBuf::from(path)))
}

/// Cached models: the folder named by `SOTTO_MODELS`, else one in the target folder.
pub(crate) fn models() -> Result<PathBuf> {
    std::env::var_os("SOTTO_MODELS").map_or_else(|| Ok(target()?.join("models")), |folder| Ok(folder.into()))
}

/// A `cargo` that works in the root folder, with the versions of `Cargo.lock` and no others.
pub(crate) fn cargo(command: &str) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root()).args([command, "--locked"]);
    cargo
}

/// Every package but this one: what is compiled with the development profile, and one set of features, whatever part of it is
/// asked for.
pub(crate) const LIBRARIES: [&str; 4] = ["--quiet", "--workspace", "--exclude", "xtask"];
