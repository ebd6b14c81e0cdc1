//! Prefill of a tiny seeded model: both backends agree, chunks and prefixes change nothing, bad
//! input is refused.

use crate::devices::{cpu, gpu, int_dot};
use decoder::{
    Config, Decoder, Device, Error, GenerateOptions, Generation, Precision, Sampler, SamplerOptions,
    Scheduler, Uninterrupted,
};
use gguf::write::Writer;
use kernels::gpu::Tuning;
use pollster::block_on;
use proptest::prelude::*;
use std::cell::Cell;
use std::ops::ControlFlow;
use tests::tiny;

/// Largest accepted difference of a logit between backends; the logits' own spread is about 1.
const LOGIT_TOLERANCE: f32 = 1e-4;

fn load(device: Device) -> Decoder {
    let (gguf, mut source) = tiny::parse(tiny::file());
    block_on(Decoder::load(&gguf, &mut source, device, 128, &Uninterrupted)).unwrap()
}

/// Largest accepted difference where a prompt's activations are rounded to 8 bits.
const INTEGER_TOLERANCE: f32 = 0.05;

fn logits(decoder: &mut Decoder, ids: &[u32]) -> Vec<f32> {
    block_on(decoder.prefill(ids, &Uninterrupted)).unwrap();
    block_on(decoder.logits()).unwrap()
}

fn greedy(decoder: &mut Decoder) -> Generation<'_> {
    decoder.generate(Sampler::new(SamplerOptions::default()), GenerateOptions::default())
}

fn decode(decoder: &mut Decoder, tokens: usize) -> Vec<u32> {
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
        let (mut cpu, mut gpu) = (load(cpu()), load(gpu(tuning, int_dot(false))));
        for len in LENGTHS {
            let (on_cpu, on_gpu) = (logits(&mut cpu, &prompt(len)), logits(&mut gpu, &prompt(len)));
            let worst = worst(&on_cpu, &on_gpu);
            assert!(worst < LOGIT_TOLERANCE, "{len} tokens, {tuning:?}: {worst}");
            let spread = on_cpu.iter().fold(0.0_f32, |max, x| max.max(x.abs()));
            assert!(spread > 0.1, "the model says something: {spread}");
            assert_eq!(decode(&mut cpu, 10), decode(&mut gpu, 10), "after {len} tokens, {tuning:?}");
        }
    }
}

/// Of more positions than a KV cache on a GPU has room for at first.
#[test]
fn a_growing_kv_cache_loses_nothing() {
    let long = prompt(1100);
    let on = |device| {
        let (gguf, mut source) = tiny::parse(tiny::file());
        let decoder = Decoder::load(&gguf, &mut source, device, 2048, &Uninterrupted);
        let mut decoder = block_on(decoder).unwrap();
        // In two parts: what was computed before the cache grew is kept.
        block_on(decoder.prefill(&long[..600], &Uninterrupted)).unwrap();
        let took = block_on(decoder.prefill(&long, &Uninterrupted)).unwrap();
        assert_eq!(took.reused, 600);
        block_on(decoder.logits()).unwrap()
    };
    let worst = worst(&on(cpu()), &on(gpu(Tuning::Software, int_dot(false))));
    assert!(worst < LOGIT_TOLERANCE, "{worst}");
}

#[test]
fn integers_are_close() {
    let mut accurate = load(cpu());
    let (mut cpu, mut gpu) =
        (load(Device::cpu(Precision::Bits8)), load(gpu(Tuning::Hardware, int_dot(true))));
    for len in LENGTHS {
        let expected = logits(&mut accurate, &prompt(len));
        for decoder in [&mut cpu, &mut gpu] {
            let worst = worst(&expected, &logits(decoder, &prompt(len)));
            assert!(worst < INTEGER_TOLERANCE, "{len} tokens: {worst}");
        }
    }
}

#[test]
fn decode_equals_prefill_of_the_same_text() {
    let mut decoder = load(cpu());
    let mut ids = vec![3, 1, 4, 1, 5];
    block_on(decoder.prefill(&ids, &Uninterrupted)).unwrap();
    ids.extend(decode(&mut decoder, 12));
    let last = ids.pop().unwrap();
    let prefilled = logits(&mut load(cpu()), &ids);
    assert_eq!(kernels::reference::argmax(&prefilled), last as usize);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever is in the KV cache, a prompt's logits are the same.
    #[test]
    fn history_does_not_matter(prompts in prop::collection::vec(prop::collection::vec(0_u32..4, 1..40), 1..6)) {
        let mut used = load(cpu());
        for prompt in &prompts {
            let fresh = logits(&mut load(cpu()), prompt);
            prop_assert!(worst(&fresh, &logits(&mut used, prompt)) < LOGIT_TOLERANCE);
        }
    }
}

/// Chunks of these lengths in turn.
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

    /// However a prompt is cut, which depends on time, a processor computes the same.
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

/// Stops after so many calls.
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

    fn prefill_chunk(&self, _preferred: &mut usize, most: usize) -> usize {
        most.min(16)
    }
}

#[test]
fn a_stopped_prompt_leaves_nothing_behind() {
    let mut decoder = load(cpu());
    let long: Vec<u32> = (0..60).collect();
    let stopped = block_on(decoder.prefill(&long, &StopAfter(Cell::new(1))));
    assert!(matches!(stopped, Err(Error::Stopped)));
    let next = block_on(greedy(&mut decoder).next());
    assert!(matches!(next, Err(Error::EmptyPrompt)), "half a prompt is not continued");
    let short = [5, 6, 7];
    assert_eq!(logits(&mut decoder, &short), logits(&mut load(cpu()), &short));
}

#[test]
fn bad_prompts_are_refused() {
    let mut decoder = load(cpu());
    let mut prefill = |ids: &[u32]| block_on(decoder.prefill(ids, &Uninterrupted)).unwrap_err();
    assert!(matches!(prefill(&[]), Error::EmptyPrompt));
    assert!(matches!(prefill(&[1, 96]), Error::Token { id: 96, vocab: 96 }));
    assert!(matches!(prefill(&[1; 128]), Error::ContextFull { needed: 129, context: 128 }));
}

#[test]
fn heads_too_wide_for_32_bits_are_refused() {
    let (gguf, _) = tiny::parse(tiny::file());
    let mut writer = Writer::new();
    for (key, value) in gguf.iter() {
        match key {
            "llama.attention.head_count" => writer.set(key, 1_u32 << 23),
            "llama.attention.key_length" | "llama.attention.value_length" | "llama.rope.dimension_count" => {
                writer.set(key, 1024_u32)
            }
            _ => writer.set(key, value.clone()),
        };
    }
    for tensor in &gguf.tensors {
        writer.tensor(&tensor.name, tensor.ty, &tensor.shape).unwrap();
    }
    let (gguf, _) = tiny::parse(writer.to_bytes(|_, _| {}));
    let error = Config::from_gguf(&gguf).unwrap_err();
    assert!(matches!(error, Error::Config { key: "attention.head_count", .. }), "{error:?}");
}

/// The tiny model's file without a tensor, and without weights.
fn without(name: &str) -> Vec<u8> {
    let (gguf, _) = tiny::parse(tiny::file());
    let mut writer = Writer::new();
    for (key, value) in gguf.iter() {
        writer.set(key, value.clone());
    }
    for tensor in gguf.tensors.iter().filter(|tensor| tensor.name != name) {
        writer.tensor(&tensor.name, tensor.ty, &tensor.shape).unwrap();
    }
    writer.to_bytes(|_, _| {})
}

#[test]
fn bad_files_are_refused() {
    let missing = "blk.1.ffn_up.weight";
    let (gguf, mut source) = tiny::parse(without(missing));
    let loaded = block_on(Decoder::load(&gguf, &mut source, cpu(), 128, &Uninterrupted));
    assert!(matches!(loaded, Err(Error::MissingTensor(name)) if name == missing));

    let mut other = Writer::new();
    other.set("general.architecture", "mamba");
    let (gguf, mut source) = tiny::parse(other.to_bytes(|_, _| {}));
    let loaded = block_on(Decoder::load(&gguf, &mut source, cpu(), 128, &Uninterrupted));
    assert!(matches!(loaded, Err(Error::UnsupportedFamily(family)) if family == "mamba"));

    let mut file = tiny::file();
    let (gguf, _) = tiny::parse(file.clone());
    file.truncate(file.len() - 100);
    let mut cut = std::io::Cursor::new(file);
    let loaded = block_on(Decoder::load(&gguf, &mut cut, cpu(), 128, &Uninterrupted));
    assert!(matches!(loaded, Err(Error::Read(_))));
}
