//! Model families: each turns a header into a [`Plan`], and nothing else in the engine knows it.

mod gemma3;
mod layers;
mod llama;

use crate::{Config, Error, Plan};
use gguf::Gguf;

/// Reads a model's numbers and plans its forward pass.
///
/// # Errors
/// [`Error::UnsupportedFamily`] for a family without a plan; [`Error::Gguf`] or [`Error::Config`] for a bad header.
pub fn plan(gguf: &Gguf) -> Result<(Config, Plan), Error> {
    let plan: fn(&Config, &Gguf) -> Result<Plan, Error> = match gguf.str("general.architecture")? {
        "gemma3" => gemma3::plan,
        "llama" => llama::plan,
        other => return Err(Error::UnsupportedFamily(other.to_owned())),
    };
    let config = Config::from_gguf(gguf)?;
    let plan = plan(&config, gguf)?;
    Ok((config, plan))
}
