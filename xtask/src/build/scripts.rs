//! The extension's TypeScript: checked by `tsc`, bundled by esbuild.

use crate::paths::{dist, root};
use crate::process::{run, say};
use crate::setup::npm;
use anyhow::Result;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules that Chrome loads: each is bundled with what it imports.
const MODULES: [&str; 10] = [
    "background/background.ts",
    "offscreen/offscreen.ts",
    "offscreen/reader/worker.ts",
    "offscreen/thread.ts",
    "offscreen/worker.ts",
    "popup/history.ts",
    "popup/models.ts",
    "popup/options.ts",
    "popup/popup.ts",
    "popup/welcome.ts",
];

/// Checks the types of the extension's scripts and of the tests'.
pub(crate) fn check_types() -> Result<()> {
    say("checking the types of the scripts");
    for project in ["tsconfig.json", "tests/tsconfig.json"] {
        run(npm::bin("tsc").args(["--noEmit", "--project", project]))?;
    }
    Ok(())
}

/// Bundles every script of the extension into `dist/`.
pub(crate) fn bundle(release: bool) -> Result<()> {
    let modules: Vec<PathBuf> = MODULES.iter().map(|file| root().join(file)).collect();
    esbuild(&modules, "esm", &dist(), release)?;
    esbuild(&content_scripts()?, "iife", &dist(), release)
}

/// Bundles the scripts that read a page and show where on it a passage is, and returns where the first lies in `folder`.
pub(crate) fn bundle_reading(folder: &Path) -> Result<PathBuf> {
    let scripts = ["capture", "highlight"].map(|name| root().join("content").join(name).with_extension("ts"));
    esbuild(&scripts, "iife", folder, true)?;
    Ok(folder.join("content/capture.js"))
}

/// Every file of `content/` is one script that is injected into a page.
fn content_scripts() -> Result<Vec<PathBuf>> {
    let files = fs::read_dir(root().join("content"))?.map(|entry| Ok(entry?.path()));
    let files = files.collect::<Result<Vec<_>>>()?;
    let is_script =
        |path: &PathBuf| path.to_str().is_some_and(|name| name.ends_with(".ts") && !name.ends_with(".d.ts"));
    Ok(files.into_iter().filter(is_script).collect())
}

fn esbuild(files: &[PathBuf], format: &str, folder: &Path, release: bool) -> Result<()> {
    let mut command = npm::bin("esbuild");
    command.args(files).args(["--bundle", "--target=chrome127", "--loader:.css=text", "--log-level=warning"]);
    command.arg(format!("--format={format}"));
    command.arg(format!("--outbase={}", root().display())).arg(format!("--outdir={}", folder.display()));
    command.arg(if release { "--minify" } else { "--sourcemap" });
    run(&mut command)
}
