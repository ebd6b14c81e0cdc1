//! What executes a plan.

mod cpu;
mod gpu;
mod load;
mod read_ahead;

use crate::{Error, Plan, Sampler};
use cpu::Cpu;
use gpu::Gpu;
use kernels::gpu::Compiling;
use kernels::ops::KvFormat;
use kernels::simd::{Pool, Precision};

pub(crate) use load::{load, tensors, wait};

/// Where a model runs.
pub enum Device {
    /// The processor, by these threads, and how it multiplies prompts; what is written is always multiplied in 16 bits.
    Cpu(&'static Pool, Precision),
    /// A GPU, and how it keeps keys and values: in 16-bit floats a text takes half the memory of 32-bit ones, in `Q8_0` a
    /// quarter.
    Gpu(Box<kernels::gpu::Context>, KvFormat),
}

impl Device {
    /// The processor, by the thread that asks for it alone.
    #[must_use]
    pub fn cpu(prompts: Precision) -> Self {
        Self::Cpu(&ALONE, prompts)
    }
}

/// Threads of which nobody becomes one.
static ALONE: Pool = Pool::new();

/// A loaded model: weights, activations and KV cache on one device.
pub(crate) enum Backend {
    /// On the processor.
    Cpu(Box<Cpu>),
    /// On a GPU.
    Gpu(Box<Gpu>),
}

/// Where writing begins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Start {
    /// A token that was chosen and not read: it is read at `pos`. None: the first token is chosen from the last step's logits.
    pub(crate) last: Option<u32>,
    /// Position of the next token that is read.
    pub(crate) pos: usize,
    /// No token is read at this position or later: neither that many are asked for, nor may be computed ahead.
    pub(crate) until: usize,
}

impl Backend {
    /// Prepares for `plan`: memory for weights of these types, and for `context` positions.
    fn new(device: Device, plan: Plan, types: &[gguf::TensorType], context: usize) -> Result<Self, Error> {
        Ok(match device {
            Device::Cpu(pool, prompts) => Self::Cpu(Box::new(Cpu::new(pool, prompts, plan, types)?)),
            Device::Gpu(gpu, kv) => Self::Gpu(Box::new(Gpu::new(*gpu, kv, plan, types, context)?)),
        })
    }

    /// Begins to compile what a new model is used for first; nothing on the processor.
    fn compile_first(&self) -> Option<Compiling> {
        match self {
            Self::Cpu(_) => None,
            Self::Gpu(gpu) => Some(gpu.compile_first()),
        }
    }

    /// Begins to compile what reading so many tokens in a step needs; nothing on the processor.
    pub(crate) fn compile(&self, tokens: usize) -> Option<Compiling> {
        match self {
            Self::Cpu(_) => None,
            Self::Gpu(gpu) => Some(gpu.compile(tokens)),
        }
    }

    /// Writes a piece of a tensor.
    fn write(&mut self, tensor: usize, offset: usize, bytes: &[u8]) -> Result<(), Error> {
        match self {
            Self::Cpu(cpu) => cpu.write(tensor, offset, bytes),
            Self::Gpu(gpu) => gpu.write(tensor, offset, bytes)?,
        }
        Ok(())
    }

    /// How many tokens a step should take, so that it can be stopped soon enough.
    pub(crate) fn chunk(&self) -> usize {
        match self {
            Self::Cpu(_) => cpu::CHUNK,
            Self::Gpu(gpu) => gpu.chunk(),
        }
    }

    /// Runs the plan on `ids`, the first of which stands at `pos`; with `logits`, its head too.
    ///
    /// Cache entries at and after `pos` are overwritten. `ids` are at most [`Self::chunk`], checked and not empty.
    pub(crate) async fn step(&mut self, ids: &[u32], pos: usize, logits: bool) -> Result<(), Error> {
        match self {
            Self::Cpu(cpu) => cpu.step(ids, pos, logits),
            Self::Gpu(gpu) => gpu.step(ids, pos, logits).await?,
        }
        Ok(())
    }

    /// The logits of the last step that made any; not while tokens are written.
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

    /// Begins to write tokens, one per call of [`Self::next`], until [`Self::end`]. `sampler` is as it stands before the
    /// first choice.
    pub(crate) async fn begin(&mut self, start: Start, sampler: &Sampler) -> Result<(), Error> {
        match self {
            Self::Cpu(cpu) => cpu.begin(start, sampler),
            Self::Gpu(gpu) => gpu.begin(start, sampler),
        }
        Ok(())
    }

    /// The next token. The one before it has been read, this one not yet as far as the caller is concerned: steps that read
    /// it and choose later ones may be on their way, all of them before [`Start::until`].
    pub(crate) async fn next(&mut self) -> Result<u32, Error> {
        match self {
            Self::Cpu(cpu) => cpu.next(),
            Self::Gpu(gpu) => gpu.next().await,
        }
    }

    /// Tokens on their way: so many calls of [`Self::next`] start no step after [`Self::hold`].
    pub(crate) fn in_flight(&self) -> usize {
        match self {
            Self::Cpu(_) => 0,
            Self::Gpu(gpu) => gpu.in_flight(),
        }
    }

    /// Starts no more steps: [`Self::next`] gives what is in flight, and is not called after that.
    pub(crate) fn hold(&mut self) {
        match self {
            Self::Cpu(_) => {}
            Self::Gpu(gpu) => gpu.hold(),
        }
    }

    /// Forgets the tokens that are in flight. The backend can do anything else after this, also when it did not write.
    pub(crate) fn end(&mut self) {
        match self {
            Self::Cpu(cpu) => cpu.end(),
            Self::Gpu(gpu) => gpu.end(),
        }
    }

    /// Reads `ids` in one step, the first of them at `pos`, and chooses a token after each: the first is the last token
    /// chosen, the others are guesses at the next. The choice after `ids[i]` is made as if `ids[1..=i]` had been chosen.
    /// Gives all choices, or all up to the first that differs from the guess. Not while tokens are written.
    ///
    /// `ids` are at most [`Self::chunk`], checked and not empty; `sampler` is as it stands before the first choice.
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

    /// Time that [`Self::verify`] takes for so many ids, in steps of writing: what a token of [`Self::next`] takes.
    pub(crate) fn batch_cost(&self, ids: usize) -> f32 {
        match self {
            Self::Cpu(_) => Cpu::batch_cost(ids),
            Self::Gpu(gpu) => gpu.batch_cost(ids),
        }
    }

    /// Time lost by holding and beginning again, in steps of writing.
    pub(crate) fn restart_cost(&self) -> f32 {
        match self {
            Self::Cpu(_) => 0.0,
            Self::Gpu(gpu) => gpu.restart_cost(),
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
