use kernels::ops::KvFormat;
use kernels::simd::{Pool, Precision};

/// Where a model runs.
pub enum Device {
    /// The processor, by these threads, and how it multiplies in prefill; decode always multiplies
    /// in 16 bits.
    Cpu(&'static Pool, Precision),
    /// A GPU, and how it keeps keys and values: in 16-bit floats a text takes half the memory of
    /// 32-bit ones, in `Q8_0` a quarter.
    Gpu(Box<kernels::gpu::Context>, KvFormat),
}

impl Device {
    /// The processor, by the thread that asks for it alone.
    #[must_use]
    pub fn cpu(prefill: Precision) -> Self {
        Self::Cpu(&ALONE, prefill)
    }
}

/// Threads of which nobody becomes one.
pub(super) static ALONE: Pool = Pool::new();
