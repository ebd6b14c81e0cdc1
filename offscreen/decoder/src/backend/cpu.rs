//! Interprets a plan with the CPU kernels.

use super::fused::activate;
use crate::Error;
use crate::plan::{Op, Plan, Slot, Weight};
use gguf::TensorType;
use kernels::cpu::Attention;
use kernels::{Matrix, cpu};

/// Tokens a step takes at most: weights are expanded once for all of them, and a step ends soon enough to be stopped.
pub(super) const CHUNK: usize = 16;

/// A model in the processor's memory.
pub(crate) struct Cpu {
    plan: Plan,
    weights: Vec<Tensor>,
    activations: Vec<Vec<f32>>,
    caches: Vec<Cache>,
}

/// A tensor in its quantised blocks.
struct Tensor {
    ty: TensorType,
    bytes: Vec<u8>,
}

/// One layer's keys and values, `[position][kv_head][head_dim]`; grows with the text.
#[derive(Clone, Default)]
struct Cache {
    keys: Vec<f32>,
    values: Vec<f32>,
}

impl Cpu {
    pub(super) fn new(plan: Plan, types: &[TensorType]) -> Result<Self, Error> {
        let mut weights = Vec::with_capacity(types.len());
        for (shape, &ty) in plan.tensors.iter().zip(types) {
            let bytes = vec![0; shape.cols / ty.block_len() * ty.block_bytes() * shape.rows];
            Matrix::new(ty, shape.rows, shape.cols, &bytes)?;
            weights.push(Tensor { ty, bytes });
        }
        let activations = vec![Vec::new(); plan.slots.len()];
        let caches = vec![Cache::default(); plan.layers];
        Ok(Self { plan, weights, activations, caches })
    }

    pub(super) fn write(&mut self, tensor: usize, offset: usize, bytes: &[u8]) {
        self.weights[tensor].bytes[offset..offset + bytes.len()].copy_from_slice(bytes);
    }

    pub(super) fn step(&mut self, ids: &[u32], pos: usize, logits: bool) {
        let mut pass = Pass {
            plan: &self.plan,
            weights: &self.weights,
            activations: &mut self.activations,
            caches: &mut self.caches,
            ids,
            pos,
        };
        self.plan.body.iter().for_each(|op| pass.run(op, ids.len()));
        if logits {
            self.plan.head.iter().for_each(|op| pass.run(op, 1));
        }
    }

    pub(super) fn logits(&self) -> &[f32] {
        &self.activations[self.plan.logits.0]
    }

    #[expect(clippy::cast_possible_truncation, reason = "a vocabulary has at most 2^24 tokens")]
    pub(super) fn argmax(&self) -> u32 {
        cpu::argmax(self.logits()) as u32
    }

    pub(super) fn weight_bytes(&self) -> u64 {
        self.weights.iter().map(|tensor| tensor.bytes.len() as u64).sum()
    }
}

/// One forward pass under way.
pub(super) struct Pass<'a> {
    pub(super) plan: &'a Plan,
    weights: &'a [Tensor],
    activations: &'a mut [Vec<f32>],
    caches: &'a mut [Cache],
    ids: &'a [u32],
    pub(super) pos: usize,
}

impl Pass<'_> {
    /// Runs one operation on `tokens` tokens.
    fn run(&mut self, op: &Op, tokens: usize) {
        match *op {
            Op::Embed { table, out, scale } => {
                let table = self.matrix(table);
                self.write(out, tokens, |pass, out| cpu::embed(&table, pass.ids, scale, out));
            }
            Op::RmsNorm { x, weight, out } => {
                let factors = self.vector(weight);
                self.write(out, tokens, |pass, out| {
                    cpu::rms_norm(pass.read(x, tokens), &factors, pass.plan.norm_eps, out);
                });
            }
            Op::MatMul { weight, x, out } => {
                let weight = self.matrix(weight);
                self.write(out, tokens, |pass, out| kernels::matmul(&weight, pass.read(x, tokens), out));
            }
            Op::AddBias { x, bias } => {
                let bias = self.vector(bias);
                self.write(x, tokens, |_, x| cpu::add_bias(x, &bias));
            }
            Op::Rope { x, rotary } => {
                let width = self.plan.slots[x.0].width;
                let (frequencies, pos) = (&self.plan.rope_frequencies[rotary.base], self.pos);
                cpu::rope(
                    &mut self.activations[x.0][..tokens * width],
                    width,
                    frequencies,
                    rotary.style,
                    pos,
                );
            }
            Op::StoreKv { keys, values, layer } => {
                let (keys, values) = (self.read(keys, tokens).to_vec(), self.read(values, tokens).to_vec());
                self.store(layer, &keys, &values);
            }
            Op::Attention { q, layer, shape, out } => self.attend((q, layer, shape), out, tokens),
            Op::Gate { activation, gate, up } => {
                self.write(gate, tokens, |pass, gate| activate(activation, gate, pass.read(up, tokens)));
            }
            Op::Add { x, y } => self.write(x, tokens, |pass, x| cpu::add(x, pass.read(y, tokens))),
            Op::LastRow { x, out } => self.write(out, 1, |pass, out| {
                let rows = pass.read(x, pass.ids.len());
                out.copy_from_slice(&rows[rows.len() - out.len()..]);
            }),
            Op::NormMatMul { x, norm, weight, out, at } => {
                self.norm_matmul((x, norm), weight, out, at, tokens)
            }
            Op::MatMulAdd { weight, x, out } => self.matmul_add(weight, x, out, tokens),
            Op::NormAdd { x, weight, out } => self.norm_add(x, weight, out, tokens),
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
            Op::NormGate { x, norm, weight, activation, both, out } => {
                self.norm_matmul((x, norm), weight, both, 0, tokens);
                self.gate_halves(activation, both, out, tokens);
            }
        }
    }

    /// Causal attention over a layer's cache.
    fn attend(&mut self, (q, layer, shape): (Slot, usize, Attention), out: Slot, tokens: usize) {
        self.write(out, tokens, |pass, out| {
            let Cache { keys, values } = &pass.caches[layer];
            cpu::attention(&shape, pass.read(q, tokens), keys, values, pass.pos, out);
        });
    }

    /// Puts this step's keys and values into a layer's cache, which ends with them.
    pub(super) fn store(&mut self, layer: usize, keys: &[f32], values: &[f32]) {
        let start = self.pos * self.plan.kv_width;
        let cache = &mut self.caches[layer];
        cache.keys.truncate(start);
        cache.values.truncate(start);
        cache.keys.extend_from_slice(keys);
        cache.values.extend_from_slice(values);
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
}

impl<'a> Pass<'a> {
    pub(super) fn vector(&self, weight: Weight) -> Vec<f32> {
        let weight = self.matrix(weight);
        let mut vector = vec![0.0; weight.cols()];
        cpu::dequantize(weight.ty(), weight.row(0), &mut vector);
        vector
    }

    pub(super) fn matrix(&self, weight: Weight) -> Matrix<'a> {
        let (tensor, shape) = (&self.weights[weight.0], &self.plan.tensors[weight.0]);
        Matrix::new(tensor.ty, shape.rows, shape.cols, &tensor.bytes)
            .expect("checked when the model was loaded")
    }
}
