use super::kv_cache::filled;
use super::tile::{INNER, Strip, inverse, quantize, strip_scale};
use crate::ops::Attention;
use crate::simd::rows::larger;
use std::f32::consts::LOG2_E;
use std::ops::Range;

/// The queries of some tokens that one head of keys answers, `[token][head of the group]`.
#[derive(Default)]
pub(super) struct Queries {
    /// `[row][dim / 32]`.
    pub(super) strips: Vec<Strip>,
    /// Of each row, the factor on its scores included: such that weights are powers of two.
    pub(super) scales: Vec<f32>,
    /// The positions that each row sees.
    pub(super) sees: Vec<Range<usize>>,
}

impl Queries {
    /// Takes what head `kv_head` answers out of `q`, `[token][head][head_dim]`, whose first token
    /// stands at `pos`.
    pub(super) fn set(&mut self, shape: &Attention, q: &[f32], kv_head: usize, pos: usize) {
        let group = shape.heads / shape.kv_heads;
        self.strips.clear();
        self.scales.clear();
        self.sees.clear();
        for (token, q) in q.chunks_exact(shape.heads * shape.head_dim).enumerate() {
            let end = pos + token + 1;
            let start = shape.window.map_or(0, |window| end.saturating_sub(window));
            let heads = &q[kv_head * group * shape.head_dim..][..group * shape.head_dim];
            for q in heads.chunks_exact(shape.head_dim) {
                let scale = q.chunks(INNER).map(|part| strip_scale(&filled(part))).fold(0.0, larger);
                let inverse = inverse(scale);
                self.strips.extend(q.chunks(INNER).map(|part| quantize(&filled(part), inverse)));
                self.scales.push(scale * (shape.scale * LOG2_E));
                self.sees.push(start..end);
            }
        }
    }

    /// Rows.
    pub(super) fn len(&self) -> usize {
        self.scales.len()
    }

    /// Positions that any of the rows sees: those of the first and of the last token.
    pub(super) fn seen(&self) -> Range<usize> {
        match (self.sees.first(), self.sees.last()) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..0,
        }
    }
}
