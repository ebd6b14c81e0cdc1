//! A forward pass as data: what both backends execute.

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

/// Shape of a weight that the plan needs, and the tensors of the file that it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TensorShape {
    /// Tensors of one type, one after the other: matrices one above the other, or vectors end to end.
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
    #[must_use]
    pub fn one(name: String, rows: usize, cols: usize) -> Self {
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
    /// Pairing.
    pub style: RopeStyle,
    /// Which frequencies: `Plan::rope_frequencies[base]`.
    pub base: usize,
}

/// One tensor operation, named as its kernel. Slots are read and written for all tokens of a step.
#[derive(Clone, Debug, PartialEq)]
pub enum Op {
    /// `out = table[token ids] · scale`.
    Embed {
        /// The embedding table.
        table: Weight,
        /// Receives the rows.
        out: Slot,
        /// Factor on every value.
        scale: f32,
    },
    /// `out = rms_norm(x) · weight`, over rows of the weight's width: where that is the width of a head, each head of each
    /// token is normalised by itself.
    RmsNorm {
        /// Input.
        x: Slot,
        /// Per-feature factors.
        weight: Weight,
        /// Output; never `x`.
        out: Slot,
    },
    /// `out = weight · x`.
    MatMul {
        /// The matrix.
        weight: Weight,
        /// Input.
        x: Slot,
        /// Output.
        out: Slot,
    },
    /// Adds a vector to each token's row.
    AddBias {
        /// Input and output.
        x: Slot,
        /// The vector, as wide as `x`.
        bias: Weight,
    },
    /// Rotates `x` in place by each token's position.
    Rope {
        /// Input and output.
        x: Slot,
        /// Pairing and frequencies.
        rotary: Rotary,
    },
    /// Stores keys and values of this step's tokens in a layer's cache.
    StoreKv {
        /// Keys.
        keys: Slot,
        /// Values.
        values: Slot,
        /// The layer.
        layer: usize,
    },
    /// Causal attention of `q` over a layer's cache.
    Attention {
        /// Queries.
        q: Slot,
        /// The layer.
        layer: usize,
        /// Heads and window.
        shape: Attention,
        /// Output.
        out: Slot,
    },
    /// `gate = activation(gate) · up`.
    Gate {
        /// How the gate is bent.
        activation: Activation,
        /// Input and output.
        gate: Slot,
        /// Input.
        up: Slot,
    },
    /// `x += y`.
    Add {
        /// Input and output.
        x: Slot,
        /// Input.
        y: Slot,
    },
    /// Copies the last token's row of `x` to the first row of `out`.
    LastRow {
        /// Input.
        x: Slot,
        /// Output: one row.
        out: Slot,
    },
    /// [`Op::RmsNorm`] and [`Op::MatMul`]: `out[at..] = weight · (rms_norm(x) · norm)`.
    NormMatMul {
        /// Input.
        x: Slot,
        /// Per-feature factors.
        norm: Weight,
        /// The matrix.
        weight: Weight,
        /// Receives the product.
        out: Slot,
        /// Where in a row of `out` it begins.
        at: usize,
    },
    /// [`Op::MatMul`] and [`Op::Add`]: `out += weight · x`.
    MatMulAdd {
        /// The matrix.
        weight: Weight,
        /// Input.
        x: Slot,
        /// Input and output.
        out: Slot,
    },
    /// [`Op::RmsNorm`] and [`Op::Add`]: `out += rms_norm(x) · weight`.
    NormAdd {
        /// Input.
        x: Slot,
        /// Per-feature factors.
        weight: Weight,
        /// Input and output; never `x`.
        out: Slot,
    },
    /// Everything between the projections of a layer and its attention: per-head [`Op::RmsNorm`], [`Op::Rope`] and
    /// [`Op::StoreKv`].
    Heads(Heads),
    /// [`Op::NormMatMul`], [`Op::AddBias`] and [`Op::Heads`], where there is no per-head norm.
    NormQkv {
        /// Input.
        x: Slot,
        /// Per-feature factors.
        norm: Weight,
        /// The matrices of queries, keys and values, one above the other.
        weight: Weight,
        /// Added to the product, as wide as it.
        bias: Option<Weight>,
        /// What comes of it.
        heads: Heads,
    },
    /// [`Op::Attention`] and [`Op::MatMul`], or with `add` [`Op::MatMulAdd`].
    AttentionMatMul {
        /// Queries.
        q: Slot,
        /// The layer.
        layer: usize,
        /// Heads and window.
        shape: Attention,
        /// Receives what was attended to.
        attended: Slot,
        /// The matrix.
        weight: Weight,
        /// Output.
        out: Slot,
        /// Adds to the output instead of replacing it.
        add: bool,
    },
    /// [`Op::Gate`] of gate and up side by side: `out = activation(gate) · up`.
    GateHalves {
        /// How the gate is bent.
        activation: Activation,
        /// Input: gate and up.
        both: Slot,
        /// Output.
        out: Slot,
    },
    /// [`Op::NormMatMul`] and [`Op::GateHalves`].
    NormGate {
        /// Input.
        x: Slot,
        /// Per-feature factors.
        norm: Weight,
        /// The matrices of gate and up, one above the other.
        weight: Weight,
        /// How the gate is bent.
        activation: Activation,
        /// Receives gate and up, side by side.
        both: Slot,
        /// Output.
        out: Slot,
    },
}

/// Queries, keys and values on their way to attention.
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

/// One forward pass.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The activation buffers.
    pub slots: Vec<SlotShape>,
    /// The weights, in the order in which they are loaded.
    pub tensors: Vec<TensorShape>,
    /// Layers that keep keys and values, and the width of each entry.
    pub layers: usize,
    /// Values of one cached key (and of one cached value).
    pub kv_width: usize,
    /// Values of a head of it.
    pub head_dim: usize,
    /// Rotary frequencies, `head_dim / 2` of them for each base that the model uses.
    pub rope_frequencies: Vec<Vec<f32>>,
    /// A tensor of the file whose values divide the rotary frequencies, one by one.
    pub rope_factors: Option<TensorShape>,
    /// Epsilon of every RMSNorm.
    pub norm_eps: f32,
    /// Operations on all tokens of a step.
    pub body: Vec<Op>,
    /// Operations on one token that end in [`Self::logits`]; left out where no logits are wanted.
    pub head: Vec<Op>,
    /// Holds the logits after `head`.
    pub logits: Slot,
}

impl Plan {
    /// Adds an activation buffer with a row for every token of a step.
    pub fn slot(&mut self, width: usize) -> Slot {
        self.slots.push(SlotShape { width, one_row: false });
        Slot(self.slots.len() - 1)
    }

    /// Adds an activation buffer of one row, for the head.
    pub fn row(&mut self, width: usize) -> Slot {
        self.slots.push(SlotShape { width, one_row: true });
        Slot(self.slots.len() - 1)
    }

    /// Adds a tensor, or finds it when it is there already (tied embeddings).
    pub fn tensor(&mut self, name: String, rows: usize, cols: usize) -> Weight {
        let found = self.tensors.iter().position(|shape| shape.name() == name);
        Weight(found.unwrap_or_else(|| {
            self.tensors.push(TensorShape::one(name, rows, cols));
            self.tensors.len() - 1
        }))
    }
}
