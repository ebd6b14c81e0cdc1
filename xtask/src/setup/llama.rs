//! llama.cpp's own server, for the test that a reader's server can be one: in a package of Python's registry, ready to run.

use super::model::pip;
use crate::paths::target;
use crate::process::{run, say};
use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;

/// 34 MB on their way, 106 MB on the disk.
const PACKAGE: &str = "xllamacpp==2026.10.11549";

/// The folder from which Python imports it: in the cache, or fetched into it. None on machines that it is not made for.
pub(crate) fn ensure() -> Result<Option<PathBuf>> {
    if !cfg!(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"))) {
        return Ok(None);
    }
    let folder = target()?.join("llama");
    if !folder.is_dir() {
        say(format!("fetching llama.cpp's server ({PACKAGE}, 34 MB)"));
        let partial = folder.with_extension("partial");
        let mut pip = pip()?;
        pip.args([
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "--only-binary",
            ":all:",
            "--upgrade",
        ]);
        run(pip.arg("--target").arg(&partial).arg(PACKAGE))
            .context("llama.cpp's server could not be fetched")?;
        fs::rename(partial, &folder)?;
    }
    Ok(Some(folder))
}
