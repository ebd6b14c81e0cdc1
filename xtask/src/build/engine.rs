//! The engine: crate `offscreen` as WebAssembly, in two builds.

use super::bindings;
use crate::paths::{cargo, target};
use crate::process::{run, say};
use crate::setup::rust_src;
use crate::setup::wasm_target::{self, TARGET};
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A build of the engine: which one runs is chosen by the worker's script.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Build {
    /// For every browser: SIMD, one thread.
    Plain,
    /// Threads that share memory, and relaxed SIMD.
    Threads,
}

/// Both.
pub(crate) const BUILDS: [Build; 2] = [Build::Plain, Build::Threads];

/// What the build with threads adds to the flags of `.cargo/config.toml`, as rustc and the linker take them. Its memory is
/// made by JavaScript and may grow to all that 32 bits count. wasm-bindgen gives each thread its stack and its own variables
/// with the exported symbols. Atomics are what rustc warns of, in every crate; its warnings are given by the other build.
const FLAGS: &[&str] = &[
    "-Ctarget-feature=+atomics,+relaxed-simd",
    "-Clink-arg=--shared-memory",
    "-Clink-arg=--import-memory",
    "-Clink-arg=--max-memory=4294967296",
    "-Clink-arg=--export=__wasm_init_tls",
    "-Clink-arg=--export=__tls_size",
    "-Clink-arg=--export=__tls_align",
    "-Clink-arg=--export=__tls_base",
    "-Awarnings",
];

impl Build {
    /// Where its files lie, in the folder of the worker's script.
    pub(crate) fn folder(self, scripts: &Path) -> PathBuf {
        match self {
            Self::Plain => scripts.to_owned(),
            Self::Threads => scripts.join("threads"),
        }
    }

    /// For a person.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Plain => "one thread",
            Self::Threads => "threads",
        }
    }

    /// The command, and where it leaves the module.
    fn command(self) -> Result<(Command, PathBuf)> {
        let mut cargo = cargo();
        cargo.args(["build", "--quiet", "--release", "--package", "offscreen", "--lib", "--target", TARGET]);
        let mut folder = target()?.to_owned();
        if self == Self::Threads {
            // In a folder of its own neither build makes the other's out of date.
            folder.push("threads");
            cargo.arg("--target-dir").arg(&folder);
            // The standard library that comes with the toolchain knows no threads in WebAssembly, and to compile another is
            // a thing of nightly toolchains, unless this variable says that it may be done with this one.
            cargo.env("RUSTC_BOOTSTRAP", "1").arg("-Zbuild-std=std,panic_abort");
            cargo.args(["--config", &format!("target.{TARGET}.rustflags={FLAGS:?}")]);
        }
        Ok((cargo, folder.join(TARGET).join("release/offscreen.wasm")))
    }
}

/// Both builds, compiled.
pub(crate) struct Engine([PathBuf; 2]);

impl Engine {
    /// Compiles both, optimised: an unoptimised engine is too slow to be of use even while developing.
    pub(crate) fn compile(features: &[&str]) -> Result<Self> {
        wasm_target::ensure()?;
        rust_src::ensure()?;
        Ok(Self([compile(Build::Plain, features)?, compile(Build::Threads, features)?]))
    }

    /// Writes `engine.js` and `engine_bg.wasm` into `folder`, and those for threads into its folder `threads`.
    pub(crate) fn write(&self, folder: &Path) -> Result<()> {
        let Self(modules) = self;
        BUILDS.iter().zip(modules).try_for_each(|(build, wasm)| bindings::write(wasm, &build.folder(folder)))
    }
}

fn compile(build: Build, features: &[&str]) -> Result<PathBuf> {
    say(format!("compiling the engine to WebAssembly: {}", build.name()));
    let (mut cargo, wasm) = build.command()?;
    run(cargo.args(["--features", &features.join(",")]))?;
    Ok(wasm)
}
