//! Tests as WebAssembly, on Node under WASI: the SIMD kernels in the features of both builds of the
//! engine, so that what is tested is what ships; the translators, whose products are others there; and
//! hostile input where numbers have 32 bits.

use crate::paths::{cargo, root};
use crate::process::{pass, say};
use crate::setup::wasm_target::{self, WASI};
use anyhow::Result;

/// What the engine's build with threads computes with beside the features in `.cargo/config.toml`,
/// which both have.
const RELAXED_SIMD: &str = "-Ctarget-feature=+relaxed-simd";

pub(crate) fn run(filter: Option<&str>) -> Result<()> {
    wasm_target::ensure(WASI)?;
    for (build, flags) in [("one thread", None), ("threads", Some(RELAXED_SIMD))] {
        say(format!("the kernels of the build for {build}"));
        let mut tests = cargo("test");
        if let Some(flags) = flags {
            tests.args(["--config", &format!("target.{WASI}.rustflags=[{flags:?}]")]);
        }
        pass(tests.args(["--package", "kernels", "--test", "simd", "--target", WASI]).args(filter))?;
    }
    say("the translators");
    let mut tests = cargo("test");
    pass(tests.args(runner()).args(["--package", "translator", "--target", WASI]).args(filter))
}

/// What has Node run tests of any package, wherever its folder is.
fn runner() -> [String; 2] {
    let script = root().join("kernels/wasi.mjs");
    let runner = ["node", "--no-warnings", &script.to_string_lossy()].map(str::to_owned);
    ["--config".to_owned(), format!("target.{WASI}.runner={runner:?}")]
}

/// The short form of the fuzz targets, with so many mutations for each or as many as it has natively.
pub(crate) fn fuzz(mutations: Option<u32>) -> Result<()> {
    wasm_target::ensure(WASI)?;
    say("hostile input, with numbers of 32 bits");
    let mut tests = cargo("test");
    tests.args(runner());
    if let Some(mutations) = mutations {
        tests.env("FUZZ_MUTATIONS", mutations.to_string());
    }
    pass(tests.args(["--package", "fuzz", "--test", "short", "--target", WASI]))
}
