//! From the workspace to `dist/`, the unpacked extension.
//!
//! Each folder of the extension keeps its place there: `background/background.js`, `content/*.js`, `popup/`, and
//! `offscreen/` with the engine (`engine.js`, `engine_bg.wasm`, and the same for threads in `threads/`). The models lie in `models/`.

pub(crate) mod bindings;
pub(crate) mod engine;
pub(crate) mod scripts;
mod size;
mod statics;

use crate::paths::dist;
use crate::process::say;
use crate::setup;
use crate::setup::model::{ALL, DEFAULT, Packaged, ensure};
use anyhow::Result;
use engine::Engine;
use std::fs;

#[derive(clap::Args, Default)]
pub(crate) struct Args {
    /// Minify the scripts and leave their source maps out
    #[arg(long)]
    pub(crate) release: bool,
    /// Put this model into the package beside the default one (may be given again)
    #[arg(long = "with-model", value_parser = clap::builder::PossibleValuesParser::new(ALL.iter().map(|model| model.id)))]
    pub(crate) models: Vec<String>,
}

impl Args {
    /// A build with these models beside the default one.
    pub(crate) fn with_models(models: &[&Packaged]) -> Self {
        Self { models: models.iter().map(|model| model.id.to_owned()).collect(), ..Self::default() }
    }
}

pub(crate) fn run(args: &Args) -> Result<()> {
    setup::npm::ensure()?;
    let is_wanted =
        |model: &&&Packaged| model.id == DEFAULT.id || args.models.iter().any(|id| id == model.id);
    let models: Vec<_> = ALL.iter().filter(is_wanted).map(|model| ensure(model)).collect::<Result<_>>()?;
    scripts::check_types()?;
    let engine = Engine::compile(&[])?;
    say("writing dist/");
    if dist().exists() {
        fs::remove_dir_all(dist())?;
    }
    engine.write(&dist().join("offscreen"))?;
    scripts::bundle(args.release)?;
    statics::copy()?;
    models.iter().try_for_each(|model| statics::add_model(model))?;
    size::report()
}
