//! The reader of files: crate `reader` as WebAssembly, a module beside the engine.

use super::engine::{LOCATIONS, Profile, remapped};
use crate::paths::{self, target};
use crate::process::{run, say};
use crate::setup::wasm_target::TARGET;
use anyhow::Result;
use std::path::PathBuf;

/// Its memory ends here: what a file unpacks to has no end.
const MEMORY: &str = "-Clink-arg=--max-memory=805306368";

/// Compiles it, and returns where the module lies.
pub(super) fn compile(profile: Profile) -> Result<PathBuf> {
    say("compiling the reader of files to WebAssembly");
    let mut cargo = paths::cargo("build");
    cargo.args(["--quiet", "--package", "reader", "--target", TARGET, "--lib", "--profile", profile.name()]);
    let mut flags = vec![MEMORY.to_owned(), LOCATIONS.to_owned()];
    flags.extend(remapped()?);
    // In a folder of its own: with other flags than the engine's it would have that compiled anew each time.
    let folder = target()?.join("reader");
    cargo.arg("--target-dir").arg(&folder);
    cargo.args(["--config", &format!("target.{TARGET}.rustflags={flags:?}")]);
    run(cargo.env("RUSTC_BOOTSTRAP", "1"))?;
    Ok(folder.join(TARGET).join(profile.name()).join("reader.wasm"))
}
