//! The source of Rust's standard library, from which it is compiled for threads.

use crate::paths::root;
use crate::process::{output, run, say};
use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;

/// Adds the source to the toolchain unless it is there.
pub(crate) fn ensure() -> Result<()> {
    let sysroot = output(Command::new("rustc").current_dir(root()).args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/Cargo.lock").is_file() {
        return Ok(());
    }
    say("adding the source of Rust's standard library");
    run(Command::new("rustup").current_dir(root()).args(["component", "add", "rust-src"]))
        .context("the source of Rust's standard library is needed")
}
