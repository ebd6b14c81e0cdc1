//! A model file and the device it runs on.

use anyhow::{Context, Result};
use decoder::{Decoder, Device, KvFormat, Precision, Uninterrupted};
use gguf::Gguf;
use kernels::gpu::{Context as Gpu, Features, Tuning};
use kernels::simd::Pool;
use std::fs::File;
use std::path::Path;
use std::time::Instant;

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

    fn cpu(&self) -> Device {
        let precision = match self.bits {
            Bits::Eight => Precision::Bits8,
            Bits::Sixteen => Precision::Bits16,
        };
        Device::Cpu(pool(self.threads.into()), precision)
    }

    fn kv(&self) -> KvFormat {
        match self.kv {
            Kv::F32 => KvFormat::F32,
            Kv::F16 => KvFormat::F16,
            Kv::Q8_0 => KvFormat::Q8_0,
        }
    }
}

/// A model on its device.
pub(crate) struct Loaded {
    pub(crate) decoder: Decoder,
    /// The GPU's name.
    pub(crate) adapter: Option<String>,
    /// Milliseconds from the open file to readiness.
    pub(crate) load_ms: f64,
}

/// Reads the header of a model file.
pub(crate) fn header(path: &Path) -> Result<(Gguf, File)> {
    let name = || path.display().to_string();
    let mut file = File::open(path).with_context(name)?;
    let len = file.metadata()?.len();
    let gguf = decoder::read_header(&mut file, len).with_context(name)?;
    Ok((gguf, file))
}

/// So many threads: this one and helpers, which stay.
fn pool(threads: usize) -> &'static Pool {
    static POOL: Pool = Pool::new();
    for _ in POOL.threads()..threads {
        std::thread::spawn(|| POOL.serve());
    }
    while POOL.threads() < threads {
        std::thread::yield_now();
    }
    &POOL
}

/// Loads a model with room for `context` positions.
pub(crate) async fn load(gguf: &Gguf, mut file: File, place: &Place, context: usize) -> Result<Loaded> {
    let gpu = place.gpu().await?;
    let adapter = gpu.as_ref().map(|gpu| gpu.adapter().to_owned());
    if let Some(adapter) = &adapter {
        eprintln!("adapter: {adapter}");
    }
    let device = gpu.map_or_else(|| place.cpu(), |gpu| Device::Gpu(Box::new(gpu), place.kv()));
    let start = Instant::now();
    let decoder = Decoder::load(gguf, &mut file, device, context, &Uninterrupted).await?;
    Ok(Loaded { decoder, adapter, load_ms: start.elapsed().as_secs_f64() * 1000.0 })
}
