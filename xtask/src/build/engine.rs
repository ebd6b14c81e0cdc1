//! The engine: crate `offscreen` as WebAssembly.

use crate::paths::{cargo, target};
use crate::process::{run, say};
use crate::setup::wasm_target::TARGET;
use anyhow::Result;
use std::path::PathBuf;

/// Compiles the engine, optimised: an unoptimised one is too slow to be of use even while developing.
pub(crate) fn compile(features: &[&str]) -> Result<PathBuf> {
    say("compiling the engine to WebAssembly");
    let features = features.join(",");
    let mut build = cargo();
    build.args(["build", "--quiet", "--release", "--package", "offscreen", "--lib", "--target", TARGET]);
    run(build.args(["--features", &features]))?;
    Ok(target()?.join(TARGET).join("release/offscreen.wasm"))
}
