//! The TypeScript programs of `tests/`, most of which drive Chromium: bundled by esbuild, run by Node.

#[allow(dead_code, reason = "the build script of the kernels takes the rest")]
#[path = "../../kernels/build/permutations.rs"]
mod permutations;
#[path = "../../kernels/build/preprocess.rs"]
mod preprocess;

use crate::model_tool;
use crate::paths::{artifacts, dist, root, target};
use crate::process::run;
use crate::setup::{chromium, llama, npm, shape};
use anyhow::{Error, Result};
use serde_json::json;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// Bundles programs of `tests/` and returns where each lies. They lie in `node_modules`, so that
/// Node finds the packages that they import.
pub(crate) fn bundle(programs: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let source = root().join("tests");
    let folder = root().join("node_modules/.cache/sotto");
    run(npm::bin("esbuild")
        .args(programs)
        .args(["--bundle", "--platform=node", "--target=node20", "--format=esm", "--packages=external"])
        .args(["--log-level=warning", "--sourcemap=inline", "--out-extension:.js=.mjs"])
        .arg(format!("--outbase={}", source.display()))
        .arg(format!("--outdir={}", folder.display())))?;
    let bundled = |path: &PathBuf| Ok(folder.join(path.strip_prefix(&source)?).with_extension("mjs"));
    programs.iter().map(bundled).collect()
}

/// Writes every permutation of the GPU kernels to a file, so that a browser can be asked to compile
/// them.
fn kernels() -> Result<PathBuf> {
    let kernels = permutations::kernels(&root().join("kernels/wgsl")).map_err(Error::msg)?;
    let mut list = Vec::new();
    for kernel in &kernels {
        for permutations::Permutation { choice, text } in &kernel.permutations {
            list.push(json!({
                "kernel": kernel.name,
                "defines": permutations::defines(choice),
                "text": text,
            }));
        }
    }
    let path = target()?.join("kernels.json");
    fs::write(&path, serde_json::Value::from(list).to_string())?;
    Ok(path)
}

/// A Node process that knows where the repository is.
pub(crate) fn node() -> Command {
    let mut command = Command::new("node");
    command.arg("--enable-source-maps").env("SOTTO_ROOT", root());
    command
}

/// One that also knows where Chromium and the extension are.
pub(crate) fn browser() -> Result<Command> {
    let mut command = node();
    command.env("SOTTO_CHROMIUM", chromium::find()?).env("SOTTO_DIST", dist());
    Ok(command)
}

/// The same for tests, which need more: a tiny model, small translators, the kernels, the native tools, llama.cpp's
/// server, and a place for pictures.
pub(crate) fn browser_for_tests() -> Result<Command> {
    let mut command = browser()?;
    command
        .env("SOTTO_TINY", shape::tiny()?)
        .env("SOTTO_TRANSLATORS", shape::translators()?)
        .env("SOTTO_KERNELS", kernels()?)
        .env("SOTTO_TOOLS", model_tool::build()?)
        .env("SOTTO_LLAMA", llama::ensure()?.unwrap_or_default())
        .env("SOTTO_ARTIFACTS", artifacts());
    Ok(command)
}
