//! What the native tests, tools and benchmarks share: where things lie, and how a model file is opened.
//!
//! - `native/`: the engine against the reference engine's goldens (`golden/`).
//! - `e2e/`: the extension in a real Chromium (TypeScript; run by `cargo xtask test`).
//! - `bench/`: the engine's speed in a browser, beside other engines (run by `cargo xtask bench`).
//! - `oracle/`: tiny models with the outputs of an independent implementation.
//! - `translations/`: sentence pairs, and how well models translate them ([`chrf`]).
//! - `pages/`: real pages with the text that should be read from them.

pub mod blocks;
pub mod chrf;

use gguf::Gguf;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The id of the model that the extension ships.
pub const DEFAULT_MODEL: &str = catalog::SMOLLM2;

/// The id of the model that translates.
pub const TRANSLATOR: &str = catalog::GEMMA3;

/// First guess at the length of a model file's header; doubled until the header fits.
const HEADER_GUESS: u64 = 4 << 20;

/// The repository's root folder: the one named by `SOTTO_ROOT`, for programs that were carried to another machine, else
/// where they were built.
#[must_use]
pub fn root() -> PathBuf {
    if let Some(root) = std::env::var_os("SOTTO_ROOT") {
        return root.into();
    }
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// The default model's file.
///
/// # Panics
/// As [`model`].
#[must_use]
pub fn default_model() -> PathBuf {
    model(DEFAULT_MODEL)
}

/// The file of the measured model of this id, in the folder named by `SOTTO_MODELS`, else in `target/models`.
///
/// # Panics
/// When it is not there: `cargo xtask test` fetches it.
#[must_use]
pub fn model(id: &str) -> PathBuf {
    let folder = std::env::var_os("SOTTO_MODELS").map_or_else(|| root().join("target/models"), PathBuf::from);
    let path = folder.join(&catalog::measured(id).file);
    assert!(path.is_file(), "no model at {}: run `cargo xtask test`, which fetches it", path.display());
    path
}

/// Reads a model file's header.
///
/// # Panics
/// When the file cannot be read or is not a valid GGUF file.
#[must_use]
pub fn read_header(path: &Path) -> Gguf {
    let file_len =
        std::fs::metadata(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).len();
    let mut wanted = HEADER_GUESS;
    loop {
        let mut prefix = Vec::new();
        File::open(path)
            .and_then(|file| file.take(wanted).read_to_end(&mut prefix))
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        match Gguf::parse(&prefix, file_len) {
            Ok(gguf) => return gguf,
            Err(gguf::Error::Truncated { needed }) if wanted < file_len => wanted = needed.max(wanted * 2),
            Err(error) => panic!("{}: {error}", path.display()),
        }
    }
}
