//! Interprets a plan with the CPU kernels.

use super::Start;
use super::fused::activate;
use crate::plan::{Op, Plan, Slot, Weight};
use crate::{Error, Sampler};
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
    /// While tokens are written: where it goes on, and how.
    writing: Option<(Start, Sampler)>,
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
        Ok(Self { plan, weights, activations, caches, writing: None })
    }

    pub(super) fn write(&mut self, tensor: usize, offset: usize, bytes: &[u8]) {
        self.weights[tensor].bytes[offset..offset + bytes.len()].copy_from_slice(bytes);
    }

    pub(super) fn step(&mut self, ids: &[u32], pos: usize, logits: bool) {
        self.run(ids, pos, usize::from(logits));
    }

    pub(super) fn logits(&self) -> &[f32] {
        &self.activations[self.plan.logits.0]
    }

    pub(super) fn begin(&mut self, start: Start, sampler: &Sampler) {
        self.writing = Some((start, sampler.clone()));
    }

    /// The token given before is read now and not sooner: it may have been the last.
    pub(super) fn next(&mut self) -> Result<u32, Error> {
        let (start, mut sampler) = self.writing.take().ok_or(Error::EmptyPrompt)?;
        let mut pos = start.pos;
        if let Some(last) = start.last {
            debug_assert!(pos < start.until, "more tokens were asked for than were announced");
            self.step(&[last], pos, true);
            pos += 1;
        }
        let id = choose(self.logits(), &mut sampler);
        self.writing = Some((Start { last: Some(id), pos, ..start }, sampler));
        Ok(id)
    }

    pub(super) fn end(&mut self) {
        self.writing = None;
    }

    pub(super) fn verify(&mut self, ids: &[u32], pos: usize, sampler: &Sampler) -> Vec<u32> {
        self.run(ids, pos, ids.len());
        let mut sampler = sampler.clone();
        let width = self.plan.slots[self.plan.logits.0].width;
        let mut choices = Vec::with_capacity(ids.len());
        for (logits, draft) in self.logits().chunks_exact(width).zip(1..) {
            let id = choose(logits, &mut sampler);
            choices.push(id);
            if ids.get(draft) != Some(&id) {
                break;
            }
        }
        choices
    }

    /// As measured on SmolLM2-135M Q4_1. The twins expand each weight once for all tokens, the SIMD kernels for four at a time.
    pub(super) fn batch_cost(ids: usize) -> f32 {
        if cfg!(all(target_arch = "wasm32", target_feature = "simd128")) {
            (ids / 4) as f32 * 1.95 + (ids % 4) as f32
        } else {
            1.0 + (ids - 1) as f32 * 0.25
        }
    }

    /// Runs the body on `ids`, and the head on the last `logits` of them.
    fn run(&mut self, ids: &[u32], pos: usize, logits: usize) {
        let plan = &self.plan;
        let mut pass = Pass {
            plan,
            weights: &self.weights,
            activations: &mut self.activations,
            caches: &mut self.caches,
            ids,
            pos,
        };
        plan.body.iter().for_each(|op| pass.run(op, ids.len()));
        if logits > 0 {
            plan.head.iter().for_each(|op| pass.run(op, logits));
        }
    }

    pub(super) fn weight_bytes(&self) -> u64 {
        self.weights.iter().map(|tensor| tensor.bytes.len() as u64).sum()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a vocabulary has at most 2^24 tokens")]
fn choose(logits: &[f32], sampler: &mut Sampler) -> u32 {
    if sampler.is_plain_greedy() { cpu::argmax(logits) as u32 } else { sampler.sample(logits.to_vec()) }
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
            Op::LastRow { x, out } => self.write(out, tokens, |pass, out| {
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
