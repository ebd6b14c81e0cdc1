//! Qwen3, its dense models: as llama, but with queries and keys normalised per head, and rotation
//! by halves.
//!
//! Reference: Yang et al. 2025, <https://arxiv.org/abs/2505.09388>.

use super::layers::{self, Layer};
use super::rope;
use crate::config::Numbers;
use crate::{Config, Error, Plan};
use kernels::ops::RopeStyle;

pub(super) fn plan(config: &Config, numbers: &Numbers<'_>) -> Result<Plan, Error> {
    let frequencies = rope::frequencies(numbers, config.rope_base, config.head_dim)?;
    let (mut plan, slots) = layers::start(config, numbers.gguf, vec![frequencies], 1.0);
    let (plain_q, plain_keys) = (plan.slot(layers::q_width(config)), plan.slot(layers::kv_width(config)));
    for index in 0..config.layers {
        let mut layer = Layer { plan: &mut plan, config, slots, index };
        layer.project(plain_q, plain_keys, slots.values);
        layer.norm_heads(plain_q, "attn_q_norm", slots.q);
        layer.norm_heads(plain_keys, "attn_k_norm", slots.keys);
        layer.attend(RopeStyle::Halves, 0, None);
        layer.add(slots.delta);
        layer.swiglu();
        layer.add(slots.delta);
    }
    Ok(plan)
}
