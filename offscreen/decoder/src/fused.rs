//! What both backends execute: the operations of a plan after fusing.

use crate::plan::{Activation, Rotary, Slot, Weight};
use kernels::ops::Attention;

/// One operation of a fused plan: [`Op`](crate::Op)s that a GPU launches together, and those that
/// it launches by themselves. Every backend runs every one.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "each formula names the fields of its operation")]
pub enum FusedOp {
    /// As [`Op::Embed`](crate::Op::Embed).
    Embed { table: Weight, out: Slot, scale: f32 },
    /// As [`Op::MatMul`](crate::Op::MatMul).
    MatMul { weight: Weight, x: Slot, out: Slot },
    /// `out += weight · x`.
    MatMulAdd { weight: Weight, x: Slot, out: Slot },
    /// `out[at..] = weight · (rms_norm(x) · norm)`, in each token's row.
    NormMatMul { x: Slot, norm: Weight, weight: Weight, out: Slot, at: usize },
    /// As [`Op::AddBias`](crate::Op::AddBias).
    AddBias { x: Slot, bias: Weight },
    /// `out += rms_norm(x) · weight`. `out` is never `x`.
    NormAdd { x: Slot, weight: Weight, out: Slot },
    /// Everything between the projections of a layer and its attention.
    Heads(Heads),
    /// [`Self::NormMatMul`], [`Self::AddBias`] and [`Self::Heads`], where there is no norm per
    /// head. `weight` and `bias` are those of queries, keys and values, one above the other.
    NormQkv { x: Slot, norm: Weight, weight: Weight, bias: Option<Weight>, heads: Heads },
    /// `attended = attention(q)` over a layer's cache, and `out = weight · attended`, or with `add`
    /// `out += weight · attended`. Whether `attended` is written is the backend's affair.
    AttentionMatMul {
        q: Slot,
        layer: usize,
        shape: Attention,
        attended: Slot,
        weight: Weight,
        out: Slot,
        add: bool,
    },
    /// `out = activation(gate) · up`, which lie side by side in `both`.
    GateHalves { activation: Activation, both: Slot, out: Slot },
    /// [`Self::NormMatMul`] and [`Self::GateHalves`]. `weight` is that of gate and up, one above
    /// the other. Whether `both` is written is the backend's affair.
    NormGate { x: Slot, norm: Weight, weight: Weight, activation: Activation, both: Slot, out: Slot },
}

/// Queries, keys and values on their way to attention: normalised per head, rotated, stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heads {
    /// Input: queries, keys and values side by side.
    pub qkv: Slot,
    /// Factors of the norm of each query head and of each key head.
    pub norms: Option<(Weight, Weight)>,
    /// Rotates queries and keys.
    pub rotary: Rotary,
    /// Output: the queries.
    pub q: Slot,
    /// The layer whose cache receives keys and values.
    pub layer: usize,
}
