//! Llama, and what shares its shape: SmolLM2, TinyLlama, Mistral 7B v0.1 without its window.
//!
//! Pre-norm decoder: grouped-query attention with interleaved rotary positions (GGUF files permute Q and K for it), then
//! a SwiGLU feed-forward block. Reference: Touvron et al. 2023, <https://arxiv.org/abs/2302.13971>.

use super::layers::{self, Layer};
use crate::plan::{Op, Plan};
use crate::{Config, Error};
use gguf::Gguf;
use kernels::cpu::{Attention, RopeStyle, rope_frequencies};

pub(super) fn plan(config: &Config, gguf: &Gguf) -> Result<Plan, Error> {
    let Config { width, heads, kv_heads, head_dim, ffn_width, .. } = *config;
    let (q_width, kv_width) = layers::attention_widths(config);
    let frequencies = vec![rope_frequencies(config.rope_base, head_dim)];
    let (mut plan, slots) = layers::start(config, frequencies, 1.0);
    let layers::Slots { x, normed, delta, q, keys, values, attended, gate, up } = slots;
    let shape = Attention { heads, kv_heads, head_dim, scale: 1.0 / (head_dim as f32).sqrt(), window: None };
    let (style, base) = (RopeStyle::Interleaved, 0);
    for index in 0..config.layers {
        let mut layer = Layer { plan: &mut plan, index };
        let ops = [
            Op::RmsNorm { x, weight: layer.vector("attn_norm", width), out: normed },
            Op::MatMul { weight: layer.matrix("attn_q", q_width, width), x: normed, out: q },
            Op::MatMul { weight: layer.matrix("attn_k", kv_width, width), x: normed, out: keys },
            Op::MatMul { weight: layer.matrix("attn_v", kv_width, width), x: normed, out: values },
            Op::Rope { x: q, style, base },
            Op::Rope { x: keys, style, base },
            Op::StoreKv { keys, values, layer: index },
            Op::Attention { q, layer: index, shape, out: attended },
            Op::MatMul { weight: layer.matrix("attn_output", width, q_width), x: attended, out: delta },
            Op::Add { x, y: delta },
            Op::RmsNorm { x, weight: layer.vector("ffn_norm", width), out: normed },
            Op::MatMul { weight: layer.matrix("ffn_gate", ffn_width, width), x: normed, out: gate },
            Op::MatMul { weight: layer.matrix("ffn_up", ffn_width, width), x: normed, out: up },
            Op::SiluMul { gate, up },
            Op::MatMul { weight: layer.matrix("ffn_down", width, ffn_width), x: gate, out: delta },
            Op::Add { x, y: delta },
        ];
        plan.body.extend(ops);
    }
    layers::finish(&mut plan, config, slots, gguf);
    Ok(plan)
}
