//! Rust's standard library for WebAssembly.

use crate::paths::root;
use crate::process::{output, run, say};
use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;

/// The target that the engine is built for.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Adds the target to the toolchain unless it is there.
pub(crate) fn ensure() -> Result<()> {
    let mut rustc = Command::new("rustc");
    let folder = output(rustc.current_dir(root()).args(["--print", "target-libdir", "--target", TARGET]))?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    say(format!("adding the Rust target {TARGET}"));
    run(Command::new("rustup").current_dir(root()).args(["target", "add", TARGET]))
        .with_context(|| format!("the Rust target {TARGET} is needed"))
}
