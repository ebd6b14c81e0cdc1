//! Gemma 3, its text part.
//!
//! As llama, but: embeddings scaled by the root of the width; queries and keys normalised per head;
//! a norm after each block as well as before it; GeGLU; rotation by halves; and of every few layers
//! all but the last see a sliding window only and rotate by a base of their own. Norm factors are
//! stored with the `1 +` of the original already added. Reference: Gemma Team 2025,
//! <https://arxiv.org/abs/2503.19786>.

use super::layers::{self, Layer};
use super::rope;
use crate::config::Numbers;
use crate::{Config, Error, Plan};
use kernels::ops::{RopeStyle, rope_frequencies};

/// One layer in so many sees everything, where the file doesn't say.
const PATTERN: usize = 6;

/// Base of the rotary frequencies of layers with a window, where the file doesn't say.
const LOCAL_BASE: f32 = 10_000.0;

/// Places in `Plan::rope_frequencies`.
const GLOBAL: usize = 0;
const LOCAL: usize = 1;

pub(super) fn plan(config: &Config, numbers: &Numbers<'_>) -> Result<Plan, Error> {
    let window = numbers.count("attention.sliding_window")?;
    let pattern = numbers.count_or("attention.sliding_window_pattern", PATTERN)?;
    let local_base = numbers.rope_or("rope.freq_base_swa", LOCAL_BASE)?;
    // Scaling for longer texts is for the layers that see them whole.
    let global = rope::frequencies(numbers, config.rope_base, config.head_dim)?;
    let frequencies = vec![global, rope_frequencies(local_base, config.head_dim)];
    let (mut plan, slots) = layers::start(config, numbers.gguf, frequencies, (config.width as f32).sqrt());
    let (plain_q, plain_keys) = (plan.slot(layers::q_width(config)), plan.slot(layers::kv_width(config)));
    for index in 0..config.layers {
        let mut layer = Layer { plan: &mut plan, config, slots, index };
        layer.project(plain_q, plain_keys, slots.values);
        layer.norm_heads(plain_q, "attn_q_norm", slots.q);
        layer.norm_heads(plain_keys, "attn_k_norm", slots.keys);
        if (index + 1).is_multiple_of(pattern) {
            layer.attend(RopeStyle::Halves, GLOBAL, None);
        } else {
            layer.attend(RopeStyle::Halves, LOCAL, Some(window));
        }
        layer.norm(slots.delta, "post_attention_norm", slots.normed);
        layer.add(slots.normed);
        layer.geglu();
        layer.norm(slots.delta, "post_ffw_norm", slots.normed);
        layer.add(slots.normed);
    }
    Ok(plan)
}
