//! Rust's standard library for WebAssembly.

use crate::paths::root;
use crate::process::{output, run, say};
use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;

/// The target that the engine is built for.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// The target that tests and benchmarks are built for: with a clock and an output.
pub(crate) const WASI: &str = "wasm32-wasip1";

/// Adds a target to the toolchain unless it is there.
pub(crate) fn ensure(target: &str) -> Result<()> {
    let mut rustc = Command::new("rustc");
    let folder = output(rustc.current_dir(root()).args(["--print", "target-libdir", "--target", target]))?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    say(format!("adding the Rust target {target}"));
    run(Command::new("rustup").current_dir(root()).args(["target", "add", target]))
        .with_context(|| format!("the Rust target {target} is needed"))
}
