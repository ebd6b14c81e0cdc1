//! The engine: crate `offscreen` as WebAssembly.

use crate::paths::{cargo, target};
use crate::process::{run, say};
use crate::setup::wasm_target::TARGET;
use anyhow::Result;
use std::path::PathBuf;

/// Compiles the engine, optimised: an unoptimised one is too slow to be of use even while developing.
pub(crate) fn compile(features: &[&str]) -> Result<PathBuf> {
    say("compiling the engine to WebAssembly");
    let features = format!("--features={}", features.join(","));
    run(cargo().arg("build").arg(features).args([
        "build",
        "--quiet",
        "--release",
        "--package",
        "offscreen",
        "--lib",
        "--target",
        TARGET,
    ]))?;
    Ok(target()?.join(TARGET).join("release/offscreen.wasm"))
}
