//! From the workspace to `dist/`, the unpacked extension.
//!
//! Each folder of the extension keeps its place there: `background/background.js`, `content/*.js`, `popup/`, and
//! `offscreen/` with the engine (`engine.js`, `engine_bg.wasm`, and the same for threads in `threads/`). The models lie in `models/`,
//! the reader of files in `offscreen/reader/`.

pub(crate) mod bindings;
pub(crate) mod engine;
mod licenses;
mod packages;
mod reader;
pub(crate) mod sbom;
pub(crate) mod scripts;
mod size;
mod statics;

use crate::paths::{dist, root};
use crate::process::say;
use crate::setup;
use crate::setup::model::{default, ensure};
use anyhow::Result;
use catalog::Model;
use engine::{Engine, Profile};
use std::fs;
use std::path::PathBuf;

#[derive(clap::Args, Default)]
pub(crate) struct Args {
    /// Build what ships: the engine optimised as a whole and within its budget, the scripts minified
    #[arg(long)]
    pub(crate) release: bool,
    /// Put this model into the package beside the default one (may be given again)
    #[arg(long = "with-model", value_parser = clap::builder::PossibleValuesParser::new(catalog::models().iter().map(|model| model.info.id.as_str())))]
    pub(crate) models: Vec<String>,
}

impl Args {
    /// A build with these models beside the default one.
    pub(crate) fn with_models<'a>(models: impl IntoIterator<Item = &'a Model>) -> Self {
        Self { models: models.into_iter().map(|model| model.info.id.clone()).collect(), ..Self::default() }
    }
}

pub(crate) fn run(args: &Args) -> Result<()> {
    setup::npm::ensure()?;
    let is_wanted =
        |model: &&Model| model.info.id == default().info.id || args.models.contains(&model.info.id);
    // Adapters of models that the reader may add, too: a model is loaded with all of its own.
    let adapters = catalog::models().iter().flat_map(|model| model.adapters.values());
    let adapters = adapters.map(|file| Ok(root().join("offscreen/adapters").join(file)));
    let models = catalog::models().iter().filter(is_wanted).map(ensure);
    let translators = root().join("offscreen/catalog").join(catalog::TRANSLATORS);
    let models: Vec<_> = models.chain(adapters).chain([Ok(translators)]).collect::<Result<_>>()?;
    scripts::check_types()?;
    let profile = if args.release { Profile::Release } else { Profile::Development };
    let (engine, reader) = compile(profile)?;
    say("writing dist/");
    if dist().exists() {
        fs::remove_dir_all(dist())?;
    }
    engine.write(&dist().join("offscreen"))?;
    let is_development = profile == Profile::Development;
    bindings::write(&reader, "reader", &dist().join("offscreen/reader"), is_development)?;
    scripts::bundle(args.release)?;
    statics::copy()?;
    licenses::write(&dist().join("THIRD-PARTY-LICENSES.txt"))?;
    models.iter().try_for_each(|model| statics::add_model(model))?;
    size::report(args.release)
}

/// Compiles the engine, and the reader of files. Returns where the reader lies too.
pub(crate) fn compile(profile: Profile) -> Result<(Engine, PathBuf)> {
    Ok((Engine::compile(profile, &[])?, reader::compile(profile)?))
}
