//! What executes a plan.

mod cpu;
mod fused;
mod gpu;
mod load;

use crate::{Error, Plan};
use cpu::Cpu;
use gpu::Gpu;

pub(crate) use load::{load, tensors};

/// Where a model runs.
pub enum Device {
    /// The processor.
    Cpu,
    /// A GPU.
    Gpu(Box<kernels::gpu::Context>),
}

/// A loaded model: weights, activations and KV cache on one device.
pub(crate) enum Backend {
    /// On the processor.
    Cpu(Box<Cpu>),
    /// On a GPU.
    Gpu(Box<Gpu>),
}

impl Backend {
    /// Prepares for `plan`: memory for weights of these types, and for `context` positions.
    fn new(device: Device, plan: Plan, types: &[gguf::TensorType], context: usize) -> Result<Self, Error> {
        Ok(match device {
            Device::Cpu => Self::Cpu(Box::new(Cpu::new(plan, types)?)),
            Device::Gpu(gpu) => Self::Gpu(Box::new(Gpu::new(*gpu, plan, types, context)?)),
        })
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
            Self::Gpu(_) => gpu::CHUNK,
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

    /// The logits of the last step that made any.
    pub(crate) async fn logits(&mut self) -> Result<Vec<f32>, Error> {
        match self {
            Self::Cpu(cpu) => Ok(cpu.logits().to_vec()),
            Self::Gpu(gpu) => gpu.logits().await,
        }
    }

    /// The best token by those logits; on a GPU nothing but its id was read back.
    pub(crate) fn argmax(&self) -> u32 {
        match self {
            Self::Cpu(cpu) => cpu.argmax(),
            Self::Gpu(gpu) => gpu.argmax(),
        }
    }

    /// Bytes of weights held on the device.
    pub(crate) fn weight_bytes(&self) -> u64 {
        match self {
            Self::Cpu(cpu) => cpu.weight_bytes(),
            Self::Gpu(gpu) => gpu.weight_bytes(),
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
