//! The reader of files: crate `reader` as WebAssembly, a module beside the engine.

use super::engine::{Profile, cargo, remapped};
use crate::paths::target;
use crate::process::{run, say};
use crate::setup::wasm_target::TARGET;
use anyhow::Result;
use std::path::PathBuf;

/// Its memory ends here: what a file unpacks to has no end.
const MEMORY: &str = "-Clink-arg=--max-memory=805306368";

/// Compiles it, and returns where the module lies.
pub(super) fn compile(profile: Profile) -> Result<PathBuf> {
    say("compiling the reader of files to WebAssembly");
    let folders = remapped()?;
    let mut cargo = cargo("rustc", "reader", folders.iter().map(String::as_str));
    cargo.args(["--lib", "--profile", profile.name()]);
    // A flag of the module alone: what the engine links too is compiled once.
    run(cargo.args(["--", MEMORY]))?;
    Ok(target()?.join(TARGET).join(profile.name()).join("reader.wasm"))
}
