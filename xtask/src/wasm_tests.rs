//! Rust tests as WebAssembly, on Node: wasm-bindgen's test runner used as a library, so that nothing is installed.

use crate::paths::cargo;
use crate::process;
use crate::setup;
use crate::setup::wasm_target::TARGET;
use anyhow::{Context, Result};
use std::ffi::OsString;

/// Name of the hidden command that Cargo starts for each test module.
pub(crate) const RUNNER: &str = "wasm-test-runner";

/// Runs the tests of the SIMD kernels, which exist in WebAssembly alone.
pub(crate) fn run() -> Result<()> {
    setup::wasm_target::ensure()?;
    let this = std::env::current_exe()?;
    let this = this.to_str().context("the path of this program is not UTF-8")?;
    let mut tests = cargo();
    tests.args(["test", "--package", "kernels", "--test", "simd", "--target", TARGET]);
    process::pass(tests.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", format!("{this} {RUNNER}")))
}

/// Executes one test module.
pub(crate) fn execute(args: &[OsString]) -> Result<()> {
    let name = OsString::from(RUNNER);
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args([&name].into_iter().chain(args))
}
