//! Weights onto a device: the one that was chosen, or else the one that is left.

use crate::card::CONTEXT;
use crate::device::{self, Fault, Gpu};
use crate::scheduler::WorkerScheduler;
use crate::session::Cancel;
use crate::threads::{self, Helpers, POOL};
use crate::{Error, browser};
use decoder::{
    Decoder, Device, GenerateOptions, KvFormat, Precision, Sampler, SamplerOptions, Scheduler, Source,
};
use gguf::Gguf;
use protocol::{Backend, Choice, DeviceInfo, Phase, Threads};

/// Memory wanted beside the weights on the CPU: KV cache, activations, page and tokenizer.
const BESIDE_WEIGHTS: usize = 256 << 20;

/// Where a decoder is. Dropped, it gives the GPU's memory back.
pub(crate) struct Placed {
    /// For the reader.
    pub(crate) info: DeviceInfo,
    /// Set when the GPU fails.
    pub(crate) fault: Fault,
    /// True on a GPU that is a program on the processor: work ahead would only keep everything else waiting.
    pub(crate) is_software: bool,
    /// What kernels use; none on the CPU.
    #[cfg(feature = "bench")]
    pub(crate) features: Option<kernels::gpu::Features>,
    gpu: Option<wgpu::Device>,
}

impl Placed {
    /// For the reader who made this choice: why it is not the GPU matters to nobody who chose the processor.
    pub(crate) fn info_for(&self, choice: Choice) -> DeviceInfo {
        let reason = self.info.reason.clone().filter(|_| choice != Choice::Cpu);
        DeviceInfo { reason, ..self.info.clone() }
    }

    /// Whether this is a place that the reader's choice leads to.
    pub(crate) fn suits(&self, choice: Choice) -> bool {
        match choice {
            Choice::Gpu => self.info.backend == Backend::Gpu,
            Choice::Cpu => self.info.backend == Backend::Cpu,
            Choice::Auto => self.info.backend == Backend::Gpu || self.info.reason.is_some(),
        }
    }
}

impl Drop for Placed {
    fn drop(&mut self) {
        // A browser frees the buffers of a forgotten device when it gets round to it; those of a destroyed one at once.
        if let Some(device) = &self.gpu {
            device.destroy();
        }
    }
}

/// How often the GPU was lost under the work that the model is loaded for.
#[derive(Clone, Debug)]
pub(crate) struct Lost {
    /// Times.
    pub(crate) times: u32,
    /// What was said of it the last time.
    pub(crate) text: String,
}

impl Lost {
    /// Where it is worth trying once more.
    fn is_first(&self) -> bool {
        self.times == 1
    }
}

/// Where a model is wanted, and what there is for it.
#[derive(Clone, Copy)]
pub(crate) struct Wish<'a> {
    /// The reader's choice.
    pub(crate) choice: Choice,
    /// That the GPU was lost, if it was.
    pub(crate) lost: Option<&'a Lost>,
    /// Threads for the CPU.
    pub(crate) helpers: &'a Helpers,
}

/// How loading is watched and stopped.
#[derive(Clone)]
pub(crate) struct Watch<'a> {
    /// Stops it.
    pub(crate) cancel: Cancel,
    /// Receives the phase and its done share.
    pub(crate) report: &'a dyn Fn(Phase, f32),
}

/// Loads the weights where the reader chose, or else where they fit. After the GPU was lost it gets one more chance; then
/// it is the CPU, whatever the reader chose: the work comes first.
///
/// # Errors
/// When no place is left, or for a reason that is the same everywhere.
pub(crate) async fn place(
    header: &Gguf,
    source: &mut impl Source,
    wish: Wish<'_>,
    watch: &Watch<'_>,
) -> Result<(Decoder, Placed), Error> {
    let Wish { choice, lost, helpers } = wish;
    if choice == Choice::Cpu {
        return on_cpu(header, source, None, helpers, watch).await;
    }
    if let Some(lost) = lost.filter(|lost| !lost.is_first()) {
        let reason = format!("The GPU failed {} times. {}", lost.times, lost.text);
        return on_cpu(header, source, Some(reason), helpers, watch).await;
    }
    match on_gpu(header, source, choice, lost, watch).await {
        Err(error) if (choice == Choice::Auto || lost.is_some()) && error.is_gpu() => {
            let before = if lost.is_some() { "The GPU failed, and could not be started again. " } else { "" };
            on_cpu(header, source, Some(format!("{before}{error}")), helpers, watch).await
        }
        placed => placed,
    }
}

async fn on_gpu(
    header: &Gguf,
    source: &mut impl Source,
    choice: Choice,
    lost: Option<&Lost>,
    watch: &Watch<'_>,
) -> Result<(Decoder, Placed), Error> {
    let adapter = if lost.is_some() { device::adapter_again().await? } else { device::adapter().await? };
    if adapter.is_software && choice == Choice::Auto {
        return Err(Error::Gpu(
            "The only GPU here is one that the processor imitates, which is slower.".to_owned(),
        ));
    }
    let Gpu { context, fault } = device::gpu().await?;
    let reason = lost.map(|_| format!("{} failed and was started again.", adapter.name));
    let info = DeviceInfo { backend: Backend::Gpu, adapter: adapter.name, reason, threads: None };
    let placed = Placed {
        info,
        fault: fault.clone(),
        is_software: adapter.is_software,
        #[cfg(feature = "bench")]
        features: Some(context.features()),
        gpu: Some(context.device().clone()),
    };
    let report = |done| (watch.report)(Phase::Loading, done);
    let scheduler = WorkerScheduler::new(watch.cancel.clone(), &report);
    let device = Device::Gpu(Box::new(context), KvFormat::F16);
    let decoder = load_and_try(header, source, device, &scheduler, watch.cancel.clone()).await;
    // A GPU that fails makes everything else fail too: its own words come first.
    match fault.text() {
        Some(text) => Err(Error::Gpu(text)),
        None => Ok((decoder?, placed)),
    }
}

async fn on_cpu(
    header: &Gguf,
    source: &mut impl Source,
    reason: Option<String>,
    helpers: &Helpers,
    watch: &Watch<'_>,
) -> Result<(Decoder, Placed), Error> {
    let weights: u64 = header.tensors.iter().map(|tensor| tensor.len).sum();
    // Where memory ends, an allocation ends the program; asking first gives an error instead.
    let wanted = usize::try_from(weights).unwrap_or(usize::MAX).saturating_add(BESIDE_WEIGHTS);
    Vec::<u8>::new().try_reserve_exact(wanted)?;
    let report = |done| (watch.report)(Phase::Loading, done);
    let scheduler = WorkerScheduler::new(watch.cancel.clone(), &report);
    helpers.start();
    let mut decoder =
        Decoder::load(header, source, Device::Cpu(&POOL, Precision::Bits8), CONTEXT, &scheduler).await?;
    let fewer = helpers.come().await;
    match helpers.fixed() {
        Some(threads) => POOL.limit(threads),
        None => threads::measure(&mut decoder, &watch.cancel).await?,
    }
    let count = u32::try_from(POOL.threads()).unwrap_or(u32::MAX);
    let placed = Placed {
        info: device::cpu(reason, Some(Threads { count, reason: fewer })),
        fault: Fault::default(),
        is_software: false,
        #[cfg(feature = "bench")]
        features: None,
        gpu: None,
    };
    Ok((decoder, placed))
}

/// Loads a decoder and lets it write and read a little, so that what a GPU does at its first use is done, or has failed, and
/// it is known how many tokens it reads in a moment.
async fn load_and_try(
    header: &Gguf,
    source: &mut impl Source,
    device: Device,
    scheduler: &impl Scheduler,
    cancel: Cancel,
) -> Result<Decoder, Error> {
    /// Tokens: a chunk grows from prompt to prompt.
    const PROMPTS: [usize; 3] = [8, 64, 512];
    /// A prompt that takes longer is followed by none.
    const LONG_ENOUGH_MS: f64 = 50.0;
    let mut decoder = Decoder::load(header, source, device, CONTEXT, scheduler).await?;
    let room = decoder.context();
    // What it reports is no part of loading.
    let scheduler = &WorkerScheduler::new(cancel, &|_| {});
    // First, what is waited for here is the upload of the weights.
    decoder.prefill(&[0], scheduler).await?;
    let options = GenerateOptions { max_tokens: 1, ..GenerateOptions::default() };
    decoder.generate(Sampler::new(SamplerOptions::default()), options).next().await?;
    // Each begins with another token, so that nothing is read already.
    for (first, tokens) in (1..).zip(PROMPTS).take_while(|&(_, tokens)| tokens < room) {
        // The time of the compiler says nothing of the device's speed.
        decoder.prepare(tokens, scheduler).await?;
        let start = browser::now();
        decoder.prefill(&vec![first; tokens], scheduler).await?;
        if browser::now() - start > LONG_ENOUGH_MS {
            break;
        }
    }
    Ok(decoder)
}
