//! The engine's way from a stored file to streamed text, step by step, so that each can be timed.
//! Only in builds with the feature `bench`. Whoever calls this times it.

use crate::devices::BrowserDevices;
use crate::room::BrowserRoom;
use crate::scheduler::WorkerScheduler;
use crate::worker_threads::WorkerThreads;
use crate::{Error, browser, gpu, store};
use decoder::{Decoder, GenerateOptions, Sampler, SamplerOptions, Scheduler};
use prompt::{Detokenizer, Tokenizer};
use protocol::{Backend, BackendChoice, DeviceInfo};
use serde::Serialize;
use session::Cancel;
use session::placement::{self, LoadProgress, Placement};
use wasm_bindgen::prelude::*;

/// A model on a device.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Loaded {
    device: DeviceInfo,
    features: Features,
    /// Milliseconds from the stored file to a model that answers.
    load_ms: f64,
    /// Bytes of weights that one token's computation reads.
    bytes_per_token: u64,
    dispatches_per_token: usize,
}

/// What the kernels use beyond WebGPU's defaults.
#[derive(Serialize, Default)]
#[serde(rename_all = "camelCase")]
struct Features {
    /// Threads of the smallest subgroup; 0 without subgroups.
    subgroup: u32,
    f16: bool,
    int_dot: bool,
}

/// A stored model, loaded and run.
#[wasm_bindgen]
pub struct Bench {
    threads: WorkerThreads,
    model: Option<Model>,
}

struct Model {
    decoder: Decoder,
    /// None for a file of random weights.
    tokenizer: Option<Tokenizer>,
    /// Gives the GPU's memory back when dropped.
    placement: Placement,
}

#[wasm_bindgen]
impl Bench {
    /// Nothing is loaded yet. `plain` says why this is the build for one thread, if it is; `count`
    /// is how many threads work on the CPU, which is measured at each load when it is not given.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(plain: Option<String>, count: Option<u32>) -> Self {
        console_error_panic_hook::set_once();
        let threads = WorkerThreads::new(plain);
        let threads = match count {
            Some(count) => threads.with_threads(count as usize),
            None => threads,
        };
        Self { threads, model: None }
    }

    /// Stores the model file at `url` in the browser's file system, as an installation does, for
    /// [`Self::load`] of this worker or a later one.
    ///
    /// # Errors
    /// In words.
    pub async fn fetch(&self, url: String) -> Result<(), JsValue> {
        let scheduler = WorkerScheduler::new(Cancel::default(), &|_| {});
        store::fetch_scratch(&url, &scheduler).await.map_err(|error| in_words(&error))
    }

    /// Loads the stored model. `choice` is `auto`, `gpu` or `cpu`.
    ///
    /// # Errors
    /// In words, when the model cannot be loaded or run there.
    pub async fn load(&mut self, choice: JsValue) -> Result<JsValue, JsValue> {
        let choice: BackendChoice = serde_wasm_bindgen::from_value(choice)?;
        let loaded = self.place(choice).await.map_err(|error| in_words(&error))?;
        Ok(serde_wasm_bindgen::to_value(&loaded)?)
    }

    /// Reads a prompt of so many tokens, none of them cached unless `run` was given before, then
    /// writes `decode` tokens after the first one, greedily, whatever they are; with `lookup`,
    /// drafted where that is expected to be faster. `on_text` receives each as it comes.
    ///
    /// # Errors
    /// In words.
    pub async fn run(
        &mut self,
        prompt: usize,
        decode: usize,
        run: u32,
        lookup: bool,
        on_text: js_sys::Function,
    ) -> Result<(), JsValue> {
        let Some(model) = &mut self.model else { return Err("no model is loaded".into()) };
        model.write(prompt, decode, run, lookup, &on_text).await.map_err(|error| in_words(&error))
    }

    /// Tokens that were drafted so far, and those of them that were accepted.
    #[must_use]
    pub fn lookup(&self) -> Vec<u32> {
        let stats = self.model.as_ref().map(|model| model.decoder.lookup()).unwrap_or_default();
        [stats.drafted, stats.accepted].map(|count| u32::try_from(count).unwrap_or(u32::MAX)).to_vec()
    }

    /// Bytes a second that a kernel reads on the GPU that the model is on, in 10⁹; none on the
    /// processor.
    ///
    /// # Errors
    /// In words.
    pub async fn bandwidth(&self) -> Result<Option<f64>, JsValue> {
        if self.model.as_ref().is_none_or(|model| model.placement.info.backend != Backend::Gpu) {
            return Ok(None);
        }
        let gpu = gpu::gpu().await.map_err(|error| in_words(&error))?.context;
        let rate = kernels::gpu::read_bandwidth(&gpu, browser::now).await;
        gpu.device().destroy();
        rate.map(Some).map_err(|error| JsValue::from(error.to_string()))
    }
}

impl Bench {
    async fn place(&mut self, choice: BackendChoice) -> Result<Loaded, Error> {
        // What was loaded before makes room.
        self.model = None;
        let start = browser::now();
        let mut file = store::open_scratch().await?;
        let len = file.len();
        let header = decoder::read_header(&mut file, len)?;
        let progress = LoadProgress { cancel: Cancel::default(), report: &|_, _| {} };
        let (source, threads, progress) = (&mut file, &self.threads, &progress);
        let room = &BrowserRoom::default();
        let mut devices = BrowserDevices { header: &header, source, threads, room, progress };
        let (decoder, placement) = placement::place(&mut devices, choice, None).await?;
        let tokenizer = Tokenizer::from_gguf(&header).ok();
        let features = placement.features.unwrap_or_default();
        let loaded = Loaded {
            device: placement.info.clone(),
            features: Features { subgroup: features.subgroup, f16: features.f16, int_dot: features.int_dot },
            load_ms: browser::now() - start,
            bytes_per_token: decoder::bytes_per_token(&header),
            dispatches_per_token: decoder.dispatches_per_token(),
        };
        self.model = Some(Model { decoder, tokenizer, placement });
        Ok(loaded)
    }
}

impl Model {
    async fn write(
        &mut self,
        prompt: usize,
        decode: usize,
        run: u32,
        lookup: bool,
        on_text: &js_sys::Function,
    ) -> Result<(), Error> {
        let scheduler = WorkerScheduler::new(Cancel::default(), &|_| {});
        let ids = ids(run, prompt, self.decoder.config().vocab);
        self.decoder.reserve(prompt + decode).await?;
        self.decoder.prefill(&ids, &scheduler).await?;
        let mut detokenizer = self.tokenizer.as_ref().map(Detokenizer::new);
        let sampler = Sampler::new(SamplerOptions::default());
        let options = GenerateOptions { max_tokens: decode + 1, lookup };
        let mut generation = self.decoder.generate(sampler, options);
        for _ in 0..=decode {
            let id = generation.next().await?;
            let text =
                detokenizer.as_mut().map_or_else(|| format!("{id} "), |detokenizer| detokenizer.push(id));
            // Nothing listens any more when it fails.
            let _ = on_text.call1(&JsValue::UNDEFINED, &text.into());
            if scheduler.yield_now(1.0).await.is_break() {
                return Err(Error::Stopped);
            }
        }
        Ok(())
    }
}

/// Some tokens of the vocabulary; another first one in every run, so that nothing of an earlier run
/// is reused.
fn ids(run: u32, len: usize, vocab: usize) -> Vec<u32> {
    let vocab = u32::try_from(vocab).unwrap_or(u32::MAX);
    (0..u32::try_from(len).unwrap_or(u32::MAX)).map(|i| (i.wrapping_mul(7919) + run + 13) % vocab).collect()
}

fn in_words(error: &Error) -> JsValue {
    JsValue::from(error.to_string())
}
