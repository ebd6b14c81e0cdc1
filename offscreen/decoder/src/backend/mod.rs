//! What executes a plan: the same interface to the processor and to a GPU.

mod cpu;
mod device;
mod gpu;
mod set_aside;
mod share;
mod start;

use crate::{Error, FusedOp, Plan, Sampler, TensorShape};
use cpu::Cpu;
use gpu::Gpu;
use kernels::LowRank;
use kernels::gpu::Compiling;

pub(crate) use cpu::CHUNK as CPU_CHUNK;
pub use device::Device;
pub(crate) use set_aside::SET_ASIDE;
pub(crate) use share::{Cache, Share};
pub(crate) use start::Start;

/// A loaded model: weights, activations and KV cache on one device.
pub(crate) enum Backend {
    Cpu(Box<Cpu>),
    Gpu(Box<Gpu>),
}

impl Backend {
    /// Prepares for `plan`: memory for weights of these types, and for `context` positions.
    pub(crate) fn new(
        device: Device,
        plan: Plan<FusedOp>,
        types: &[gguf::TensorType],
        context: usize,
    ) -> Result<Self, Error> {
        Ok(match device {
            Device::Cpu(pool, prefill) => Self::Cpu(Box::new(Cpu::new(pool, prefill, plan, types)?)),
            Device::Gpu(gpu, kv) => Self::Gpu(Box::new(Gpu::new(*gpu, kv, plan, types, context)?)),
        })
    }

    /// Begins to compile what a new model is used for first; nothing on the processor.
    pub(crate) fn compile_first(&self) -> Option<Compiling> {
        match self {
            Self::Cpu(_) => None,
            Self::Gpu(gpu) => Some(gpu.compile_first()),
        }
    }

    /// Begins to compile what steps of up to so many tokens need; nothing on the processor.
    pub(crate) fn compile(&self, tokens: usize) -> Option<Compiling> {
        match self {
            Self::Cpu(_) => None,
            Self::Gpu(gpu) => Some(gpu.compile(tokens)),
        }
    }

    /// Fills in a piece of a weight, whole blocks as the file has them; `offset` is in bytes.
    pub(crate) fn upload(&mut self, weight: usize, offset: usize, bytes: &[u8]) -> Result<(), Error> {
        match self {
            Self::Cpu(cpu) => cpu.upload(weight, offset, bytes),
            Self::Gpu(gpu) => gpu.upload(weight, offset, bytes)?,
        }
        Ok(())
    }

    /// The weights as they are placed, which adapters change.
    pub(crate) fn weights(&self) -> &[TensorShape] {
        match self {
            Self::Cpu(cpu) => cpu.shapes(),
            Self::Gpu(gpu) => gpu.shapes(),
        }
    }

    /// Places an adapter, what it adds to each of the weights, as the one of this number: the next,
    /// or one that is not at work and is replaced. Begins to compile what it needs.
    pub(crate) fn set_adapter(
        &mut self,
        index: usize,
        updates: &[Option<LowRank>],
    ) -> Result<Option<Compiling>, Error> {
        Ok(match self {
            Self::Cpu(cpu) => {
                cpu.set_adapter(index, updates);
                None
            }
            Self::Gpu(gpu) => Some(gpu.set_adapter(index, updates)?),
        })
    }

    /// Has the adapter of this number at work, or none; not during decode. The KV cache is set aside,
    /// at least [`SET_ASIDE`] positions of it, in exchange for the one that the last change set
    /// aside: whether that was computed with this adapter, the caller knows.
    pub(crate) fn use_adapter(&mut self, index: Option<usize>) -> Result<(), Error> {
        match self {
            Self::Cpu(cpu) => cpu.use_adapter(index),
            Self::Gpu(gpu) => gpu.use_adapter(index)?,
        }
        Ok(())
    }

    /// Tokens that a step takes at most.
    pub(crate) fn chunk(&self) -> usize {
        match self {
            Self::Cpu(_) => cpu::CHUNK,
            Self::Gpu(gpu) => gpu.chunk(),
        }
    }

    /// Runs the plan on `ids`, the first of which stands at `pos`; with `logits`, its head too.
    ///
    /// Cache entries at and after `pos` are overwritten. `ids` are at most [`Self::chunk`], checked
    /// and not empty.
    pub(crate) async fn forward(&mut self, ids: &[u32], pos: usize, logits: bool) -> Result<(), Error> {
        match self {
            Self::Cpu(cpu) => cpu.forward(ids, pos, logits),
            Self::Gpu(gpu) => gpu.forward(ids, pos, logits).await?,
        }
        Ok(())
    }

    /// The logits of the last step that made any; not during decode.
    pub(crate) async fn logits(&mut self) -> Result<Vec<f32>, Error> {
        match self {
            Self::Cpu(cpu) => Ok(cpu.logits().to_vec()),
            Self::Gpu(gpu) => gpu.logits().await,
        }
    }

    /// Makes room for `positions` positions, at most those of the context. Room grows only.
    pub(crate) async fn reserve(&mut self, positions: usize) -> Result<(), Error> {
        match self {
            // Its cache grows with the text.
            Self::Cpu(_) => Ok(()),
            Self::Gpu(gpu) => gpu.reserve(positions),
        }
    }

    /// Begins to decode, a token per call of [`Self::next_token`], until [`Self::stop_decode`].
    /// `sampler` is as it stands before the first choice.
    pub(crate) async fn start_decode(&mut self, start: Start, sampler: &Sampler) -> Result<(), Error> {
        match self {
            Self::Cpu(cpu) => cpu.start_decode(start, sampler),
            Self::Gpu(gpu) => gpu.start_decode(start, sampler),
        }
        Ok(())
    }

    /// The next token. The one before it is in the KV cache, this one not yet as far as the caller
    /// is concerned: steps that compute it and choose later ones may be on their way, all of them
    /// before [`Start::until`].
    pub(crate) async fn next_token(&mut self) -> Result<u32, Error> {
        match self {
            Self::Cpu(cpu) => cpu.next_token(),
            Self::Gpu(gpu) => gpu.next_token().await,
        }
    }

    /// Tokens on their way: so many calls of [`Self::next_token`] start no step after
    /// [`Self::drain`].
    pub(crate) fn in_flight(&self) -> usize {
        match self {
            Self::Cpu(_) => 0,
            Self::Gpu(gpu) => gpu.in_flight(),
        }
    }

    /// Starts no more steps: [`Self::next_token`] gives what is in flight, and is not called after
    /// that.
    pub(crate) fn drain(&mut self) {
        match self {
            Self::Cpu(_) => {}
            Self::Gpu(gpu) => gpu.drain(),
        }
    }

    /// Forgets the tokens that are in flight. The backend can do anything else after this, also
    /// when it did not decode.
    pub(crate) fn stop_decode(&mut self) {
        match self {
            Self::Cpu(cpu) => cpu.stop_decode(),
            Self::Gpu(gpu) => gpu.stop_decode(),
        }
    }

    /// Computes `ids` in one step, the first of them at `pos`, and chooses a token after each: the
    /// first is the last token chosen, the others are a draft of the next. The choice after
    /// `ids[i]` is made as if `ids[1..=i]` had been chosen. Gives all choices, or all up to the
    /// first that differs from the draft. Not during decode.
    ///
    /// `ids` are at most [`Self::chunk`], checked and not empty; `sampler` is as it stands before
    /// the first choice.
    pub(crate) async fn verify(
        &mut self,
        ids: &[u32],
        pos: usize,
        sampler: &Sampler,
    ) -> Result<Vec<u32>, Error> {
        match self {
            Self::Cpu(cpu) => Ok(cpu.verify(ids, pos, sampler)),
            Self::Gpu(gpu) => gpu.verify(ids, pos, sampler).await,
        }
    }

    /// Time that [`Self::verify`] takes for so many ids, in steps: what a token of
    /// [`Self::next_token`] takes.
    pub(crate) fn verify_cost(&self, ids: usize) -> f32 {
        match self {
            Self::Cpu(_) => Cpu::verify_cost(ids),
            Self::Gpu(gpu) => gpu.verify_cost(ids),
        }
    }

    /// Time lost by draining and starting again, in steps.
    pub(crate) fn restart_cost(&self) -> f32 {
        match self {
            Self::Cpu(_) => 0.0,
            Self::Gpu(gpu) => gpu.restart_cost(),
        }
    }

    /// Texts that are written side by side at most.
    pub(crate) fn width(&self) -> usize {
        match self {
            Self::Cpu(_) => cpu::WIDTH,
            Self::Gpu(gpu) => gpu.width(),
        }
    }

    /// Whether texts side by side may have different adapters.
    pub(crate) fn mixes_adapters(&self) -> bool {
        matches!(self, Self::Cpu(_))
    }

    /// Whether the tokens that a step computes decide how sums are rounded, so that a prompt is
    /// divided as it is alone.
    pub(crate) fn rounds_by_step(&self) -> bool {
        matches!(self, Self::Gpu(_))
    }

    /// Begins with texts side by side, of which there are none: of the text that is alone they
    /// share the first `kept` positions, and the rest is forgotten.
    pub(crate) fn begin_texts(&mut self, kept: usize) -> Result<(), Error> {
        match self {
            Self::Cpu(cpu) => cpu.keep(kept),
            Self::Gpu(gpu) => gpu.begin_texts(kept)?,
        }
        Ok(())
    }

    /// Makes room for texts side by side of so many positions together.
    pub(crate) fn reserve_texts(&mut self, positions: usize) -> Result<(), Error> {
        match self {
            // Its caches grow with the texts.
            Self::Cpu(_) => Ok(()),
            Self::Gpu(gpu) => gpu.reserve_texts(positions),
        }
    }

    /// Begins to compile what steps of several texts need, of up to so many tokens; nothing on the
    /// processor.
    pub(crate) fn compile_texts(&self, tokens: usize) -> Option<Compiling> {
        match self {
            Self::Cpu(_) => None,
            Self::Gpu(gpu) => gpu.compile_texts(tokens),
        }
    }

    /// The beginning of the text, for another one beside it, which it shares its memory with; none
    /// where there is no room for another.
    pub(crate) fn fork(&self, positions: usize) -> Option<Cache> {
        match self {
            Self::Cpu(cpu) => Some(Cache::Cpu(cpu.fork(positions))),
            Self::Gpu(gpu) => gpu.fork(positions).map(Cache::Gpu),
        }
    }

    /// Goes on with the first `most` positions of a text that was written beside the others, or
    /// fewer: gives how many, or nothing where the text before is worth more.
    pub(crate) fn adopt(&mut self, cache: Cache, most: usize) -> Option<usize> {
        match (self, cache) {
            (Self::Cpu(cpu), Cache::Cpu(layers)) => {
                cpu.adopt(layers);
                Some(most)
            }
            (Self::Gpu(gpu), Cache::Gpu(text)) => gpu.adopt(text, most),
            (Self::Cpu(_), Cache::Gpu(_)) | (Self::Gpu(_), Cache::Cpu(_)) => None,
        }
    }

    /// Computes shares of several prompts in one step, of [`Self::chunk`] tokens at most, as
    /// [`Self::forward`] does those of one, and chooses a token after each whose logits are wanted.
    pub(crate) async fn read_together(
        &mut self,
        shares: Vec<Share<'_>>,
        samplers: &[&Sampler],
    ) -> Result<Vec<u32>, Error> {
        match self {
            Self::Cpu(cpu) => {
                let mut shares: Vec<_> = shares.into_iter().filter_map(Share::on_cpu).collect();
                Ok(cpu.read_together(&mut shares, samplers))
            }
            Self::Gpu(gpu) => {
                let mut shares: Vec<_> = shares.into_iter().filter_map(Share::on_gpu).collect();
                gpu.read_together(&mut shares, samplers).await
            }
        }
    }

    /// Whether a step of texts side by side may begin before the tokens of the one before are known.
    pub(crate) fn is_ahead(&self) -> bool {
        match self {
            Self::Cpu(_) => false,
            Self::Gpu(gpu) => gpu.is_ahead(),
        }
    }

    /// Begins to compute a token of each of several texts in one step, as [`Self::next_token`] does
    /// that of one, and to choose another after each, which [`Self::written`] gives.
    pub(crate) fn begin_writing(
        &mut self,
        shares: Vec<Share<'_>>,
        samplers: &[&Sampler],
    ) -> Result<(), Error> {
        match self {
            Self::Cpu(cpu) => {
                let mut shares: Vec<_> = shares.into_iter().filter_map(Share::on_cpu).collect();
                cpu.begin_writing(&mut shares, samplers);
            }
            Self::Gpu(gpu) => {
                let mut shares: Vec<_> = shares.into_iter().filter_map(Share::on_gpu).collect();
                gpu.begin_step(&mut shares, samplers)?;
            }
        }
        Ok(())
    }

    /// The tokens that the oldest step chose which was begun.
    pub(crate) async fn written(&mut self) -> Result<Vec<u32>, Error> {
        match self {
            Self::Cpu(cpu) => Ok(cpu.written()),
            Self::Gpu(gpu) => gpu.end_step().await,
        }
    }

    /// Bytes of weights held on the device.
    pub(crate) fn weight_bytes(&self) -> u64 {
        match self {
            Self::Cpu(cpu) => cpu.weight_bytes(),
            Self::Gpu(gpu) => gpu.weight_bytes(),
        }
    }

    /// Submissions to a GPU so far; 0 where there is none.
    pub(crate) fn submits(&self) -> u64 {
        match self {
            Self::Cpu(_) => 0,
            Self::Gpu(gpu) => gpu.submits(),
        }
    }

    /// Kernel launches of one decoding step; 0 where there are none.
    pub(crate) fn dispatches_per_token(&self) -> usize {
        match self {
            Self::Cpu(_) => 0,
            Self::Gpu(gpu) => gpu.dispatches_per_token(),
        }
    }
}
