//! Model families: each turns a header into a [`Plan`], and nothing else in the engine knows it.

mod gemma3;
mod granite;
mod layers;
mod llama;
mod qwen2;
mod qwen3;
mod rope;
mod smollm3;

use crate::config::Numbers;
use crate::{Config, Error, Plan};
use gguf::Gguf;

/// Reads a model's numbers and plans its forward pass.
///
/// # Errors
/// [`Error::UnsupportedFamily`] for a family without a plan; [`Error::Gguf`] or [`Error::Config`]
/// for a bad header.
pub fn plan(gguf: &Gguf) -> Result<(Config, Plan), Error> {
    let family = gguf.str("general.architecture")?;
    let plan: fn(&Config, &Numbers<'_>) -> Result<Plan, Error> = match family {
        "gemma3" => gemma3::plan,
        "granite" => granite::plan,
        "llama" => llama::plan,
        "qwen2" => qwen2::plan,
        "qwen3" => qwen3::plan,
        "smollm3" => smollm3::plan,
        other => return Err(Error::UnsupportedFamily(other.to_owned())),
    };
    let config = Config::from_gguf(gguf)?;
    let plan = plan(&config, &Numbers { gguf, family })?;
    Ok((config, plan))
}
