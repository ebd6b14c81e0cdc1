//! What decoders have in common: the activations between operations, the names of tensors, the table and the head.

use crate::Config;
use crate::plan::{Op, Plan, Slot, Weight};
use gguf::Gguf;

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
    pub(super) attended: Slot,
    /// Inside the feed-forward block.
    pub(super) gate: Slot,
    /// Inside the feed-forward block.
    pub(super) up: Slot,
}

/// Widths of a token's queries and of its keys.
pub(super) fn attention_widths(config: &Config) -> (usize, usize) {
    (config.heads * config.head_dim, config.kv_heads * config.head_dim)
}

/// A plan that looks up embeddings, times `scale`, and does nothing more yet.
pub(super) fn start(config: &Config, rope_frequencies: Vec<Vec<f32>>, scale: f32) -> (Plan, Slots) {
    let (q_width, kv_width) = attention_widths(config);
    let mut plan = Plan {
        slots: Vec::new(),
        tensors: Vec::new(),
        layers: config.layers,
        kv_width,
        rope_frequencies,
        norm_eps: config.norm_eps,
        body: Vec::new(),
        head: Vec::new(),
        logits: Slot(0),
    };
    let slots = Slots {
        x: plan.slot(config.width),
        normed: plan.slot(config.width),
        delta: plan.slot(config.width),
        q: plan.slot(q_width),
        keys: plan.slot(kv_width),
        values: plan.slot(kv_width),
        attended: plan.slot(q_width),
        gate: plan.slot(config.ffn_width),
        up: plan.slot(config.ffn_width),
    };
    let table = plan.tensor("token_embd.weight".to_owned(), config.vocab, config.width);
    plan.body.push(Op::Embed { table, out: slots.x, scale });
    (plan, slots)
}

/// The tensors of one layer, by the short names that GGUF files give them.
pub(super) struct Layer<'a> {
    pub(super) plan: &'a mut Plan,
    pub(super) index: usize,
}

impl Layer<'_> {
    /// The matrix `blk.<layer>.<name>.weight`.
    pub(super) fn matrix(&mut self, name: &str, rows: usize, cols: usize) -> Weight {
        self.plan.tensor(format!("blk.{}.{name}.weight", self.index), rows, cols)
    }

    /// The vector `blk.<layer>.<name>.weight`.
    pub(super) fn vector(&mut self, name: &str, width: usize) -> Weight {
        self.matrix(name, 1, width)
    }
}

/// Ends the plan: the last token's row, normalised, times the output matrix.
pub(super) fn finish(plan: &mut Plan, config: &Config, slots: Slots, gguf: &Gguf) {
    let Config { width, vocab, .. } = *config;
    let (last, logits) = (plan.row(width), plan.row(vocab));
    let norm = plan.tensor("output_norm.weight".to_owned(), 1, width);
    // Small models tie the output matrix to the embedding table and leave it out of the file.
    let output = "output.weight";
    let output = if gguf.tensor(output).is_some() { output } else { "token_embd.weight" };
    let output = plan.tensor(output.to_owned(), vocab, width);
    plan.head = vec![
        Op::LastRow { x: slots.x, out: last },
        Op::RmsNorm { x: last, weight: norm, out: slots.normed },
        Op::MatMul { weight: output, x: slots.normed, out: logits },
    ];
    plan.logits = logits;
}
