//! A model file and the device it runs on.

use anyhow::{Context, Result};
use decoder::{Decoder, Device, KvFormat, Unpaced};
use gguf::Gguf;
use std::fs::File;
use std::path::Path;
use std::time::Instant;

#[derive(Clone, Copy, PartialEq, clap::ValueEnum)]
pub(crate) enum Backend {
    Cpu,
    Gpu,
}

/// Where to run.
#[derive(clap::Args)]
pub(crate) struct Place {
    /// What executes the model
    #[arg(long, value_enum, default_value = "cpu")]
    pub(crate) backend: Backend,
    /// Of several GPUs, the first whose name contains this
    #[arg(long, value_name = "NAME")]
    adapter: Option<String>,
}

impl Place {
    /// The GPU, if it is that one.
    pub(crate) async fn gpu(&self) -> Result<Option<kernels::gpu::Context>> {
        Ok(match self.backend {
            Backend::Cpu => None,
            Backend::Gpu => Some(kernels::gpu::Context::request(self.adapter.as_deref()).await?),
        })
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

/// Loads a model with room for `context` positions.
pub(crate) async fn load(gguf: &Gguf, mut file: File, place: &Place, context: usize) -> Result<Loaded> {
    let gpu = place.gpu().await?;
    let adapter = gpu.as_ref().map(|gpu| gpu.adapter().to_owned());
    if let Some(adapter) = &adapter {
        eprintln!("adapter: {adapter}");
    }
    let device = gpu.map_or(Device::Cpu, |gpu| Device::Gpu(Box::new(gpu), KvFormat::F16));
    let start = Instant::now();
    let decoder = Decoder::load(gguf, &mut file, device, context, &Unpaced).await?;
    Ok(Loaded { decoder, adapter, load_ms: start.elapsed().as_secs_f64() * 1000.0 })
}
