//! Llama, and what shares its shape: SmolLM2, TinyLlama, Mistral 7B v0.1 without its window.
//!
//! Pre-norm decoder: grouped-query attention with interleaved rotary positions (GGUF files permute
//! Q and K for it), then a SwiGLU feed-forward block. Reference: Touvron et al. 2023,
//! <https://arxiv.org/abs/2302.13971>; for the frequencies of Llama 3.1 and later: Grattafiori et
//! al. 2024, <https://arxiv.org/abs/2407.21783>.

use super::layers::{self, Layer};
use super::rope;
use crate::config::Numbers;
use crate::{Config, Error, Plan};
use kernels::ops::RopeStyle;

pub(super) fn plan(config: &Config, numbers: &Numbers<'_>) -> Result<Plan, Error> {
    let frequencies = rope::frequencies(numbers, config.rope_base, config.head_dim)?;
    let (mut plan, slots) = layers::start(config, numbers.gguf, vec![frequencies], 1.0);
    rope::with_factors(&mut plan, numbers.gguf, config.head_dim);
    for index in 0..config.layers {
        let mut layer = Layer { plan: &mut plan, config, slots, index };
        layer.project(slots.q, slots.keys, slots.values);
        layer.attend(RopeStyle::Interleaved, 0, None);
        layer.add(slots.delta);
        layer.swiglu();
        layer.add(slots.delta);
    }
    Ok(plan)
}
