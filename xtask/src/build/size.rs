//! How large the extension is, and whether the engine keeps to its budget.

use super::engine::BUILDS;
use crate::paths::dist;
use crate::process::say;
use anyhow::{Result, ensure};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Most bytes that the .wasm of either build of the engine may have after gzip: one of them is loaded.
const ENGINE_BUDGET: usize = 2_000_000;

/// Prints the size of every file. With `has_budget`, an engine over its budget is an error.
pub(crate) fn report(has_budget: bool) -> Result<()> {
    let mut files = Vec::new();
    collect(&dist(), &mut files)?;
    files.sort();
    for file in &files {
        let name = file.strip_prefix(dist())?;
        if name.extension().is_some_and(|extension| extension == "wasm" || extension == "js") {
            say(format!(
                "{:>11} bytes, {:>9} gzipped  {}",
                file.metadata()?.len(),
                gzipped(file)?,
                name.display()
            ));
        } else if name.starts_with("models") {
            say(format!("{:>11} bytes                     {}", file.metadata()?.len(), name.display()));
        }
    }
    for build in BUILDS.into_iter().filter(|_| has_budget) {
        let engine = gzipped(&build.folder(&dist().join("offscreen")).join("engine_bg.wasm"))?;
        let name = build.name();
        ensure!(
            engine <= ENGINE_BUDGET,
            "the engine ({name}) has {engine} bytes gzipped, its budget is {ENGINE_BUDGET}"
        );
        say(format!("the engine ({name}) takes {} % of its budget", engine * 100 / ENGINE_BUDGET));
    }
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn gzipped(path: &Path) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&fs::read(path)?)?;
    Ok(encoder.finish()?.len())
}
