//! Where a model runs: on the device that was chosen, or else on the one that is left, with the
//! honest reason where they differ.

use crate::fit::SHORT_CONTEXT;
use crate::{CONTEXT, Cancel, Error, GpuFault, GpuLoss, trust};
use decoder::{Decoder, GenerateOptions, Sampler, SamplerOptions, Scheduler};
use kernels::gpu::Features;
use protocol::{Backend, BackendChoice, DeviceInfo, Phase, Threads};
use std::any::Any;

/// Where a decoder is.
pub struct Placement {
    /// As it is told to the reader.
    pub info: DeviceInfo,
    /// Set when the GPU fails.
    pub fault: GpuFault,
    /// True on a GPU that is a program on the processor: work ahead would only keep everything else
    /// waiting.
    pub is_software: bool,
    /// What kernels use; none on the CPU.
    pub features: Option<Features>,
    /// Dropped with the decoder: gives the device's memory back.
    pub memory: Option<Box<dyn Any>>,
}

impl Placement {
    /// On the processor, as far as a browser describes it: why there, and with how many threads.
    #[must_use]
    pub fn on_cpu(reason: Option<String>, shortage: Option<u32>, threads: Option<Threads>) -> Self {
        Self {
            info: DeviceInfo { shortage, ..cpu(reason, threads) },
            fault: GpuFault::default(),
            is_software: false,
            features: None,
            memory: None,
        }
    }

    /// As it is told to a reader who made this choice: why it is not the GPU matters to nobody who
    /// chose the processor.
    pub(crate) fn info_for(&self, choice: BackendChoice) -> DeviceInfo {
        let reason = self.info.reason.clone().filter(|_| choice != BackendChoice::Cpu);
        DeviceInfo { reason, ..self.info.clone() }
    }

    /// Whether this is a place that the reader's choice leads to.
    pub(crate) fn suits(&self, choice: BackendChoice) -> bool {
        match choice {
            BackendChoice::Gpu => self.info.backend == Backend::Gpu,
            BackendChoice::Cpu => self.info.backend == Backend::Cpu,
            BackendChoice::Auto => self.info.backend == Backend::Gpu || self.info.reason.is_some(),
        }
    }
}

/// The processor.
pub(crate) fn cpu(reason: Option<String>, threads: Option<Threads>) -> DeviceInfo {
    DeviceInfo { backend: Backend::Cpu, adapter: "WebAssembly".to_owned(), reason, shortage: None, threads }
}

/// The processor, where a translator runs whatever the reader chose.
pub(crate) fn of_translator(choice: BackendChoice, threads: Threads) -> DeviceInfo {
    let reason = "A translator is small: it runs on the processor.";
    cpu((choice != BackendChoice::Cpu).then(|| reason.to_owned()), Some(threads))
}

/// How loading is watched and stopped.
#[derive(Clone)]
pub struct LoadProgress<'a> {
    /// Stops it.
    pub cancel: Cancel,
    /// Receives the phase and its done share, from 0 to 1.
    pub report: &'a dyn Fn(Phase, f32),
}

/// What can carry one model.
#[expect(async_fn_in_trait, reason = "one thread: no caller needs the future to be Send")]
pub trait Devices {
    /// The model on one of them.
    type Loaded;

    /// Loads it onto the GPU, for texts of so many tokens. After a `loss` the browser may need a moment
    /// to have one again.
    ///
    /// # Errors
    /// One that [`Error::is_gpu`] where there is no GPU, or it fails, or is [`unwelcome`];
    /// [`Error::is_memory`] where it has too little of that.
    async fn load_on_gpu(
        &mut self,
        choice: BackendChoice,
        loss: Option<&GpuLoss>,
        context: usize,
    ) -> Result<Self::Loaded, Error>;

    /// Loads it onto the processor, for texts of so many tokens, because of `reason` if that is not
    /// what was chosen.
    ///
    /// # Errors
    /// As [`Room::reserve`](crate::Room::reserve), or the decoder's.
    async fn load_on_cpu(&mut self, reason: Option<String>, context: usize) -> Result<Self::Loaded, Error>;
}

/// Loads a model where the choice leads to. Where memory is short, it reads less at once. Unless the
/// GPU was insisted on, or failed under the work that the model is for, the processor takes its place
/// when it cannot be used.
///
/// # Errors
/// When no place is left, or for a reason that is the same everywhere.
pub async fn place<D: Devices>(
    devices: &mut D,
    choice: BackendChoice,
    loss: Option<&GpuLoss>,
) -> Result<D::Loaded, Error> {
    if choice == BackendChoice::Cpu {
        return on_cpu(devices, None).await;
    }
    if let Some(loss) = loss.filter(|loss| !loss.is_first()) {
        let reason = format!("The GPU failed {} times. {}", loss.times, loss.text);
        return on_cpu(devices, Some(reason)).await;
    }
    match on_gpu(devices, choice, loss).await {
        Err(error) if (choice == BackendChoice::Auto || loss.is_some()) && error.is_gpu() => {
            let before = if loss.is_some() { "The GPU failed, and could not be started again. " } else { "" };
            log::info!(target: "session::placement", "no GPU: {error}");
            on_cpu(devices, Some(format!("{before}{error}"))).await
        }
        placed => placed,
    }
}

async fn on_gpu<D: Devices>(
    devices: &mut D,
    choice: BackendChoice,
    loss: Option<&GpuLoss>,
) -> Result<D::Loaded, Error> {
    match devices.load_on_gpu(choice, loss, CONTEXT).await {
        Err(error) if error.is_memory() => {
            log::info!(target: "session::placement", "shorter on the GPU: {error}");
            devices.load_on_gpu(choice, loss, SHORT_CONTEXT).await
        }
        placed => placed,
    }
}

async fn on_cpu<D: Devices>(devices: &mut D, reason: Option<String>) -> Result<D::Loaded, Error> {
    match devices.load_on_cpu(reason.clone(), CONTEXT).await {
        Err(error) if error.is_memory() => {
            log::info!(target: "session::placement", "shorter on the processor: {error}");
            devices.load_on_cpu(reason, SHORT_CONTEXT).await
        }
        placed => placed,
    }
}

/// What is told of a model that was loaded for texts of so many tokens, as
/// [`DeviceInfo::shortage`].
#[must_use]
pub fn shortage(context: usize) -> Option<u32> {
    u32::try_from(context).ok().filter(|_| context < CONTEXT)
}

/// Refuses a GPU that is a program on the processor, unless the reader insists on it.
///
/// # Errors
/// [`Error::Gpu`] with the reason.
pub fn unwelcome(is_software: bool, choice: BackendChoice) -> Result<(), Error> {
    match choice {
        BackendChoice::Auto if is_software => Err(Error::Gpu(
            "The only GPU here is one that the processor imitates, which is slower.".to_owned(),
        )),
        _ => Ok(()),
    }
}

/// Lets a decoder on a GPU decode and prefill a little, so that what that does at its first use is done,
/// or has failed, and it is known how many tokens it reads in a moment. `now` tells milliseconds.
///
/// # Errors
/// The decoder's; [`Error::WrongResults`] where what comes of it can't be right; [`Error::is_stop`]
/// when the scheduler says so.
pub async fn warm_up(
    decoder: &mut Decoder,
    now: fn() -> f64,
    scheduler: &impl Scheduler,
) -> Result<(), Error> {
    /// Tokens: a chunk grows from prompt to prompt.
    const PROMPTS: [usize; 3] = [8, 64, 512];
    /// A prompt that takes longer is followed by none.
    const LONG_ENOUGH_MS: f64 = 50.0;
    let room = decoder.context().min(CONTEXT);
    // First, what is waited for here is the upload of the weights.
    decoder.prefill(&[0], scheduler).await?;
    let logits = decoder.logits().await?;
    let options = GenerateOptions { max_tokens: 1, ..GenerateOptions::default() };
    let chosen = decoder.generate(Sampler::new(SamplerOptions::default()), options).next().await?;
    trust::check_choice(&logits, chosen)?;
    // Each begins with another token, so that nothing is read already.
    for (first, tokens) in (1..).zip(PROMPTS).take_while(|&(_, tokens)| tokens < room) {
        // The time of the compiler says nothing of the device's speed.
        decoder.prepare(tokens, scheduler).await?;
        let start = now();
        decoder.prefill(&vec![first; tokens], scheduler).await?;
        let ms = now() - start;
        log::debug!(target: "session::placement", "a prompt of {tokens} tokens: {ms:.1} ms");
        if ms > LONG_ENOUGH_MS {
            break;
        }
    }
    Ok(())
}
