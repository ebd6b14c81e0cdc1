//! The engine: crate `offscreen` as WebAssembly, in two builds.

use super::bindings;
use crate::paths::{self, target};
use crate::process::{output, run, say};
use crate::setup::rust_src;
use crate::setup::wasm_target::{self, TARGET};
use anyhow::{Context, Result};
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

/// How well it is optimised.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Profile {
    /// Compiled in half the time, with the names of its functions.
    Development,
    /// What ships.
    Release,
}

impl Profile {
    /// Its name in `Cargo.toml`, and that of its folder among what Cargo builds.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Development => "development",
            Self::Release => "release",
        }
    }
}

/// Both.
pub(crate) const BUILDS: [Build; 2] = [Build::Plain, Build::Threads];

/// What the build with threads adds to the features in `.cargo/config.toml`.
const FEATURES: &str = "-Ctarget-feature=+atomics,+relaxed-simd";

/// Whose folders are named in messages of panics: the same names on every machine make the same module, which tells
/// nothing of who built it.
pub(super) fn remapped() -> Result<[String; 3]> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo"))).context("no home folder")?;
    let toolchain = output(Command::new("rustc").args(["--print", "sysroot"]).current_dir(paths::root()))?;
    let folders =
        [(home, "cargo"), (PathBuf::from(toolchain.trim_end()), "rust"), (paths::root().to_owned(), "sotto")];
    Ok(folders.map(|(folder, name)| format!("--remap-path-prefix={}=/{name}", folder.display())))
}

/// How it is linked. Its memory is made by JavaScript and may grow to all that 32 bits count. wasm-bindgen gives each thread its
/// stack and its own variables with the exported symbols. Last, rustc warns in every crate that atomics are not stable:
/// [`lint`] shows what else there is to warn of.
const LINKING: [&str; 8] = [
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
    fn command(self, profile: Profile) -> Result<(Command, PathBuf)> {
        let folders = remapped()?;
        let folders = folders.iter().map(String::as_str);
        let (mut cargo, folder) = match self {
            Self::Plain => (cargo("build", "offscreen", folders), target()?.to_owned()),
            // The standard library that comes with the toolchain knows no threads in WebAssembly.
            Self::Threads => {
                let mut cargo = threaded("build", LINKING.into_iter().chain(folders))?;
                cargo.arg("-Zbuild-std=std,panic_abort");
                (cargo, threaded_target()?)
            }
        };
        cargo.args(["--lib", "--profile", profile.name()]);
        Ok((cargo, folder.join(TARGET).join(profile.name()).join("offscreen.wasm")))
    }
}

/// What a panic says of its place. The columns alone would be kilobytes in each build.
const LOCATIONS: &str = "-Zlocation-detail=file,line";

/// A `cargo` that does this with the engine, or with another package for the browser, with flags for the compiler beside those in
/// `.cargo/config.toml`.
pub(super) fn cargo<'a>(command: &str, package: &str, flags: impl Iterator<Item = &'a str>) -> Command {
    let flags: Vec<_> = flags.chain([LOCATIONS]).collect();
    let mut cargo = paths::cargo(command);
    cargo.args(["--quiet", "--package", package, "--target", TARGET]);
    cargo.args(["--config", &format!("target.{TARGET}.rustflags={flags:?}")]);
    // Some of the flags are unstable, unless this variable says that they may be used.
    cargo.env("RUSTC_BOOTSTRAP", "1");
    cargo
}

/// The same for threads.
fn threaded<'a>(command: &str, flags: impl Iterator<Item = &'a str>) -> Result<Command> {
    let mut cargo = cargo(command, "offscreen", std::iter::once(FEATURES).chain(flags));
    cargo.arg("--target-dir").arg(threaded_target()?);
    Ok(cargo)
}

/// In a folder of its own neither build makes the other's files out of date.
fn threaded_target() -> Result<PathBuf> {
    Ok(target()?.join("threads"))
}

/// Clippy for the engine with threads, which compiles all that the plain one does but what it has in their place. As it ships: the
/// macros of other packages are compiled for that in any case.
pub(crate) fn lint() -> Result<Command> {
    let mut cargo = threaded("clippy", std::iter::empty())?;
    cargo.args(["--profile", Profile::Release.name()]);
    Ok(cargo)
}

/// Both builds, compiled.
pub(crate) struct Engine {
    modules: [PathBuf; 2],
    profile: Profile,
}

impl Engine {
    /// Compiles both, optimised: an unoptimised engine is too slow to be of use even while developing.
    pub(crate) fn compile(profile: Profile, features: &[&str]) -> Result<Self> {
        wasm_target::ensure(TARGET)?;
        rust_src::ensure()?;
        // Side by side: at the end of each the linker optimises the whole program, on one core.
        std::thread::scope(|scope| {
            let threads = scope.spawn(|| compile(Build::Threads, profile, features));
            let plain = compile(Build::Plain, profile, features)?;
            let threads = threads.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
            Ok(Self { modules: [plain, threads], profile })
        })
    }

    /// Writes `engine.js` and `engine_bg.wasm` into `folder`, and those for threads into its folder `threads`.
    pub(crate) fn write(&self, folder: &Path) -> Result<()> {
        let keep_names = self.profile == Profile::Development;
        let mut modules = BUILDS.iter().zip(&self.modules);
        modules
            .try_for_each(|(build, wasm)| bindings::write(wasm, "engine", &build.folder(folder), keep_names))
    }
}

fn compile(build: Build, profile: Profile, features: &[&str]) -> Result<PathBuf> {
    say(format!("compiling the engine to WebAssembly: {}", build.name()));
    let (mut cargo, wasm) = build.command(profile)?;
    run(cargo.args(["--features", &features.join(",")]))?;
    Ok(wasm)
}
