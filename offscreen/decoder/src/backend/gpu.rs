//! Compiles a plan into dispatches: everything is created when the model is loaded, a step only encodes and submits.

use super::Start;
use crate::plan::{Activation, Op, Plan, Slot};
use crate::{Error, Sampler};
use gguf::TensorType;
use kernels::cpu::KvFormat;
use kernels::gpu::{
    self, Context, Dispatch, Ids, KvCache, Partials, Readback, Rotations, Rows, Step, Store, Weight,
};

/// Tokens a step takes at most: enough to fill a tile of the matrix kernel twice, little enough to be stopped soon.
pub(super) const CHUNK: usize = 64;

/// Tokens for which a step divides attention over the positions; with more, the tokens alone keep a GPU busy.
const SPLIT: usize = 16;

/// A model in a GPU's memory.
pub(crate) struct Gpu {
    context: Context,
    weights: Vec<Weight>,
    ids: Ids,
    step: Step,
    logits: Rows,
    best: Ids,
    body: Vec<Dispatch>,
    head: Vec<Dispatch>,
    argmax: Dispatch,
    readback: Readback,
    /// The best token by the last logits: it comes back with the step that made them.
    chosen: u32,
    /// While tokens are written: where it goes on, and how.
    writing: Option<(Start, Sampler)>,
}

/// What the dispatches of a plan are bound to.
struct Memory<'a> {
    context: &'a Context,
    plan: &'a Plan,
    weights: &'a [Weight],
    ids: &'a Ids,
    step: &'a Step,
    /// As [`Plan::rope_frequencies`].
    rotations: Vec<Rotations>,
    activations: Vec<Rows>,
    caches: Vec<KvCache>,
}

impl Gpu {
    pub(super) fn new(
        context: Context,
        plan: Plan,
        types: &[TensorType],
        positions: usize,
    ) -> Result<Self, Error> {
        let weights = plan
            .tensors
            .iter()
            .zip(types)
            .map(|(shape, &ty)| Weight::new(&context, shape.name(), ty, shape.rows, shape.cols))
            .collect::<Result<Vec<_>, _>>()?;
        let (ids, best, step) = (Ids::new(&context, CHUNK)?, Ids::new(&context, 1)?, Step::new(&context));
        let mut memory = Memory::new(&context, &plan, &weights, &ids, &step, positions)?;
        let body = plan.body.iter().map(|op| memory.bind(op)).collect::<Result<_, _>>()?;
        let head = plan.head.iter().map(|op| memory.bind(op)).collect::<Result<_, _>>()?;
        let logits = memory.activations.swap_remove(plan.logits.0);
        let argmax = gpu::argmax(&context, &logits, &best)?;
        let readback = Readback::new(&context, 4 * logits.width() as u64);
        Ok(Self {
            weights,
            ids,
            step,
            logits,
            best,
            body,
            head,
            argmax,
            readback,
            chosen: 0,
            writing: None,
            context,
        })
    }

    pub(super) fn write(&mut self, tensor: usize, offset: usize, bytes: &[u8]) -> Result<(), Error> {
        Ok(self.weights[tensor].write(&self.context, offset as u64, bytes)?)
    }

    /// Submits a step and waits until the GPU is done with it, so that no more than one is ever queued.
    #[expect(clippy::cast_possible_truncation, reason = "positions and chunks are far below 2^32")]
    pub(super) async fn step(&mut self, ids: &[u32], pos: usize, logits: bool) -> Result<(), Error> {
        self.step.write(&self.context, pos as u32, ids.len() as u32);
        self.ids.write(&self.context, ids);
        let mut encoder = self.context.device().create_command_encoder(&Default::default());
        let mut pass = encoder.begin_compute_pass(&Default::default());
        self.body.iter().for_each(|op| op.encode(&mut pass, ids.len() as u32));
        if logits {
            self.head.iter().for_each(|op| op.encode(&mut pass, 1));
            self.argmax.encode(&mut pass, 1);
        }
        drop(pass);
        self.readback.copy(&mut encoder, self.best.buffer(), 0..4);
        self.context.queue().submit([encoder.finish()]);
        self.chosen = self.readback.wait(&self.context).await?.first().copied().unwrap_or(0);
        Ok(())
    }

    pub(super) async fn logits(&mut self) -> Result<Vec<f32>, Error> {
        let bytes = 4 * self.logits.width() as u64;
        Ok(self.readback.read(&self.context, self.logits.buffer(), 0..bytes).await?)
    }

    pub(super) async fn reserve(&mut self, _positions: usize) -> Result<(), Error> {
        Ok(())
    }

    pub(super) async fn begin(&mut self, start: Start, sampler: &Sampler) -> Result<(), Error> {
        self.writing = Some((start, sampler.clone()));
        Ok(())
    }

    pub(super) async fn next(&mut self) -> Result<u32, Error> {
        let Some((start, mut sampler)) = self.writing.take() else { return Err(Error::EmptyPrompt) };
        let mut pos = start.pos;
        if let Some(last) = start.last {
            self.step(&[last], pos, true).await?;
            pos += 1;
        }
        let id = self.choose(&mut sampler).await?;
        self.writing = Some((Start { last: Some(id), pos, ..start }, sampler));
        Ok(id)
    }

    pub(super) fn in_flight(&self) -> usize {
        0
    }

    pub(super) fn hold(&mut self) {}

    pub(super) fn end(&mut self) {
        self.writing = None;
    }

    pub(super) async fn verify(
        &mut self,
        ids: &[u32],
        pos: usize,
        sampler: &Sampler,
    ) -> Result<Vec<u32>, Error> {
        let mut sampler = sampler.clone();
        let mut choices = Vec::with_capacity(ids.len());
        for (row, &id) in ids.iter().enumerate() {
            self.step(&[id], pos + row, true).await?;
            let choice = self.choose(&mut sampler).await?;
            choices.push(choice);
            if ids.get(row + 1) != Some(&choice) {
                break;
            }
        }
        Ok(choices)
    }

    pub(super) fn batch_cost(&self, ids: usize) -> f32 {
        ids as f32
    }

    pub(super) fn restart_cost(&self) -> f32 {
        0.0
    }

    async fn choose(&mut self, sampler: &mut Sampler) -> Result<u32, Error> {
        if sampler.is_plain_greedy() { Ok(self.chosen) } else { Ok(sampler.sample(self.logits().await?)) }
    }

    pub(super) fn weight_bytes(&self) -> u64 {
        self.weights.iter().map(Weight::bytes).sum()
    }

    pub(super) fn dispatches_per_token(&self) -> usize {
        self.body.iter().chain(&self.head).map(|op| op.count(1)).sum::<usize>() + self.argmax.count(1)
    }
}

impl<'a> Memory<'a> {
    fn new(
        context: &'a Context,
        plan: &'a Plan,
        weights: &'a [Weight],
        ids: &'a Ids,
        step: &'a Step,
        positions: usize,
    ) -> Result<Self, Error> {
        let activations = plan
            .slots
            .iter()
            .map(|slot| Rows::new(context, "activations", if slot.one_row { 1 } else { CHUNK }, slot.width))
            .collect::<Result<_, _>>()?;
        let head_dim = plan.rope_frequencies.first().map_or(plan.kv_width, |pairs| 2 * pairs.len());
        let caches = (0..plan.layers)
            .map(|_| KvCache::new(context, positions, plan.kv_width / head_dim, head_dim, KvFormat::F32))
            .collect::<Result<_, _>>()?;
        let rotations = plan
            .rope_frequencies
            .iter()
            .map(|frequencies| Rotations::new(context, frequencies, positions))
            .collect::<Result<_, _>>()?;
        Ok(Self { context, plan, weights, ids, step, rotations, activations, caches })
    }

    fn bind(&self, op: &Op) -> Result<Dispatch, Error> {
        let (gpu, step) = (self.context, self.step);
        let rows = |slot: Slot| &self.activations[slot.0];
        Ok(match *op {
            Op::Embed { table, out, scale } => {
                gpu::embed(gpu, &self.weights[table.0], self.ids, rows(out), scale)?
            }
            Op::RmsNorm { x, weight, out } => {
                gpu::rms_norm(gpu, rows(x), &self.weights[weight.0], rows(out), self.plan.norm_eps)?
            }
            Op::MatMul { weight, x, out } => {
                gpu::matmul(gpu, &self.weights[weight.0], rows(x), rows(out), Store::Replace, step)?
            }
            Op::AddBias { x, bias } => gpu::add_bias(gpu, rows(x), &self.weights[bias.0])?,
            Op::Rope { x, rotary } => {
                gpu::rope(gpu, rows(x), &self.rotations[rotary.base], rotary.style, step)?
            }
            Op::StoreKv { keys, values, layer } => {
                gpu::store_kv(gpu, rows(keys), rows(values), &self.caches[layer], step)?
            }
            Op::Attention { q, layer, shape, out } => {
                let partials = Partials::new(gpu, SPLIT, shape.heads, shape.head_dim)?;
                gpu::attention(gpu, &shape, rows(q), &self.caches[layer], &partials, rows(out), step)?
            }
            Op::Gate { activation: Activation::Silu, gate, up } => gpu::silu_mul(gpu, rows(gate), rows(up))?,
            Op::Gate { activation: Activation::Gelu, gate, up } => gpu::gelu_mul(gpu, rows(gate), rows(up))?,
            Op::Add { x, y } => gpu::add(gpu, rows(x), rows(y))?,
            Op::LastRow { x, out } => gpu::last_row(gpu, rows(x), rows(out), step)?,
            ref fused => unreachable!("{fused:?}"),
        })
    }
}
