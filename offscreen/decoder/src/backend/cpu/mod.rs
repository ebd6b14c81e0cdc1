//! Executes a plan on the processor: `pass` goes through its operations, `fused` has those that are
//! several in one, `tensor` is a weight.

mod fused;
mod pass;
mod tensor;

use super::set_aside::SET_ASIDE;
use super::share::{Layers, Share};
use super::start::Start;
use crate::fused::FusedOp;
use crate::plan::{Plan, TensorShape};
use crate::{Error, Sampler};
use gguf::TensorType;
use kernels::simd::{KvCache, PackedLowRank, Pool, Precision, Rotations};
use kernels::{LowRank, reference};
use pass::Pass;
use tensor::Tensor;

/// Tokens a step takes at most. Weights are expanded once for all of them, and their activations
/// stay in the processor's cache.
pub(crate) const CHUNK: usize = 128;

/// Texts that are written side by side at most.
pub(crate) const WIDTH: usize = 8;

/// A model in the processor's memory.
pub(crate) struct Cpu {
    pool: &'static Pool,
    /// What prefill multiplies in. Drafts are verified as decode computes, so that they change
    /// nothing.
    prefill: Precision,
    plan: Plan<FusedOp>,
    weights: Vec<Tensor>,
    /// What each adapter adds to each of the weights.
    adapters: Vec<Vec<Option<PackedLowRank>>>,
    /// The one at work.
    adapter: Option<usize>,
    activations: Vec<Vec<f32>>,
    /// Rows on their way from one operation to the next within a fused one.
    scratch: Vec<Vec<f32>>,
    cache: Layers,
    /// That which the last change of adapter set aside.
    aside: Layers,
    rotations: Vec<Rotations>,
    /// Where the tokens of a step stand.
    positions: Vec<usize>,
    /// The best of each of the logits of the last step, where they were not computed themselves.
    best: Vec<usize>,
    /// During decode: where it goes on, and how.
    decoding: Option<(Start, Sampler)>,
    /// What the last step of several texts chose.
    written: Vec<u32>,
}

impl Cpu {
    pub(super) fn new(
        pool: &'static Pool,
        prefill: Precision,
        plan: Plan<FusedOp>,
        types: &[TensorType],
    ) -> Result<Self, Error> {
        let head = plan.head.weight.0;
        let weights = plan.tensors.iter().zip(types).enumerate().map(|(i, (shape, &ty))| {
            if i == head { Tensor::head(ty, shape) } else { Tensor::new(ty, shape) }
        });
        let weights = weights.collect::<Result<_, _>>()?;
        let activations = vec![Vec::new(); plan.slots.len()];
        let cache = vec![KvCache::new(plan.kv_width / plan.head_dim, plan.head_dim); plan.layers];
        let rotations = plan.rope_frequencies.iter().map(|frequencies| Rotations::new(frequencies)).collect();
        Ok(Self {
            pool,
            prefill,
            plan,
            weights,
            adapters: Vec::new(),
            adapter: None,
            activations,
            scratch: Vec::new(),
            aside: cache.clone(),
            cache,
            rotations,
            positions: Vec::new(),
            best: Vec::new(),
            decoding: None,
            written: Vec::new(),
        })
    }

    pub(super) fn upload(&mut self, weight: usize, offset: usize, bytes: &[u8]) {
        self.weights[weight].write(offset, bytes);
    }

    pub(super) fn shapes(&self) -> &[TensorShape] {
        &self.plan.tensors
    }

    pub(super) fn set_adapter(&mut self, index: usize, updates: &[Option<LowRank>]) {
        let packed = updates.iter().map(|update| update.as_ref().map(PackedLowRank::new)).collect();
        match self.adapters.get_mut(index) {
            Some(adapter) => *adapter = packed,
            None => self.adapters.push(packed),
        }
    }

    pub(super) fn use_adapter(&mut self, index: Option<usize>) {
        self.adapter = index;
        std::mem::swap(&mut self.cache, &mut self.aside);
        self.aside.iter_mut().for_each(|cache| cache.truncate(SET_ASIDE));
    }

    pub(super) fn forward(&mut self, ids: &[u32], pos: usize, logits: bool) {
        self.run(ids, pos, usize::from(logits), self.prefill, false);
    }

    pub(super) fn logits(&self) -> &[f32] {
        &self.activations[self.plan.head.logits.0]
    }

    pub(super) fn start_decode(&mut self, start: Start, sampler: &Sampler) {
        self.decoding = Some((start, sampler.clone()));
    }

    /// The token given before is computed now and not sooner: it may have been the last.
    pub(super) fn next_token(&mut self) -> Result<u32, Error> {
        let (start, mut sampler) = self.decoding.take().ok_or(Error::EmptyPrompt)?;
        let mut pos = start.pos;
        if let Some(last) = start.last {
            debug_assert!(pos < start.until, "more tokens were asked for than were announced");
            self.run(&[last], pos, 1, Precision::Bits16, sampler.is_plain_greedy());
            pos += 1;
        }
        let id = self.choose(0, &sampler);
        sampler.accept(id);
        self.decoding = Some((Start { last: Some(id), pos, ..start }, sampler));
        Ok(id)
    }

    pub(super) fn stop_decode(&mut self) {
        self.decoding = None;
    }

    pub(super) fn verify(&mut self, ids: &[u32], pos: usize, sampler: &Sampler) -> Vec<u32> {
        self.run(ids, pos, ids.len(), Precision::Bits16, sampler.is_plain_greedy());
        let mut sampler = sampler.clone();
        let mut choices = Vec::with_capacity(ids.len());
        for row in 0..ids.len() {
            let id = self.choose(row, &sampler);
            sampler.accept(id);
            choices.push(id);
            if ids.get(row + 1) != Some(&id) {
                break;
            }
        }
        choices
    }

    /// As measured with SmolLM2-135M Q4_1 in WebAssembly: to expand the weights takes half of a
    /// step, and is done once.
    pub(super) fn verify_cost(ids: usize) -> f32 {
        0.5 + 0.5 * ids as f32
    }

    /// The beginning of the text, for another.
    pub(super) fn fork(&self, positions: usize) -> Layers {
        self.cache.iter().map(|cache| cache.fork(positions)).collect()
    }

    /// Forgets all of the text but its beginning.
    pub(super) fn keep(&mut self, positions: usize) {
        self.cache.iter_mut().for_each(|cache| cache.truncate(positions));
    }

    /// Goes on with another text.
    pub(super) fn adopt(&mut self, cache: Layers) {
        self.cache = cache;
    }

    /// Computes tokens of several prompts, and chooses one after each whose logits are wanted.
    pub(super) fn read_together(
        &mut self,
        shares: &mut [Share<'_, Layers>],
        samplers: &[&Sampler],
    ) -> Vec<u32> {
        self.run_together(shares, self.prefill, all_greedy(samplers));
        self.choose_together(samplers)
    }

    /// Computes the tokens chosen last of several texts, and chooses another after each.
    pub(super) fn begin_writing(&mut self, shares: &mut [Share<'_, Layers>], samplers: &[&Sampler]) {
        self.run_together(shares, Precision::Bits16, all_greedy(samplers));
        self.written = self.choose_together(samplers);
    }

    pub(super) fn written(&mut self) -> Vec<u32> {
        std::mem::take(&mut self.written)
    }

    /// Chooses a token from each of the logits of the last step, by these samplers.
    fn choose_together(&self, samplers: &[&Sampler]) -> Vec<u32> {
        let mut choices: Vec<_> = samplers.iter().map(|&sampler| (sampler, 0)).collect();
        self.pool.chunks(&mut choices, 1, |i, choice| {
            for (sampler, id) in choice {
                *id = self.choose(i, sampler);
            }
        });
        choices.into_iter().map(|(_, id)| id).collect()
    }

    /// Chooses a token from one of the logits of the last step.
    #[expect(clippy::cast_possible_truncation, reason = "a vocabulary has at most 2^24 tokens")]
    fn choose(&self, row: usize, sampler: &Sampler) -> u32 {
        if let Some(&best) = self.best.get(row) {
            return best as u32;
        }
        let width = self.plan.slots[self.plan.head.logits.0].width;
        let logits = &self.logits()[row * width..][..width];
        if sampler.is_plain_greedy() {
            reference::argmax(logits) as u32
        } else {
            sampler.choose(logits.to_vec())
        }
    }

    /// Runs the body on `ids` in this precision, and the head on the last `logits` of them.
    fn run(&mut self, ids: &[u32], pos: usize, logits: usize, precision: Precision, greedy: bool) {
        let mut cache = std::mem::take(&mut self.cache);
        let share = Share { cache: &mut cache, adapter: self.adapter, ids, pos, row: None, logits };
        self.run_together(&mut [share], precision, greedy);
        self.cache = cache;
    }

    /// Runs the body on the tokens of each share in this precision, and the head on those whose
    /// logits are wanted. With `greedy` it is enough to know the best of them.
    fn run_together(&mut self, shares: &mut [Share<'_, Layers>], precision: Precision, greedy: bool) {
        let plan = &self.plan;
        self.positions.clear();
        self.positions.extend(shares.iter().flat_map(|share| share.pos..share.pos + share.ids.len()));
        let mut pass = Pass {
            pool: self.pool,
            plan,
            weights: &self.weights,
            adapters: &self.adapters,
            activations: &mut self.activations,
            scratch: &mut self.scratch,
            rotations: &mut self.rotations,
            shares,
            positions: &self.positions,
            rows: 0,
            runs: Vec::new(),
            precision,
        };
        self.best.clear();
        pass.take_rows(|share| share.ids.len());
        plan.body.iter().for_each(|op| pass.run(op));
        if pass.shares.iter().any(|share| share.logits > 0) {
            // Of few tokens, as a rule one: there is nothing to gain.
            pass.precision = Precision::Bits16;
            self.best = pass.head(greedy);
        }
    }

    pub(super) fn weight_bytes(&self) -> u64 {
        self.weights.iter().map(|tensor| tensor.bytes() as u64).sum()
    }
}

fn all_greedy(samplers: &[&Sampler]) -> bool {
    samplers.iter().all(|sampler| sampler.is_plain_greedy())
}
