//! JavaScript around a WebAssembly module, made by wasm-bindgen used as a library: nothing to install, and its version is
//! the one in `Cargo.lock`.

use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;

/// Writes `NAME.js` and `NAME_bg.wasm` for a module into `folder`. With the names of its functions a trace of the
/// stack can be read, and a profile; they take a quarter of the file.
pub(crate) fn write(wasm: &Path, name: &str, folder: &Path, keep_names: bool) -> Result<()> {
    fs::create_dir_all(folder)?;
    let mut bindgen = Bindgen::new();
    // As a library it leaves out by default where the module lies; with it `init()` needs no argument.
    bindgen.input_path(wasm).web(true)?.typescript(false).omit_default_module_path(false).out_name(name);
    bindgen.remove_name_section(!keep_names).remove_producers_section(true);
    bindgen.generate(folder)
}

/// The TypeScript declarations that a module carries.
pub(crate) fn declarations(wasm: &Path) -> Result<String> {
    let mut bindgen = Bindgen::new();
    let output = bindgen.input_path(wasm).bundler(true)?.typescript(true).generate_output()?;
    Ok(output.ts().context("the module carries no declarations")?.to_owned())
}
