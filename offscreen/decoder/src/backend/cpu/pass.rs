//! One forward pass, operation by operation.

use super::tensor::Tensor;
use crate::plan::{Activation, Op, Plan, Slot, Weight};
use kernels::ops::Attention;
use kernels::simd::{self, KvCache, Packed, Pool, Precision, Rotations};

/// A pass under way.
pub(super) struct Pass<'a> {
    pub(super) pool: &'static Pool,
    pub(super) plan: &'a Plan,
    pub(super) weights: &'a [Tensor],
    pub(super) activations: &'a mut [Vec<f32>],
    pub(super) scratch: &'a mut Vec<Vec<f32>>,
    pub(super) caches: &'a mut [KvCache],
    pub(super) rotations: &'a mut [Rotations],
    pub(super) ids: &'a [u32],
    pub(super) pos: usize,
    pub(super) precision: Precision,
}

impl Pass<'_> {
    /// Runs one operation on `tokens` tokens.
    pub(super) fn run(&mut self, op: &Op, tokens: usize) {
        let pool = self.pool;
        match *op {
            Op::Embed { table, out, scale } => {
                let table = self.matrix(table);
                self.write(out, tokens, |pass, out| {
                    for (&id, row) in pass.ids.iter().zip(out.chunks_exact_mut(table.cols())) {
                        table.row(id as usize, row);
                        row.iter_mut().for_each(|value| *value *= scale);
                    }
                });
            }
            Op::RmsNorm { x, weight, out } => {
                let (weight, eps) = (self.vector(weight), self.plan.norm_eps);
                self.write(out, tokens, |pass, out| {
                    simd::rms_norm(pool, pass.read(x, tokens), weight, eps, out)
                });
            }
            Op::MatMul { weight, x, out } => {
                let weight = self.matrix(weight);
                self.write(out, tokens, |pass, out| {
                    simd::matmul(pool, weight, pass.read(x, tokens), pass.precision, out);
                });
            }
            Op::AddBias { x, bias } => {
                let bias = self.vector(bias);
                self.write(x, tokens, |_, x| kernels::reference::add_bias(x, bias));
            }
            Op::Rope { x, rotary } => {
                let (width, pos) = (self.plan.slots[x.0].width, self.pos);
                let rotations = &mut self.rotations[rotary.base];
                let x = &mut self.activations[x.0][..tokens * width];
                simd::rope(pool, x, width, rotations, rotary.style, pos);
            }
            Op::StoreKv { keys, values, layer } => {
                let width = self.plan.kv_width * tokens;
                let (keys, values) =
                    (&self.activations[keys.0][..width], &self.activations[values.0][..width]);
                self.caches[layer].store(self.pos, keys, values);
            }
            Op::Attention { q, layer, shape, out } => self.attend((q, layer, shape), out, tokens),
            Op::Gate { activation, gate, up } => {
                self.write(gate, tokens, |pass, gate| {
                    activate(pool, activation, gate, pass.read(up, tokens))
                });
            }
            Op::Add { x, y } => self.write(x, tokens, |pass, x| simd::add(pool, x, pass.read(y, tokens))),
            Op::LastRow { x, out } => self.write(out, tokens, |pass, out| {
                let rows = pass.read(x, pass.ids.len());
                out.copy_from_slice(&rows[rows.len() - out.len()..]);
            }),
            Op::NormMatMul { x, norm, weight, out, at } => {
                self.norm_matmul((x, norm), weight, out, at, tokens)
            }
            Op::MatMulAdd { weight, x, out } => self.matmul_add(weight, x, out, tokens),
            Op::NormAdd { x, weight, out } => {
                let (weight, eps) = (self.vector(weight), self.plan.norm_eps);
                self.write(out, tokens, |pass, out| {
                    simd::norm_add(pool, pass.read(x, tokens), weight, eps, out)
                });
            }
            Op::Heads(heads) => self.heads(heads, tokens),
            Op::NormQkv { x, norm, weight, bias, heads } => {
                self.norm_matmul((x, norm), weight, heads.qkv, 0, tokens);
                if let Some(bias) = bias {
                    self.run(&Op::AddBias { x: heads.qkv, bias }, tokens);
                }
                self.heads(heads, tokens);
            }
            Op::AttentionMatMul { q, layer, shape, attended, weight, out, add } => {
                self.attend((q, layer, shape), attended, tokens);
                if add {
                    self.matmul_add(weight, attended, out, tokens);
                } else {
                    self.run(&Op::MatMul { weight, x: attended, out }, tokens);
                }
            }
            Op::GateHalves { activation, both, out } => self.gate_halves(activation, both, out, tokens),
            Op::NormGate { x, norm, weight, activation, both, out } => {
                self.norm_matmul((x, norm), weight, both, 0, tokens);
                self.gate_halves(activation, both, out, tokens);
            }
        }
    }

    /// Causal attention over a layer's cache.
    fn attend(&mut self, (q, layer, shape): (Slot, usize, Attention), out: Slot, tokens: usize) {
        self.write(out, tokens, |pass, out| {
            simd::attention(pass.pool, &shape, pass.read(q, tokens), &pass.caches[layer], pass.pos, out);
        });
    }

    pub(super) fn read(&self, slot: Slot, tokens: usize) -> &[f32] {
        &self.activations[slot.0][..tokens * self.plan.slots[slot.0].width]
    }

    /// Lends a slot's rows for writing while the others can be read.
    pub(super) fn write(&mut self, slot: Slot, tokens: usize, run: impl FnOnce(&Self, &mut [f32])) {
        let mut rows = std::mem::take(&mut self.activations[slot.0]);
        rows.resize(tokens * self.plan.slots[slot.0].width, 0.0);
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

/// `gate = activation(gate) · up`.
pub(super) fn activate(pool: &Pool, activation: Activation, gate: &mut [f32], up: &[f32]) {
    match activation {
        Activation::Silu => simd::silu_mul(pool, gate, up),
        Activation::Gelu => simd::gelu_mul(pool, gate, up),
    }
}
