//! Qwen2 and Qwen2.5: as llama, but with a bias on queries, keys and values, and rotation by
//! halves.
//!
//! Reference: Yang et al. 2024, <https://arxiv.org/abs/2407.10671>.

use super::layers::{self, Layer};
use super::rope;
use crate::config::Numbers;
use crate::{Config, Error, Plan};
use kernels::ops::RopeStyle;

pub(super) fn plan(config: &Config, numbers: &Numbers<'_>) -> Result<Plan, Error> {
    let frequencies = rope::frequencies(numbers, config.rope_base, config.head_dim)?;
    let (mut plan, slots) = layers::start(config, numbers.gguf, vec![frequencies], 1.0);
    for index in 0..config.layers {
        let mut layer = Layer { plan: &mut plan, config, slots, index };
        layer.project(slots.q, slots.keys, slots.values);
        layer.add_bias(slots.q, "attn_q");
        layer.add_bias(slots.keys, "attn_k");
        layer.add_bias(slots.values, "attn_v");
        layer.attend(RopeStyle::Halves, 0, None);
        layer.add(slots.delta);
        layer.swiglu();
        layer.add(slots.delta);
    }
    Ok(plan)
}
