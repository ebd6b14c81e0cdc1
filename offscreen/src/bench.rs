//! Times the decoder as the product runs it. Only in builds with the feature `bench`.

use crate::pace::WorkerPace;
use crate::place::{self, Watch};
use crate::session::Cancel;
use crate::{Error, browser, store};
use decoder::{Decoder, GenerateOptions, Sampler, SamplerOptions};
use protocol::{Choice, DeviceInfo};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// What was measured; times are in milliseconds, one per run.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Timings {
    device: DeviceInfo,
    load_ms: f64,
    weight_bytes: u64,
    dispatches_per_token: usize,
    prefill_ms: Vec<f64>,
    decode_ms: Vec<f64>,
}

/// Loads the model file at `url` and times `runs` runs of reading `prompt` tokens, none of them cached, and of writing
/// `decode` tokens greedily after the first, whatever they are. `choice` is `auto`, `gpu` or `cpu`.
///
/// # Errors
/// In words, when the model cannot be loaded or run there.
#[wasm_bindgen]
pub async fn bench(
    url: String,
    choice: JsValue,
    prompt: usize,
    decode: usize,
    runs: u32,
) -> Result<JsValue, JsValue> {
    console_error_panic_hook::set_once();
    let choice: Choice = serde_wasm_bindgen::from_value(choice)?;
    let timings = measure(&url, choice, prompt, decode, runs).await;
    let timings = timings.map_err(|error| JsValue::from(error.to_string()))?;
    Ok(serde_wasm_bindgen::to_value(&timings)?)
}

async fn measure(
    url: &str,
    choice: Choice,
    prompt: usize,
    decode: usize,
    runs: u32,
) -> Result<Timings, Error> {
    let watch = Watch { cancel: Cancel::default(), report: &|_, _| {} };
    let pace = WorkerPace::new(watch.cancel.clone(), &|_| {});
    let mut file = store::scratch(url, &pace).await?;
    let start = browser::now();
    let len = file.len();
    let header = decoder::read_header(&mut file, len)?;
    let (mut decoder, placed) = place::place(&header, &mut file, choice, &watch).await?;
    let mut timings = Timings {
        device: placed.info.clone(),
        load_ms: browser::now() - start,
        weight_bytes: decoder.weight_bytes(),
        dispatches_per_token: decoder.dispatches_per_token(),
        prefill_ms: Vec::new(),
        decode_ms: Vec::new(),
    };
    let pace = WorkerPace::new(watch.cancel, &|_| {});
    for run in 0..runs {
        let ids = ids(run, prompt, decoder.config().vocab);
        let start = browser::now();
        decoder.prefill(&ids, &pace).await?;
        // Choosing the first token waits for a GPU that is still reading.
        write(&mut decoder, 1, &pace).await?;
        let read = browser::now();
        write(&mut decoder, decode, &pace).await?;
        timings.prefill_ms.push(read - start);
        timings.decode_ms.push(browser::now() - read);
    }
    Ok(timings)
}

async fn write(decoder: &mut Decoder, tokens: usize, pace: &WorkerPace<'_>) -> Result<(), Error> {
    use decoder::Pace;
    let sampler = Sampler::new(SamplerOptions::default());
    let mut generation = decoder.generate(sampler, GenerateOptions { max_tokens: tokens });
    for _ in 0..tokens {
        generation.next().await?;
        if pace.pause(1.0).await.is_break() {
            return Err(Error::Stopped);
        }
    }
    Ok(())
}

/// Some tokens of the vocabulary; another first one in every run, so that nothing of an earlier run is reused.
fn ids(run: u32, len: usize, vocab: usize) -> Vec<u32> {
    let vocab = u32::try_from(vocab).unwrap_or(u32::MAX);
    (0..u32::try_from(len).unwrap_or(u32::MAX)).map(|i| (i.wrapping_mul(7919) + run + 13) % vocab).collect()
}
