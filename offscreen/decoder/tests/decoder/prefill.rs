//! The decoder on a tiny seeded model: both backends agree, chunks and prefixes change nothing, bad input is refused.

use crate::tiny;
use decoder::{
    Decoder, Device, Error, GenerateOptions, Generation, KvFormat, Precision, Sampler, SamplerOptions,
    Scheduler, Uninterrupted,
};
use kernels::gpu::{Context, Features, Tuning};
use pollster::block_on;
use proptest::prelude::*;
use std::cell::Cell;
use std::ops::ControlFlow;

/// Largest accepted difference of a logit between backends; the logits' own spread is about 1.
const LOGIT_TOLERANCE: f32 = 1e-4;

fn load(device: Device) -> Decoder {
    let (gguf, mut source) = tiny::parse(&tiny::file(None));
    block_on(Decoder::load(&gguf, &mut source, device, 128, &Uninterrupted)).unwrap()
}

/// Largest accepted difference where a prompt's activations are rounded to 8 bits.
const INTEGER_TOLERANCE: f32 = 0.05;

/// The GPU there is, with the kernels of hardware or of software adapters.
fn gpu(tuning: Tuning, int_dot: bool) -> Device {
    let context = block_on(Context::request(None));
    let context = context.expect("a Vulkan adapter: a driver, or mesa-vulkan-drivers for a software one");
    let features = Features { int_dot, ..context.features() };
    Device::Gpu(Box::new(context.with_tuning(tuning).with_features(features)), KvFormat::F32)
}

fn logits(decoder: &mut Decoder, ids: &[u32]) -> Vec<f32> {
    block_on(decoder.prefill(ids, &Uninterrupted)).unwrap();
    block_on(decoder.logits()).unwrap()
}

fn greedy(decoder: &mut Decoder) -> Generation<'_> {
    decoder.generate(Sampler::new(SamplerOptions::default()), GenerateOptions::default())
}

fn write(decoder: &mut Decoder, tokens: usize) -> Vec<u32> {
    let mut generation = greedy(decoder);
    (0..tokens).map(|_| block_on(generation.next()).unwrap()).collect()
}

fn worst(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

/// Prompts of a token, of a few, and of several chunks.
const LENGTHS: [u32; 8] = [1, 2, 15, 16, 17, 64, 65, 100];

fn prompt(len: u32) -> Vec<u32> {
    (0..len).map(|i| (i * 37 + len) % 96).collect()
}

#[test]
fn backends_agree() {
    for tuning in [Tuning::Software, Tuning::Hardware] {
        let (mut cpu, mut gpu) = (load(Device::cpu(Precision::Bits16)), load(gpu(tuning, false)));
        for len in LENGTHS {
            let (on_cpu, on_gpu) = (logits(&mut cpu, &prompt(len)), logits(&mut gpu, &prompt(len)));
            let worst = worst(&on_cpu, &on_gpu);
            assert!(worst < LOGIT_TOLERANCE, "{len} tokens, {tuning:?}: {worst}");
            let spread = on_cpu.iter().fold(0.0_f32, |max, x| max.max(x.abs()));
            assert!(spread > 0.1, "the model says something: {spread}");
            assert_eq!(write(&mut cpu, 10), write(&mut gpu, 10), "after {len} tokens, {tuning:?}");
        }
    }
}

#[test]
fn integers_are_close() {
    let (mut cpu, mut gpu) = (load(Device::cpu(Precision::Bits8)), load(gpu(Tuning::Hardware, true)));
    let mut accurate = load(Device::cpu(Precision::Bits16));
    for len in LENGTHS {
        let expected = logits(&mut accurate, &prompt(len));
        for decoder in [&mut cpu, &mut gpu] {
            let worst = worst(&expected, &logits(decoder, &prompt(len)));
            assert!(worst < INTEGER_TOLERANCE, "{len} tokens: {worst}");
        }
    }
}

#[test]
fn generation_equals_reading_the_same_text() {
    let mut decoder = load(Device::cpu(Precision::Bits16));
    let mut ids = vec![3, 1, 4, 1, 5];
    block_on(decoder.prefill(&ids, &Uninterrupted)).unwrap();
    ids.extend(write(&mut decoder, 12));
    let last = ids.pop().unwrap();
    let read = logits(&mut load(Device::cpu(Precision::Bits16)), &ids);
    assert_eq!(kernels::reference::argmax(&read), last as usize);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever was read before, a prompt's logits are the same.
    #[test]
    fn history_does_not_matter(prompts in prop::collection::vec(prop::collection::vec(0_u32..4, 1..40), 1..6)) {
        let mut used = load(Device::cpu(Precision::Bits16));
        for prompt in &prompts {
            let fresh = logits(&mut load(Device::cpu(Precision::Bits16)), prompt);
            prop_assert!(worst(&fresh, &logits(&mut used, prompt)) < LOGIT_TOLERANCE);
        }
    }
}

/// Reads chunks of these lengths in turn.
struct Chunks(Vec<usize>, Cell<usize>);

impl Scheduler for Chunks {
    async fn yield_now(&self, _: f32) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    fn prefill_chunk(&self, _: &mut usize, most: usize) -> usize {
        let turn = self.1.replace(self.1.get() + 1);
        most.min(self.0[turn % self.0.len()])
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// However a prompt is cut, which depends on time, a processor reads the same.
    #[test]
    fn chunks_do_not_matter_on_cpu(chunks in prop::collection::vec(1_usize..40, 1..8), len in 1_u32..100) {
        for precision in [Precision::Bits8, Precision::Bits16] {
            let whole = logits(&mut load(Device::cpu(precision)), &prompt(len));
            let mut decoder = load(Device::cpu(precision));
            block_on(decoder.prefill(&prompt(len), &Chunks(chunks.clone(), Cell::new(0)))).unwrap();
            prop_assert_eq!(&block_on(decoder.logits()).unwrap(), &whole);
        }
    }
}

/// Stops after a number of pauses.
struct StopAfter(Cell<usize>);

impl Scheduler for StopAfter {
    async fn yield_now(&self, done: f32) -> ControlFlow<()> {
        assert!((0.0..=1.0).contains(&done));
        match self.0.get() {
            0 => ControlFlow::Break(()),
            left => {
                self.0.set(left - 1);
                ControlFlow::Continue(())
            }
        }
    }

    fn prefill_chunk(&self, _wanted: &mut usize, most: usize) -> usize {
        most.min(16)
    }
}

#[test]
fn a_stopped_prompt_leaves_nothing_behind() {
    let mut decoder = load(Device::cpu(Precision::Bits16));
    let long: Vec<u32> = (0..60).collect();
    let stopped = block_on(decoder.prefill(&long, &StopAfter(Cell::new(1))));
    assert!(matches!(stopped, Err(Error::Stopped)));
    let next = block_on(greedy(&mut decoder).next());
    assert!(matches!(next, Err(Error::EmptyPrompt)), "half a prompt is not continued");
    let short = [5, 6, 7];
    assert_eq!(logits(&mut decoder, &short), logits(&mut load(Device::cpu(Precision::Bits16)), &short));
}

#[test]
fn bad_prompts_are_refused() {
    let mut decoder = load(Device::cpu(Precision::Bits16));
    let mut prefill = |ids: &[u32]| block_on(decoder.prefill(ids, &Uninterrupted)).unwrap_err();
    assert!(matches!(prefill(&[]), Error::EmptyPrompt));
    assert!(matches!(prefill(&[1, 96]), Error::Token { id: 96, vocab: 96 }));
    assert!(matches!(prefill(&[1; 128]), Error::ContextFull { needed: 129, context: 128 }));
}

#[test]
fn bad_files_are_refused() {
    let missing = "blk.1.ffn_up.weight";
    let (gguf, mut source) = tiny::parse(&tiny::file(Some(missing)));
    let loaded =
        block_on(Decoder::load(&gguf, &mut source, Device::cpu(Precision::Bits16), 128, &Uninterrupted));
    assert!(matches!(loaded, Err(Error::MissingTensor(name)) if name == missing));

    let mut other = gguf::write::Writer::new();
    other.set("general.architecture", "mamba");
    let (gguf, mut source) = tiny::parse(&other.to_bytes(|_, _| {}));
    let loaded =
        block_on(Decoder::load(&gguf, &mut source, Device::cpu(Precision::Bits16), 128, &Uninterrupted));
    assert!(matches!(loaded, Err(Error::UnsupportedFamily(family)) if family == "mamba"));

    let file = tiny::file(None);
    let (gguf, _) = tiny::parse(&file);
    let mut cut = std::io::Cursor::new(file[..file.len() - 100].to_vec());
    let loaded =
        block_on(Decoder::load(&gguf, &mut cut, Device::cpu(Precision::Bits16), 128, &Uninterrupted));
    assert!(matches!(loaded, Err(Error::Read(_))));
}
