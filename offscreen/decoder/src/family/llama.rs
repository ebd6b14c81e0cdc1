//! Llama, and what shares its shape: SmolLM2, TinyLlama, Mistral 7B v0.1 without its window.
//!
//! Pre-norm decoder: grouped-query attention with interleaved rotary positions (GGUF files permute Q and K for it), then
//! a SwiGLU feed-forward block. Reference: Touvron et al. 2023, <https://arxiv.org/abs/2302.13971>.

use crate::Config;
use crate::plan::{Op, Plan, Slot};
use gguf::Gguf;
use kernels::cpu::{Attention, RopeStyle, rope_frequencies};

pub(super) fn plan(config: &Config, gguf: &Gguf) -> Plan {
    let Config { layers, width, heads, kv_heads, head_dim, ffn_width, vocab, .. } = *config;
    let (q_width, kv_width) = (heads * head_dim, kv_heads * head_dim);
    let mut plan = Plan {
        slots: Vec::new(),
        tensors: Vec::new(),
        layers,
        kv_width,
        rope_frequencies: rope_frequencies(config.rope_base, head_dim),
        norm_eps: config.norm_eps,
        body: Vec::new(),
        head: Vec::new(),
        logits: Slot(0),
    };
    let (x, normed, delta) = (plan.slot(width), plan.slot(width), plan.slot(width));
    let (q, keys, values) = (plan.slot(q_width), plan.slot(kv_width), plan.slot(kv_width));
    let attended = plan.slot(q_width);
    let (gate, up) = (plan.slot(ffn_width), plan.slot(ffn_width));
    let shape = Attention { heads, kv_heads, head_dim, scale: 1.0 / (head_dim as f32).sqrt(), window: None };
    let style = RopeStyle::Interleaved;

    let table = plan.tensor("token_embd.weight".to_owned(), vocab, width);
    let mut body = vec![Op::Embed { table, out: x, scale: 1.0 }];
    for layer in 0..layers {
        let mut tensor =
            |name: &str, rows, cols| plan.tensor(format!("blk.{layer}.{name}.weight"), rows, cols);
        body.extend([
            Op::RmsNorm { x, weight: tensor("attn_norm", 1, width), out: normed },
            Op::MatMul { weight: tensor("attn_q", q_width, width), x: normed, out: q },
            Op::MatMul { weight: tensor("attn_k", kv_width, width), x: normed, out: keys },
            Op::MatMul { weight: tensor("attn_v", kv_width, width), x: normed, out: values },
            Op::Rope { x: q, style },
            Op::Rope { x: keys, style },
            Op::StoreKv { keys, values, layer },
            Op::Attention { q, layer, shape, out: attended },
            Op::MatMul { weight: tensor("attn_output", width, q_width), x: attended, out: delta },
            Op::Add { x, y: delta },
            Op::RmsNorm { x, weight: tensor("ffn_norm", 1, width), out: normed },
            Op::MatMul { weight: tensor("ffn_gate", ffn_width, width), x: normed, out: gate },
            Op::MatMul { weight: tensor("ffn_up", ffn_width, width), x: normed, out: up },
            Op::SiluMul { gate, up },
            Op::MatMul { weight: tensor("ffn_down", width, ffn_width), x: gate, out: delta },
            Op::Add { x, y: delta },
        ]);
    }
    plan.body = body;

    let (last, logits) = (plan.row(width), plan.row(vocab));
    let norm = plan.tensor("output_norm.weight".to_owned(), 1, width);
    // Small models tie the output matrix to the embedding table and leave it out of the file.
    let output = "output.weight";
    let output = if gguf.tensor(output).is_some() { output } else { "token_embd.weight" };
    let output = plan.tensor(output.to_owned(), vocab, width);
    plan.head = vec![
        Op::LastRow { x, out: last },
        Op::RmsNorm { x: last, weight: norm, out: normed },
        Op::MatMul { weight: output, x: normed, out: logits },
    ];
    plan.logits = logits;
    plan
}
