//! The code in the engine and in the reader of files that others wrote.

use crate::paths::cargo;
use crate::process::output;
use crate::setup::wasm_target::TARGET;
use anyhow::{Context, Result};
use serde_json::Value;
use std::path::PathBuf;

/// A package that is linked into one of them.
pub(super) struct Package {
    pub(super) name: String,
    pub(super) version: String,
    /// As an SPDX expression.
    pub(super) license: String,
    /// Where its source is, for a person.
    pub(super) repository: String,
    /// Its source on this machine.
    pub(super) folder: PathBuf,
}

/// What Cargo links for the browser, but the workspace's own, in the order of names.
pub(super) fn linked() -> Result<Vec<Package>> {
    let tree = output(
        cargo("tree")
            .args([
                "--package",
                "offscreen",
                "--package",
                "reader",
                "--target",
                TARGET,
                "--edges",
                "normal,no-proc-macro",
            ])
            .args(["--prefix", "none", "--format", "{p}"]),
    )?;
    // Of other platforms' packages nothing need be fetched.
    let mut metadata = cargo("metadata");
    metadata.args(["--format-version", "1", "--filter-platform", TARGET]);
    let metadata: Value = serde_json::from_str(&output(&mut metadata)?)?;
    let mut packages = Vec::new();
    for package in metadata["packages"].as_array().context("cargo metadata names no packages")? {
        let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
        let id = format!("{} v{}", text("name"), text("version"));
        let is_linked = tree.lines().any(|line| line.strip_suffix(" (*)").unwrap_or(line) == id);
        if is_linked && !package["source"].is_null() {
            let mut folder = PathBuf::from(text("manifest_path"));
            folder.pop();
            packages.push(Package {
                name: text("name"),
                version: text("version"),
                license: text("license"),
                repository: text("repository"),
                folder,
            });
        }
    }
    packages.sort_by(|one, other| (&one.name, &one.version).cmp(&(&other.name, &other.version)));
    Ok(packages)
}
