//! Whether a GPU can be trusted: there are drivers that compile kernels wrongly, and models write
//! gibberish on them.
//!
//! At the first use of a GPU with a sort of model, a [`Probe`] of that sort is computed there and on
//! the processor. It is small: the whole model would have to be in memory twice. What only the whole
//! model shows, that its weights arrived and that a choice among so many tokens is the best, is seen
//! each time it is loaded, by [`check_choice`].

use crate::{Error, Wrong, hex};
use decoder::{
    Decoder, Device, GenerateOptions, KvFormat, Precision, Probe, Sampler, SamplerOptions, Scheduler,
};
use gguf::Gguf;
use kernels::gpu::Context;
use sha2::{Digest, Sha256};
use std::io::Cursor;
use std::ops::ControlFlow;

/// The largest accepted error of logits: the mean square of the difference, as a share of that of the
/// processor's. Rounding, also that of activations to 8-bit integers, makes some ten-thousandths of
/// it; a kernel in which one lane of 32 is wrong makes more.
pub const TOLERANCE: f32 = 0.01;

/// How far a logit may be below the best one's and still be the one of the token that is chosen, as a
/// share of the root of the logits' mean square: more than the tolerated error explains.
const NEAR: f32 = 0.5;

/// Tokens that are read at a time: many, few and one are computed by kernels of their own.
const STEPS: [usize; 3] = [40, 5, 1];

/// Positions for the probe's text.
const ROOM: usize = 128;

/// A test that a GPU passes or not.
pub struct SelfTest {
    probe: Probe,
    gpu: Context,
    kv: KvFormat,
}

impl SelfTest {
    /// One for a model with this header, which keeps keys and values like this. Nothing is computed
    /// yet.
    ///
    /// # Errors
    /// What is wrong with the header.
    pub fn new(header: &Gguf, gpu: Context, kv: KvFormat) -> Result<Self, Error> {
        Ok(Self { probe: Probe::of(header)?, gpu, kv })
    }

    /// What a passed test is remembered by: the same for the same engine, the same kernels and the
    /// same sort of model, and for what `device` tells of the GPU and what drives it.
    #[must_use]
    pub fn key(&self, device: &[&str]) -> String {
        let kernels = format!("{:?} {:?} {:?}", self.gpu.tuning(), self.gpu.features(), self.kv);
        let mut hash = Sha256::new();
        for part in [env!("CARGO_PKG_VERSION"), &kernels].iter().chain(device) {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        hex(hash.chain_update(self.probe.header()))
    }

    /// Computes the probe on both. Gives the largest error, as [`TOLERANCE`].
    ///
    /// # Errors
    /// [`Error::WrongResults`], or a failure of the GPU; [`Error::is_stop`] when the scheduler says
    /// so.
    pub async fn run(self, scheduler: &impl Scheduler) -> Result<f32, Error> {
        let (header, file) = self.probe.file()?;
        let scheduler = &Whole(scheduler);
        let load = |device| {
            let mut source = Cursor::new(&file[..]);
            let header = &header;
            async move { Decoder::load(header, &mut source, device, ROOM, scheduler).await }
        };
        let mut twin = load(Device::cpu(Precision::Bits16)).await?;
        let mut gpu = load(Device::Gpu(Box::new(self.gpu), self.kv)).await?;
        let text = text(self.probe.vocab());
        let (mut end, mut largest) = (0, 0.0_f32);
        for tokens in STEPS {
            end += tokens;
            let found = logits(&mut gpu, &text[..end], scheduler).await?;
            let expected = logits(&mut twin, &text[..end], scheduler).await?;
            largest = largest.max(compare(&found, &expected)?);
        }
        let found = gpu.logits().await?;
        let options = GenerateOptions { max_tokens: 2, lookup: false };
        let mut generation = gpu.generate(greedy(), options);
        let chosen = [generation.next().await?, generation.next().await?];
        drop(generation);
        check_choice(&found, chosen[0])?;
        // The second was computed from the first without leaving the GPU.
        let expected = logits(&mut twin, &[&text[..], &chosen[..1]].concat(), scheduler).await?;
        if best(&expected) - value(&expected, chosen[1]) > NEAR * mean_square(&expected).sqrt() {
            return Err(Wrong::Choice.into());
        }
        // A draft of the two is verified as it was written.
        gpu.prefill(&text, scheduler).await?;
        match gpu.verify(&chosen, &greedy()).await?.first() {
            Some(next) if *next == chosen[1] => Ok(largest),
            _ => Err(Wrong::Choice.into()),
        }
    }
}

/// Whether a whole model's logits can be some, and the token that was chosen by them the best.
///
/// # Errors
/// What is wrong.
pub fn check_choice(logits: &[f32], chosen: u32) -> Result<(), Wrong> {
    check_numbers(logits)?;
    if value(logits, chosen) < best(logits) { Err(Wrong::Choice) } else { Ok(()) }
}

/// The error of logits, as [`TOLERANCE`].
fn compare(found: &[f32], expected: &[f32]) -> Result<f32, Wrong> {
    check_numbers(found)?;
    let difference: Vec<f32> = found.iter().zip(expected).map(|(found, expected)| found - expected).collect();
    let error = mean_square(&difference) / mean_square(expected);
    // Numbers may be so large that their squares are none.
    if error <= TOLERANCE { Ok(error) } else { Err(Wrong::Off { error }) }
}

fn check_numbers(logits: &[f32]) -> Result<(), Wrong> {
    if !logits.iter().all(|logit| logit.is_finite()) {
        return Err(Wrong::NotFinite);
    }
    if logits.windows(2).all(|pair| pair[0] == pair[1]) { Err(Wrong::Alike) } else { Ok(()) }
}

fn value(logits: &[f32], id: u32) -> f32 {
    logits.get(id as usize).copied().unwrap_or(f32::NEG_INFINITY)
}

fn best(logits: &[f32]) -> f32 {
    logits.iter().copied().fold(f32::NEG_INFINITY, f32::max)
}

fn mean_square(values: &[f32]) -> f32 {
    values.iter().map(|value| value * value).sum::<f32>() / values.len().max(1) as f32
}

fn greedy() -> Sampler {
    Sampler::new(SamplerOptions::default())
}

/// Tokens, none of them twice in a row.
fn text(vocab: usize) -> Vec<u32> {
    let vocab = u32::try_from(vocab).unwrap_or(u32::MAX);
    (0..vocab).map(|i| (37 * i + 11) % vocab).take(STEPS.iter().sum()).collect()
}

async fn logits(decoder: &mut Decoder, text: &[u32], scheduler: &impl Scheduler) -> Result<Vec<f32>, Error> {
    decoder.prefill(text, scheduler).await?;
    Ok(decoder.logits().await?)
}

/// Reads what there is to read at once.
struct Whole<'a, S>(&'a S);

impl<S: Scheduler> Scheduler for Whole<'_, S> {
    async fn yield_now(&self, done: f32) -> ControlFlow<()> {
        self.0.yield_now(done).await
    }
}

#[cfg(test)]
mod tests {
    use super::{TOLERANCE, check_choice, compare};
    use crate::Wrong;

    #[test]
    fn what_is_no_number_or_always_the_same_is_wrong_whatever_was_expected() {
        let expected = [1.0, 2.0, -1.0];
        assert_eq!(compare(&[1.0, f32::NAN, 2.0], &expected), Err(Wrong::NotFinite));
        assert_eq!(compare(&[f32::INFINITY, 1.0, 2.0], &expected), Err(Wrong::NotFinite));
        assert_eq!(compare(&[0.0; 3], &expected), Err(Wrong::Alike));
        assert_eq!(check_choice(&[f32::NAN, 1.0], 1), Err(Wrong::NotFinite));
        assert_eq!(check_choice(&[0.0, 0.0], 1), Err(Wrong::Alike));
    }

    #[test]
    fn an_error_is_measured_by_the_size_of_what_was_expected() {
        let expected: Vec<f32> = (0..100_u8).map(|i| f32::from(i % 9) - 4.0).collect();
        let off = |by: f32| expected.iter().map(|value| value * (1.0 + by)).collect::<Vec<_>>();
        assert!(compare(&off(0.5 * TOLERANCE.sqrt()), &expected).is_ok());
        let much = compare(&off(1.0), &expected).unwrap_err();
        assert_eq!(much.to_string(), "they were 100 % off");
        let huge = vec![f32::MAX, f32::MIN, f32::MAX];
        assert!(compare(&huge, &expected[..3]).is_err());
    }

    #[test]
    fn the_choice_is_the_best_or_as_good() {
        assert_eq!(check_choice(&[1.0, 3.0, 3.0], 2), Ok(()));
        assert_eq!(check_choice(&[1.0, 3.0, 2.0], 2), Err(Wrong::Choice));
        assert_eq!(check_choice(&[1.0, 3.0], 7), Err(Wrong::Choice));
    }
}
