//! Gemma 3, its text part.
//!
//! As llama, but: embeddings scaled by the root of the width; queries and keys normalised per head; a norm after each
//! block as well as before it; GeGLU; and of every few layers all but the last see a sliding window only and rotate by a
//! base of their own. Norm factors are stored with the `1 +` of the original already added.
//! Reference: Gemma Team 2025, <https://arxiv.org/abs/2503.19786>.

use super::layers::{self, Layer};
use crate::config::Numbers;
use crate::plan::{Op, Plan};
use crate::{Config, Error};
use gguf::Gguf;
use kernels::cpu::{Attention, RopeStyle, rope_frequencies};

/// One layer in so many sees everything, where the file doesn't say.
const PATTERN: usize = 6;

/// Base of the rotary frequencies of layers with a window, where the file doesn't say.
const LOCAL_BASE: f32 = 10_000.0;

/// Places in `Plan::rope_frequencies`.
const GLOBAL: usize = 0;
const LOCAL: usize = 1;

pub(super) fn plan(config: &Config, gguf: &Gguf) -> Result<Plan, Error> {
    let Config { width, heads, kv_heads, head_dim, ffn_width, .. } = *config;
    let numbers = Numbers { gguf, family: &config.family };
    let window = numbers.count("attention.sliding_window")?;
    let pattern = numbers.count_or("attention.sliding_window_pattern", PATTERN)?;
    let local_base = numbers.at_least_one_or("rope.freq_base_swa", LOCAL_BASE)?;
    let (q_width, kv_width) = layers::attention_widths(config);
    let frequencies =
        vec![rope_frequencies(config.rope_base, head_dim), rope_frequencies(local_base, head_dim)];
    let (mut plan, slots) = layers::start(config, frequencies, (width as f32).sqrt());
    let layers::Slots { x, normed, delta, q, keys, values, attended, gate, up } = slots;
    let (plain_q, plain_keys) = (plan.slot(q_width), plan.slot(kv_width));
    let style = RopeStyle::Halves;
    for index in 0..config.layers {
        let is_global = (index + 1).is_multiple_of(pattern);
        let (window, base) = if is_global { (None, GLOBAL) } else { (Some(window), LOCAL) };
        let shape = Attention { heads, kv_heads, head_dim, scale: 1.0 / (head_dim as f32).sqrt(), window };
        let mut layer = Layer { plan: &mut plan, index };
        let ops = [
            Op::RmsNorm { x, weight: layer.vector("attn_norm", width), out: normed },
            Op::MatMul { weight: layer.matrix("attn_q", q_width, width), x: normed, out: plain_q },
            Op::MatMul { weight: layer.matrix("attn_k", kv_width, width), x: normed, out: plain_keys },
            Op::MatMul { weight: layer.matrix("attn_v", kv_width, width), x: normed, out: values },
            Op::RmsNorm { x: plain_q, weight: layer.vector("attn_q_norm", head_dim), out: q },
            Op::RmsNorm { x: plain_keys, weight: layer.vector("attn_k_norm", head_dim), out: keys },
            Op::Rope { x: q, style, base },
            Op::Rope { x: keys, style, base },
            Op::StoreKv { keys, values, layer: index },
            Op::Attention { q, layer: index, shape, out: attended },
            Op::MatMul { weight: layer.matrix("attn_output", width, q_width), x: attended, out: delta },
            Op::RmsNorm { x: delta, weight: layer.vector("post_attention_norm", width), out: normed },
            Op::Add { x, y: normed },
            Op::RmsNorm { x, weight: layer.vector("ffn_norm", width), out: normed },
            Op::MatMul { weight: layer.matrix("ffn_gate", ffn_width, width), x: normed, out: gate },
            Op::MatMul { weight: layer.matrix("ffn_up", ffn_width, width), x: normed, out: up },
            Op::GeluMul { gate, up },
            Op::MatMul { weight: layer.matrix("ffn_down", width, ffn_width), x: gate, out: delta },
            Op::RmsNorm { x: delta, weight: layer.vector("post_ffw_norm", width), out: normed },
            Op::Add { x, y: normed },
        ];
        plan.body.extend(ops);
    }
    layers::finish(&mut plan, config, slots, gguf);
    Ok(plan)
}
