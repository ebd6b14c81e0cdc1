//! What decoders have in common: the activations between operations, the table and the head, the
//! parts of a layer.

use crate::Config;
use crate::plan::{Activation, Head, Op, Plan, Rotary, Slot, SlotShape, TensorShape, Weight};
use gguf::Gguf;
use kernels::ops::{Attention, RopeStyle};

/// The activations of a decoder with grouped-query attention and a gated feed-forward block.
#[derive(Clone, Copy)]
pub(super) struct Slots {
    /// The residual stream.
    pub(super) x: Slot,
    /// What a block reads: `x`, normalised.
    pub(super) normed: Slot,
    /// What a block adds to `x`.
    pub(super) delta: Slot,
    /// Queries.
    pub(super) q: Slot,
    /// Keys.
    pub(super) keys: Slot,
    /// Values.
    pub(super) values: Slot,
    /// Output of attention.
    attended: Slot,
    /// Inside the feed-forward block.
    gate: Slot,
    /// Inside the feed-forward block.
    up: Slot,
}

/// Values of a token's queries, of all heads.
pub(super) fn q_width(config: &Config) -> usize {
    config.heads * config.head_dim
}

/// Values of a token's keys, of all heads; as many as of its values.
pub(super) fn kv_width(config: &Config) -> usize {
    config.kv_heads * config.head_dim
}

/// A plan without layers: it looks up embeddings, times `scale`, and has a head.
pub(super) fn start(
    config: &Config,
    gguf: &Gguf,
    rope_frequencies: Vec<Vec<f32>>,
    scale: f32,
) -> (Plan, Slots) {
    let Config { width, vocab, ffn_width, .. } = *config;
    let tensor = |name: &str, rows| TensorShape::one(name.to_owned(), rows, width);
    let mut tensors = vec![tensor("token_embd.weight", vocab), tensor("output_norm.weight", 1)];
    let (table, norm) = (Weight(0), Weight(1));
    // Small models tie the output matrix to the embedding table and leave it out of the file.
    let output = if gguf.tensor("output.weight").is_some() {
        tensors.push(tensor("output.weight", vocab));
        Weight(2)
    } else {
        table
    };
    let mut shapes = Vec::new();
    let mut add = |width, one_row| {
        shapes.push(SlotShape { width, one_row });
        Slot(shapes.len() - 1)
    };
    let mut slot = |width| add(width, false);
    let slots = Slots {
        x: slot(width),
        normed: slot(width),
        delta: slot(width),
        q: slot(q_width(config)),
        keys: slot(kv_width(config)),
        values: slot(kv_width(config)),
        attended: slot(q_width(config)),
        gate: slot(ffn_width),
        up: slot(ffn_width),
    };
    let (last, logits) = (add(width, true), add(vocab, true));
    let plan = Plan {
        slots: shapes,
        tensors,
        layers: config.layers,
        kv_width: kv_width(config),
        head_dim: config.head_dim,
        rope_frequencies,
        rope_factors: None,
        norm_eps: config.norm_eps,
        body: vec![Op::Embed { table, out: slots.x, scale }],
        head: Head { x: slots.x, last, norm, scale: 1.0, weight: output, logits },
    };
    (plan, slots)
}

/// A layer in the making: each part appends its operations to the plan.
pub(super) struct Layer<'a> {
    pub(super) plan: &'a mut Plan,
    pub(super) config: &'a Config,
    pub(super) slots: Slots,
    pub(super) index: usize,
}

impl Layer<'_> {
    /// Normalises `x`, and makes queries, keys and values of it.
    pub(super) fn project(&mut self, q: Slot, keys: Slot, values: Slot) {
        let Slots { x, normed, .. } = self.slots;
        self.norm(x, "attn_norm", normed);
        self.multiply("attn_q", normed, q);
        self.multiply("attn_k", normed, keys);
        self.multiply("attn_v", normed, values);
    }

    /// Rotates queries and keys by `Plan::rope_frequencies[base]`, attends, and maps the result
    /// back, into `delta`.
    pub(super) fn attend(&mut self, style: RopeStyle, base: usize, window: Option<usize>) {
        self.attend_scaled(Rotary { style, base }, window, 1.0 / (self.config.head_dim as f32).sqrt());
    }

    /// As [`Self::attend`], with products of queries and keys times `scale`.
    pub(super) fn attend_scaled(&mut self, rotary: Rotary, window: Option<usize>, scale: f32) {
        let Slots { delta, q, keys, values, attended, .. } = self.slots;
        let Config { heads, kv_heads, head_dim, .. } = *self.config;
        let shape = Attention { heads, kv_heads, head_dim, scale, window };
        self.plan.body.extend([
            Op::Rope { x: q, rotary },
            Op::Rope { x: keys, rotary },
            Op::StoreKv { keys, values, layer: self.index },
            Op::Attention { q, layer: self.index, shape, out: attended },
        ]);
        self.multiply("attn_output", attended, delta);
    }

    /// The feed-forward block of `x`, gated by SiLU, into `delta`.
    pub(super) fn swiglu(&mut self) {
        self.feed_forward(Activation::Silu);
    }

    /// The feed-forward block of `x`, gated by GELU, into `delta`.
    pub(super) fn geglu(&mut self) {
        self.feed_forward(Activation::Gelu);
    }

    fn feed_forward(&mut self, activation: Activation) {
        let Slots { x, normed, delta, gate, up, .. } = self.slots;
        self.norm(x, "ffn_norm", normed);
        self.multiply("ffn_gate", normed, gate);
        self.multiply("ffn_up", normed, up);
        self.plan.body.push(Op::Gate { activation, gate, up });
        self.multiply("ffn_down", gate, delta);
    }

    /// Normalises rows of `x`, whole tokens.
    pub(super) fn norm(&mut self, x: Slot, name: &str, out: Slot) {
        let weight = self.tensor(&format!("{name}.weight"), 1, self.width(x));
        self.plan.body.push(Op::RmsNorm { x, weight, out });
    }

    /// Normalises each head of `x` by itself.
    pub(super) fn norm_heads(&mut self, x: Slot, name: &str, out: Slot) {
        let weight = self.tensor(&format!("{name}.weight"), 1, self.config.head_dim);
        self.plan.body.push(Op::RmsNorm { x, weight, out });
    }

    /// Adds the vector `<name>.bias`.
    pub(super) fn add_bias(&mut self, x: Slot, name: &str) {
        let bias = self.tensor(&format!("{name}.bias"), 1, self.width(x));
        self.plan.body.push(Op::AddBias { x, bias });
    }

    /// Adds `y` to the residual stream.
    pub(super) fn add(&mut self, y: Slot) {
        self.plan.body.push(Op::Add { x: self.slots.x, y });
    }

    fn multiply(&mut self, name: &str, x: Slot, out: Slot) {
        let weight = self.tensor(&format!("{name}.weight"), self.width(out), self.width(x));
        self.plan.body.push(Op::MatMul { weight, x, out });
    }

    fn tensor(&mut self, name: &str, rows: usize, cols: usize) -> Weight {
        self.plan.tensor(format!("blk.{}.{name}", self.index), rows, cols)
    }

    fn width(&self, slot: Slot) -> usize {
        self.plan.slots[slot.0].width
    }
}
