//! The device that a model runs on.

use anyhow::Result;
use decoder::{Device, KvFormat, Precision};
use kernels::gpu::{Context as Gpu, Features, Tuning};
use kernels::simd::Pool;

#[derive(Clone, Copy, PartialEq, clap::ValueEnum)]
pub(crate) enum Backend {
    Cpu,
    Gpu,
}

/// Variants of the GPU's kernels.
#[derive(Clone, Copy, PartialEq, clap::ValueEnum)]
enum Kernels {
    /// Those for adapters that are programs on the processor.
    Software,
    /// Those for hardware.
    Float,
    /// The same, which round what prompts are multiplied by to 8-bit integers.
    Integer,
}

/// How many bits what prompts are multiplied by is rounded to on the processor.
#[derive(Clone, Copy, PartialEq, clap::ValueEnum)]
enum Bits {
    #[value(name = "8")]
    Eight,
    #[value(name = "16")]
    Sixteen,
}

/// How keys and values are kept on a GPU.
#[derive(Clone, Copy, PartialEq, clap::ValueEnum)]
enum Kv {
    F32,
    F16,
    #[value(name = "q8_0")]
    Q8_0,
}

/// Where to run.
#[derive(clap::Args)]
pub(crate) struct Place {
    /// What executes the model
    #[arg(long, value_enum, default_value = "cpu")]
    pub(crate) backend: Backend,
    /// Threads that compute, on the processor
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: u16,
    /// On the processor, what prompts are multiplied by is rounded to so many bits
    #[arg(long, value_enum, default_value = "8", hide = true)]
    bits: Bits,
    /// Of several GPUs, the first whose name contains this
    #[arg(long, value_name = "NAME")]
    adapter: Option<String>,
    /// On a GPU, these variants of the kernels [default: those that suit it]
    #[arg(long, value_enum, hide = true)]
    kernels: Option<Kernels>,
    /// On a GPU, how keys and values are kept
    #[arg(long, value_enum, default_value = "f16", hide = true)]
    kv: Kv,
}

impl Place {
    /// The GPU, if it is that one.
    pub(crate) async fn gpu(&self) -> Result<Option<Gpu>> {
        if self.backend == Backend::Cpu {
            return Ok(None);
        }
        let gpu = Gpu::request(self.adapter.as_deref()).await?;
        let features = |int_dot| Features { int_dot, ..gpu.features() };
        let (tuning, features) = match self.kernels {
            None => (gpu.tuning(), gpu.features()),
            Some(Kernels::Software) => (Tuning::Software, features(false)),
            Some(Kernels::Float) => (Tuning::Hardware, features(false)),
            Some(Kernels::Integer) => (Tuning::Hardware, features(true)),
        };
        Ok(Some(gpu.with_tuning(tuning).with_features(features)))
    }

    pub(crate) fn cpu(&self) -> Device {
        let precision = match self.bits {
            Bits::Eight => Precision::Bits8,
            Bits::Sixteen => Precision::Bits16,
        };
        Device::Cpu(pool(self.threads.into()), precision)
    }

    pub(crate) fn kv(&self) -> KvFormat {
        match self.kv {
            Kv::F32 => KvFormat::F32,
            Kv::F16 => KvFormat::F16,
            Kv::Q8_0 => KvFormat::Q8_0,
        }
    }
}

/// At least so many threads: this one and workers, which stay.
pub(crate) fn pool(threads: usize) -> &'static Pool {
    static POOL: Pool = Pool::new();
    for _ in POOL.workers() + 1..threads {
        std::thread::spawn(|| POOL.serve());
    }
    while POOL.workers() + 1 < threads {
        std::thread::yield_now();
    }
    &POOL
}
