//! What files in the folder of the models are called.

use super::opfs;
use crate::{Error, browser};

/// Ending of a model file's name.
pub(super) const MODEL: &str = ".gguf";

/// Ending of the name of what is not complete yet: what is left of it is removed when the engine
/// starts again.
pub(super) const PARTIAL: &str = ".part";

pub(super) fn model_name(sha256: &str) -> String {
    format!("{sha256}{MODEL}")
}

/// A name that nothing has yet.
pub(super) fn partial_name() -> Result<String, Error> {
    Ok(format!("{}{PARTIAL}", browser::unique().map_err(opfs::refused)?))
}
