//! What the native tests, tools and benchmarks share: where things lie, how a model file is loaded,
//! and model files of random weights ([`shape`], [`tiny`], [`adapter()`]).
//!
//! - `native/`: the engine against the reference engine's goldens (`golden/`).
//! - `e2e/`: the extension in a real Chromium (TypeScript; run by `cargo xtask test`).
//! - `bench/`: the engine's speed in a browser, beside other engines (run by `cargo xtask bench`).
//! - `oracle/`: tiny models with the outputs of an independent implementation.
//! - `translations/`: sentence pairs, and how well models translate them ([`chrf`]).
//! - `pages/`: real pages with the text that should be read from them.

mod adapter;
pub mod blocks;
pub mod chrf;
pub mod shape;
pub mod tiny;

pub use adapter::adapter;

use decoder::{Decoder, Device, Uninterrupted};
use gguf::Gguf;
use std::fs::File;
use std::path::{Path, PathBuf};

/// The id of the model that the extension ships.
pub const DEFAULT_MODEL: &str = catalog::SMOLLM2;

/// The id of the model that translates.
pub const TRANSLATOR: &str = catalog::GEMMA3;

/// The repository's root folder: the one named by `SOTTO_ROOT`, for programs that were carried to
/// another machine, else where they were built.
#[must_use]
pub fn root() -> PathBuf {
    if let Some(root) = std::env::var_os("SOTTO_ROOT") {
        return root.into();
    }
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// The folder of the packaged models' adapters.
#[must_use]
pub fn adapters() -> PathBuf {
    root().join("offscreen/adapters")
}

/// The default model's file.
///
/// # Panics
/// As [`model`].
#[must_use]
pub fn default_model() -> PathBuf {
    model(DEFAULT_MODEL)
}

/// Where `cargo xtask` keeps models: the folder named by `SOTTO_MODELS`, else `target/models`.
#[must_use]
pub fn models() -> PathBuf {
    std::env::var_os("SOTTO_MODELS").map_or_else(|| root().join("target/models"), PathBuf::from)
}

/// The file of the measured model of this id, in [`models`].
///
/// # Panics
/// When it is not there: `cargo xtask test` fetches it.
#[must_use]
pub fn model(id: &str) -> PathBuf {
    let path = models().join(&catalog::measured(id).file);
    assert!(path.is_file(), "no model at {}: run `cargo xtask test`, which fetches it", path.display());
    path
}

/// Opens a model file and reads its header.
///
/// # Panics
/// When the file cannot be read or is not a valid GGUF file.
#[must_use]
pub fn open(path: &Path) -> (Gguf, File) {
    let open = || -> Result<(Gguf, File), decoder::Error> {
        let mut file = File::open(path)?;
        let len = file.metadata()?.len();
        Ok((decoder::read_header(&mut file, len)?, file))
    };
    open().unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Loads a model file onto a device, with room for `context` tokens.
///
/// # Panics
/// As [`open`], or when the model cannot run there.
#[must_use]
pub fn load(path: &Path, device: Device, context: usize) -> (Gguf, Decoder) {
    let (header, mut file) = open(path);
    let decoder = pollster::block_on(Decoder::load(&header, &mut file, device, context, &Uninterrupted));
    (header, decoder.unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}
