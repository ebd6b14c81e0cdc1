//! One forward pass, operation by operation.

use super::tensor::Tensor;
use crate::fused::FusedOp;
use crate::plan::{Head, Plan, Slot, Weight};
use kernels::ops::Attention;
use kernels::reference;
use kernels::simd::{self, KvCache, Packed, PackedLowRank, Pool, Precision, Rotations};

/// A pass under way.
pub(super) struct Pass<'a> {
    pub(super) pool: &'static Pool,
    pub(super) plan: &'a Plan<FusedOp>,
    pub(super) weights: &'a [Tensor],
    /// What is added to each of the weights, if an adapter is at work.
    pub(super) adapter: Option<&'a [Option<PackedLowRank>]>,
    pub(super) activations: &'a mut [Vec<f32>],
    pub(super) scratch: &'a mut Vec<Vec<f32>>,
    pub(super) kv_caches: &'a mut [KvCache],
    pub(super) rotations: &'a mut [Rotations],
    pub(super) ids: &'a [u32],
    /// Position of the first token.
    pub(super) pos: usize,
    /// Rows that operations work on: one for each token, in the head for each whose logits are
    /// wanted.
    pub(super) rows: usize,
    pub(super) precision: Precision,
}

impl Pass<'_> {
    pub(super) fn run(&mut self, op: &FusedOp) {
        match *op {
            FusedOp::Embed { table, out, scale } => self.embed(table, out, scale),
            FusedOp::MatMul { weight, x, out } => self.matmul(weight, x, out),
            FusedOp::MatMulAdd { weight, x, out } => self.matmul_add(weight, x, out),
            FusedOp::NormMatMul { x, norm, weight, out, at } => self.norm_matmul((x, norm), weight, out, at),
            FusedOp::AddBias { x, bias } => self.add_bias(x, bias),
            FusedOp::NormAdd { x, weight, out } => self.norm_add(x, weight, out),
            FusedOp::Heads(heads) => self.heads(heads),
            FusedOp::NormQkv { x, norm, weight, bias, heads } => {
                self.norm_matmul((x, norm), weight, heads.qkv, 0);
                if let Some(bias) = bias {
                    self.add_bias(heads.qkv, bias);
                }
                self.heads(heads);
            }
            FusedOp::AttentionMatMul { q, layer, shape, attended, weight, out, add } => {
                self.attention((q, layer, shape), attended);
                if add {
                    self.matmul_add(weight, attended, out);
                } else {
                    self.matmul(weight, attended, out);
                }
            }
            FusedOp::GateHalves { activation, both, out } => self.gate_halves(activation, both, out),
            FusedOp::NormGate { x, norm, weight, activation, both, out } => {
                self.norm_matmul((x, norm), weight, both, 0);
                self.gate_halves(activation, both, out);
            }
        }
    }

    /// The logits of the last `rows` tokens; what comes after this in the pass works on them alone.
    pub(super) fn head(&mut self, rows: usize) {
        let Head { x, last, norm, weight, logits, .. } = self.plan.head;
        let end = self.rows * self.plan.slots[x.0].width;
        self.rows = rows;
        self.write(last, |pass, out| {
            out.copy_from_slice(&pass.activations[x.0][end - out.len()..end]);
        });
        self.norm_matmul((last, norm), weight, logits, 0);
    }

    fn embed(&mut self, table: Weight, out: Slot, scale: f32) {
        let table = self.matrix(table);
        self.write(out, |pass, out| {
            for (&id, row) in pass.ids.iter().zip(out.chunks_exact_mut(table.cols())) {
                table.row(id as usize, row);
                row.iter_mut().for_each(|value| *value *= scale);
            }
        });
    }

    fn matmul(&mut self, weight: Weight, x: Slot, out: Slot) {
        self.write(out, |pass, out| pass.product(weight, pass.read(x), out));
    }

    /// `out = weight · x`, with what the adapter adds.
    pub(super) fn product(&self, weight: Weight, x: &[f32], out: &mut [f32]) {
        simd::matmul(self.pool, self.matrix(weight), x, self.precision, out);
        if let Some(update) = self.adapter.and_then(|updates| updates[weight.0].as_ref()) {
            simd::low_rank(self.pool, update, x, out);
        }
    }

    fn add_bias(&mut self, x: Slot, bias: Weight) {
        let bias = self.vector(bias);
        self.write(x, |_, x| reference::add_bias(x, bias));
    }

    /// Causal attention over a layer's cache.
    fn attention(&mut self, (q, layer, shape): (Slot, usize, Attention), out: Slot) {
        self.write(out, |pass, out| {
            simd::attention(pass.pool, &shape, pass.read(q), &pass.kv_caches[layer], pass.pos, out);
        });
    }

    pub(super) fn read(&self, slot: Slot) -> &[f32] {
        &self.activations[slot.0][..self.rows * self.plan.slots[slot.0].width]
    }

    /// Lends a slot's rows for writing while the others can be read.
    pub(super) fn write(&mut self, slot: Slot, run: impl FnOnce(&Self, &mut [f32])) {
        let mut rows = std::mem::take(&mut self.activations[slot.0]);
        rows.resize(self.rows * self.plan.slots[slot.0].width, 0.0);
        run(self, &mut rows);
        self.activations[slot.0] = rows;
    }

    /// Lends so many values for writing, which keep nothing.
    pub(super) fn with_scratch(&mut self, len: usize, run: impl FnOnce(&mut Self, &mut [f32])) {
        let mut values = self.scratch.pop().unwrap_or_default();
        values.resize(len, 0.0);
        run(self, &mut values);
        self.scratch.push(values);
    }
}

impl<'a> Pass<'a> {
    pub(super) fn vector(&self, weight: Weight) -> &'a [f32] {
        match &self.weights[weight.0] {
            Tensor::Vector(_, values) => values,
            Tensor::Matrix(_) => unreachable!("its shape has one row"),
        }
    }

    pub(super) fn matrix(&self, weight: Weight) -> &'a Packed {
        match &self.weights[weight.0] {
            Tensor::Matrix(matrix) => matrix,
            Tensor::Vector(..) => unreachable!("its shape has many rows"),
        }
    }
}
