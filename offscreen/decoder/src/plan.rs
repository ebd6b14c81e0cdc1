//! A forward pass as data.

use kernels::ops::{Attention, RopeStyle};

/// An activation buffer: `Plan::slots[i]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Slot(pub usize);

/// Size of an activation buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlotShape {
    /// Values per token.
    pub width: usize,
    /// Holds one token's row instead of a row for every token of a step: only the head uses it.
    pub one_row: bool,
}

/// A weight: `Plan::tensors[i]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Weight(pub usize);

/// A weight that the plan needs, and the tensors of the file that it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TensorShape {
    /// Tensors of one type, one after the other: matrices one above the other, or vectors end to
    /// end.
    pub parts: Vec<Part>,
    /// Output features; 1 for a vector.
    pub rows: usize,
    /// Input features: the contiguous dimension.
    pub cols: usize,
}

/// Name and shape of a tensor in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Name in the file.
    pub name: String,
    /// Output features; 1 for a vector.
    pub rows: usize,
    /// Input features.
    pub cols: usize,
}

impl TensorShape {
    /// A tensor as it is in the file.
    pub(crate) fn one(name: String, rows: usize, cols: usize) -> Self {
        Self { parts: vec![Part { name, rows, cols }], rows, cols }
    }

    /// The first part's name, by which the weight is known.
    #[must_use]
    pub fn name(&self) -> &str {
        self.parts.first().map_or("", |part| &part.name)
    }
}

/// How a gated feed-forward block bends its gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// `x · sigmoid(x)`.
    Silu,
    /// GELU in its tanh form.
    Gelu,
}

/// How heads are rotated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rotary {
    /// Which values of a head are a pair.
    pub style: RopeStyle,
    /// Which frequencies: `Plan::rope_frequencies[base]`.
    pub base: usize,
}

/// One tensor operation as a family writes it, named as its kernel and defined by
/// `kernels::reference`. Slots are read and written for all tokens of a step. Backends run
/// [`FusedOp`](crate::FusedOp)s, which [`fuse`](crate::fuse()) makes of runs of these.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "each formula names the fields of its operation")]
pub enum Op {
    /// `out = table[token ids] · scale`.
    Embed { table: Weight, out: Slot, scale: f32 },
    /// `out = rms_norm(x) · weight`, over rows of the weight's width: where that is the width of a
    /// head, each head of each token is normalised by itself. `out` is never `x`.
    RmsNorm { x: Slot, weight: Weight, out: Slot },
    /// `out = weight · x`.
    MatMul { weight: Weight, x: Slot, out: Slot },
    /// `x += bias`, a vector as wide as `x`.
    AddBias { x: Slot, bias: Weight },
    /// Rotates `x` in place by each token's position.
    Rope { x: Slot, rotary: Rotary },
    /// Stores keys and values of this step's tokens in a layer's cache.
    StoreKv { keys: Slot, values: Slot, layer: usize },
    /// Causal attention of `q` over a layer's cache.
    Attention { q: Slot, layer: usize, shape: Attention, out: Slot },
    /// `gate = activation(gate) · up`.
    Gate { activation: Activation, gate: Slot, up: Slot },
    /// `x += y`.
    Add { x: Slot, y: Slot },
}

/// What follows the layers: the last token's row of `x`, normalised, times the output matrix.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Head {
    /// Input: a row for every token of a step.
    pub x: Slot,
    /// Holds the last token's row alone.
    pub last: Slot,
    /// Factors of the norm, which nothing else uses: a vector.
    pub norm: Weight,
    /// What these factors, and so the logits, are multiplied by as they are loaded.
    pub scale: f32,
    /// The output matrix.
    pub weight: Weight,
    /// Receives the logits.
    pub logits: Slot,
}

/// One forward pass: as a family writes it, or fused.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan<O = Op> {
    /// The activation buffers.
    pub slots: Vec<SlotShape>,
    /// The weights, in the order in which they are loaded.
    pub tensors: Vec<TensorShape>,
    /// Layers that keep keys and values.
    pub layers: usize,
    /// Values of one cached key (and of one cached value).
    pub kv_width: usize,
    /// Values of a head of a cached key: `kv_width` is a multiple.
    pub head_dim: usize,
    /// Rotary frequencies, `head_dim / 2` of them for each base that the model uses.
    pub rope_frequencies: Vec<Vec<f32>>,
    /// A tensor of the file whose values divide the rotary frequencies, one by one.
    pub rope_factors: Option<TensorShape>,
    /// Epsilon of every RMSNorm.
    pub norm_eps: f32,
    /// Operations on all tokens of a step.
    pub body: Vec<O>,
    /// Left out where no logits are wanted.
    pub head: Head,
}

impl Plan {
    /// Adds an activation buffer with a row for every token of a step.
    pub(crate) fn slot(&mut self, width: usize) -> Slot {
        self.slots.push(SlotShape { width, one_row: false });
        Slot(self.slots.len() - 1)
    }

    /// Adds a tensor of the file.
    pub(crate) fn tensor(&mut self, name: String, rows: usize, cols: usize) -> Weight {
        self.tensors.push(TensorShape::one(name, rows, cols));
        Weight(self.tensors.len() - 1)
    }
}
