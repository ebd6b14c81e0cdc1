//! What files in the folder of the models are called.

use super::opfs;
use crate::{Error, browser};
use session::hex;
use sha2::{Digest, Sha256};

/// Ending of a model file's name.
pub(super) const MODEL: &str = ".gguf";

/// Ending of the name of what is not complete yet: what is left of it without a journal is removed
/// when the engine starts again.
pub(super) const PARTIAL: &str = ".part";

pub(super) fn model_name(sha256: &str) -> String {
    format!("{sha256}{MODEL}")
}

/// Ending of the name of a [`session::Journal`]: what it stands beside is gone on with.
pub(super) const JOURNAL: &str = ".journal";

/// What the names of the part that has come of a file from an address, as it is shown, and of its
/// journal begin with: one address has one part, whoever asks for it.
pub(super) fn part_stem(address: &str) -> String {
    hex(Sha256::new().chain_update(address))
}

/// A name that nothing has yet.
pub(super) fn partial_name() -> Result<String, Error> {
    Ok(format!("{}{PARTIAL}", browser::unique().map_err(opfs::refused)?))
}
