//! One forward pass, operation by operation.

use super::tensor::Tensor;
use crate::backend::share::{Layers, Share};
use crate::fused::FusedOp;
use crate::plan::{Head, Plan, Slot, Weight};
use kernels::ops::Attention;
use kernels::reference;
use kernels::simd::{self, Packed, PackedLowRank, Pool, Precision, Rotations};

/// A pass under way.
pub(super) struct Pass<'a, 's> {
    pub(super) pool: &'static Pool,
    pub(super) plan: &'a Plan<FusedOp>,
    pub(super) weights: &'a [Tensor],
    /// What each adapter adds to each of the weights.
    pub(super) adapters: &'a [Vec<Option<PackedLowRank>>],
    pub(super) activations: &'a mut [Vec<f32>],
    pub(super) scratch: &'a mut Vec<Vec<f32>>,
    pub(super) rotations: &'a mut [Rotations],
    /// The texts, whose rows follow each other in this order.
    pub(super) shares: &'a mut [Share<'s, Layers>],
    /// Where each token stands.
    pub(super) positions: &'a [usize],
    /// Rows that operations work on: one for each token, in the head for each whose logits are
    /// wanted.
    pub(super) rows: usize,
    /// Rows that follow each other and have the same adapter, or none.
    pub(super) runs: Vec<(Option<usize>, usize)>,
    pub(super) precision: Precision,
}

impl<'s> Pass<'_, 's> {
    /// Has operations work on so many rows of each text from now on.
    pub(super) fn take_rows(&mut self, rows: impl Fn(&Share<'s, Layers>) -> usize) {
        self.rows = 0;
        self.runs.clear();
        for share in &*self.shares {
            let rows = rows(share);
            self.rows += rows;
            match self.runs.last_mut() {
                Some((adapter, before)) if *adapter == share.adapter => *before += rows,
                _ => self.runs.push((share.adapter, rows)),
            }
        }
    }

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

    /// The logits that are wanted; what comes after this in the pass works on their rows alone. Where
    /// only the best of each are, and are found without the others, gives them in place of all.
    pub(super) fn head(&mut self, greedy: bool) -> Vec<usize> {
        let Head { x, last, norm, weight, logits, .. } = self.plan.head;
        let width = self.plan.slots[x.0].width;
        self.take_rows(|share| share.logits);
        self.write(last, |pass, mut out| {
            let mut end = 0;
            for share in &*pass.shares {
                end += share.ids.len() * width;
                let (rows, rest) = out.split_at_mut(share.logits * width);
                rows.copy_from_slice(&pass.activations[x.0][end - rows.len()..end]);
                out = rest;
            }
        });
        let changed = |&(adapter, _): &(Option<usize>, usize)| self.update(adapter, weight).is_some();
        if greedy && !self.runs.iter().any(changed) {
            let (pool, norm, eps) = (self.pool, self.vector(norm), self.plan.norm_eps);
            let mut best = None;
            self.with_scratch(self.rows * width, |pass, normed| {
                simd::rms_norm(pool, pass.read(last), norm, eps, normed);
                best = simd::argmax(pool, pass.matrix(weight), normed);
            });
            if let Some(best) = best {
                return best;
            }
        }
        self.norm_matmul((last, norm), weight, logits, 0);
        Vec::new()
    }

    /// What an adapter adds to a weight.
    fn update(&self, adapter: Option<usize>, weight: Weight) -> Option<&PackedLowRank> {
        self.adapters[adapter?][weight.0].as_ref()
    }

    fn embed(&mut self, table: Weight, out: Slot, scale: f32) {
        let table = self.matrix(table);
        self.write(out, |pass, out| {
            let ids = pass.shares.iter().flat_map(|share| share.ids);
            for (&id, row) in ids.zip(out.chunks_exact_mut(table.cols())) {
                table.row(id as usize, row);
                row.iter_mut().for_each(|value| *value *= scale);
            }
        });
    }

    fn matmul(&mut self, weight: Weight, x: Slot, out: Slot) {
        self.write(out, |pass, out| pass.product(weight, pass.read(x), out));
    }

    /// `out = weight · x`, with what each row's adapter adds.
    pub(super) fn product(&self, weight: Weight, mut x: &[f32], mut out: &mut [f32]) {
        let matrix = self.matrix(weight);
        simd::matmul(self.pool, matrix, x, self.precision, out);
        for &(adapter, rows) in &self.runs {
            let run;
            (run, x) = x.split_at(rows * matrix.cols());
            let (sums, rest) = out.split_at_mut(rows * matrix.rows());
            if let Some(update) = self.update(adapter, weight) {
                simd::low_rank(self.pool, update, run, sums);
            }
            out = rest;
        }
    }

    fn add_bias(&mut self, x: Slot, bias: Weight) {
        let bias = self.vector(bias);
        self.write(x, |_, x| reference::add_bias(x, bias));
    }

    /// Causal attention over a layer's cache of each text.
    fn attention(&mut self, (q, layer, shape): (Slot, usize, Attention), out: Slot) {
        let (pool, width) = (self.pool, shape.heads * shape.head_dim);
        self.write(out, |pass, mut out| {
            let (mut q, shares) = (pass.read(q), &*pass.shares);
            let attend = |share: &Share<'_, Layers>, q: &[f32], out: &mut [f32]| {
                simd::attention(pool, &shape, q, &share.cache[layer], share.pos, out);
            };
            if shares.len() > 1 && shares.len() == pass.rows {
                // A token of each text: too little for several threads, but all together are enough.
                return pool.chunks(out, width, |i, out| attend(&shares[i], &q[i * width..][..width], out));
            }
            for share in shares {
                let (rows, rest) = out.split_at_mut(share.ids.len() * width);
                attend(share, &q[..rows.len()], rows);
                (q, out) = (&q[rows.len()..], rest);
            }
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

impl<'a> Pass<'a, '_> {
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
