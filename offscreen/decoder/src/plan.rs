//! A forward pass as data: what both backends execute.

use kernels::cpu::{Attention, RopeStyle};

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

/// A tensor of the file: `Plan::tensors[i]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Weight(pub usize);

/// Name and shape of a tensor the plan needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TensorShape {
    /// Name in the file.
    pub name: String,
    /// Output features; 1 for a vector.
    pub rows: usize,
    /// Input features: the contiguous dimension.
    pub cols: usize,
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
        /// Pairing.
        style: RopeStyle,
        /// Which frequencies: `Plan::rope_frequencies[base]`.
        base: usize,
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
    /// `gate = silu(gate) · up`.
    SiluMul {
        /// Input and output.
        gate: Slot,
        /// Input.
        up: Slot,
    },
    /// `gate = gelu(gate) · up`, GELU in its tanh form.
    GeluMul {
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
}

/// One forward pass.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The activation buffers.
    pub slots: Vec<SlotShape>,
    /// The tensors used, in the order of first use.
    pub tensors: Vec<TensorShape>,
    /// Layers that keep keys and values, and the width of each entry.
    pub layers: usize,
    /// Values of one cached key (and of one cached value).
    pub kv_width: usize,
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
        let found = self.tensors.iter().position(|t| t.name == name);
        Weight(found.unwrap_or_else(|| {
            self.tensors.push(TensorShape { name, rows, cols });
            self.tensors.len() - 1
        }))
    }
}
