//! From the workspace to `dist/`, the unpacked extension.
//!
//! Each folder of the extension keeps its place there: `background/background.js`, `content/*.js`, `popup/`, and
//! `offscreen/` with the engine (`engine.js`, `engine_bg.wasm`). The model lies in `models/`.

pub(crate) mod bindings;
pub(crate) mod engine;
pub(crate) mod scripts;
mod size;
mod statics;

use crate::paths::dist;
use crate::process::say;
use crate::setup;
use anyhow::Result;
use std::fs;

#[derive(clap::Args, Default)]
pub(crate) struct Args {
    /// Minify the scripts and leave their source maps out
    #[arg(long)]
    pub(crate) release: bool,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    setup::wasm_target::ensure()?;
    setup::npm::ensure()?;
    let model = setup::model::ensure()?;
    scripts::check_types()?;
    let wasm = engine::compile(&[])?;
    say("writing dist/");
    if dist().exists() {
        fs::remove_dir_all(dist())?;
    }
    bindings::write(&wasm, &dist().join("offscreen"))?;
    scripts::bundle(args.release)?;
    statics::copy()?;
    statics::add_model(&model)?;
    size::report()
}
