//! Decode on a tiny seeded model: drafts change nothing, an end leaves nothing behind, a full
//! context is no end.

use crate::devices::{cpu, gpu, int_dot};
use decoder::{
    Decoder, Device, Error, GenerateOptions, Generation, LookupStats, Sampler, SamplerOptions, Uninterrupted,
};
use kernels::gpu::Tuning;
use pollster::block_on;
use proptest::prelude::*;
use tests::tiny;

/// Positions there are.
const CONTEXT: usize = 128;

fn load(device: Device) -> Decoder {
    let (gguf, mut source) = tiny::parse(tiny::file());
    block_on(Decoder::load(&gguf, &mut source, device, CONTEXT, &Uninterrupted)).unwrap()
}

/// All checks, one after the other: compiling kernels takes far longer than they do.
fn on_gpu(device: Device) {
    let mut decoder = load(device);
    repetitions_are_drafted(&mut decoder);
    an_end_leaves_nothing_behind(&mut decoder);
    what_was_decoded_is_a_prefix(&mut decoder);
    a_full_context_is_shortened(&mut decoder, true);
    more_can_be_asked_for_than_announced(&mut decoder);
}

/// As on software adapters: a step is waited for before the next.
#[test]
fn decode_on_gpu_step_by_step() {
    on_gpu(gpu(Tuning::Software, int_dot(false)));
}

/// As on hardware: several steps are in flight.
#[test]
fn decode_on_gpu_with_steps_in_flight() {
    on_gpu(gpu(Tuning::Hardware, int_dot(false)));
}

/// As on hardware that rounds prompts to integers.
#[test]
fn decode_on_gpu_after_prefill_in_integers() {
    on_gpu(gpu(Tuning::Hardware, int_dot(true)));
}

fn prefill(decoder: &mut Decoder, ids: &[u32]) {
    block_on(decoder.prefill(ids, &Uninterrupted)).unwrap();
}

fn begin(decoder: &mut Decoder, options: SamplerOptions, lookup: bool) -> Generation<'_> {
    decoder.generate(Sampler::new(options), GenerateOptions { lookup, ..Default::default() })
}

fn take(generation: &mut Generation<'_>, tokens: usize) -> Vec<u32> {
    (0..tokens).map(|_| block_on(generation.next()).unwrap()).collect()
}

/// What is decoded after a prompt, greedily and without drafts.
fn decode(decoder: &mut Decoder, prompt: &[u32], tokens: usize) -> Vec<u32> {
    prefill(decoder, prompt);
    take(&mut begin(decoder, SamplerOptions::default(), false), tokens)
}

/// Decodes with drafts and without; both are the same. Gives what became of all drafts so far.
fn drafts_change_nothing(
    decoder: &mut Decoder,
    options: &SamplerOptions,
    prompt: &[u32],
    tokens: usize,
) -> LookupStats {
    let mut decode = |lookup| {
        prefill(decoder, prompt);
        take(&mut begin(decoder, options.clone(), lookup), tokens)
    };
    let (plain, drafted) = (decode(false), decode(true));
    assert_eq!(plain, drafted);
    decoder.lookup()
}

/// Sampling that often repeats itself: the prompt's few tokens are likely.
fn repetitive(seed: u32) -> SamplerOptions {
    let bias = (1..4).map(|id| (id, 6.0)).collect();
    SamplerOptions { temperature: 0.8, seed, bias, ..Default::default() }
}

fn repetitions_are_drafted(decoder: &mut Decoder) {
    let stats = drafts_change_nothing(decoder, &SamplerOptions::default(), &[1, 2, 3, 1, 2, 3], 100);
    assert!(stats.accepted > 0, "{stats:?}");
    for seed in 0..5 {
        drafts_change_nothing(decoder, &repetitive(seed), &[1, 2, 3, 1, 2, 3, 1, 2], 40);
        // A longer prompt than steps of few tokens have; one token is so likely that drafts are
        // long, and fail at last.
        let bias = vec![(1, 6.5), (2, 3.0)];
        let options = SamplerOptions { temperature: 0.8, seed, bias, ..Default::default() };
        drafts_change_nothing(decoder, &options, &[1; 30], 80);
    }
    let stats = decoder.lookup();
    assert!(stats.accepted > 0 && stats.accepted < stats.drafted, "{stats:?}");
}

#[test]
fn repetitions_are_drafted_on_cpu() {
    repetitions_are_drafted(&mut load(cpu()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn drafts_change_nothing_ever(
        prompt in prop::collection::vec(0_u32..4, 2..40),
        tokens in 1_usize..140,
        seed in any::<u32>(),
        temperature in prop::sample::select(vec![0.0_f32, 0.3, 0.8]),
        top_k in 0_usize..4,
        repetition_penalty in prop::sample::select(vec![1.0_f32, 1.1]),
    ) {
        let options = SamplerOptions { temperature, top_k, repetition_penalty, ..repetitive(seed) };
        drafts_change_nothing(&mut load(cpu()), &options, &prompt, tokens);
    }
}

fn an_end_leaves_nothing_behind(decoder: &mut Decoder) {
    let whole = decode(decoder, &[5, 6, 7], 24);
    prefill(decoder, &[5, 6, 7]);
    let mut parts = Vec::new();
    for tokens in [1, 4, 2, 7, 10] {
        parts.extend(take(&mut begin(decoder, SamplerOptions::default(), true), tokens));
    }
    assert_eq!(parts, whole, "decode goes on after the last token that was given out");

    take(&mut begin(decoder, SamplerOptions::default(), true), 3);
    assert_eq!(decode(decoder, &[5, 6, 7], 24), whole, "another text is not disturbed");
}

#[test]
fn an_end_leaves_nothing_behind_on_cpu() {
    an_end_leaves_nothing_behind(&mut load(cpu()));
}

fn what_was_decoded_is_a_prefix(decoder: &mut Decoder) {
    let mut text = vec![9, 8, 7, 9, 8, 7, 9, 8];
    prefill(decoder, &text);
    text.extend(take(&mut begin(decoder, SamplerOptions::default(), true), 20));
    // The last token was not computed, the one after it is new.
    let longer: Vec<u32> = text.iter().copied().chain([11]).collect();
    let took = block_on(decoder.prefill(&longer, &Uninterrupted)).unwrap();
    assert_eq!((took.reused, took.computed), (27, 2));
    let reused = block_on(decoder.logits()).unwrap();
    let mut fresh = load(cpu());
    prefill(&mut fresh, &longer);
    let worst =
        block_on(fresh.logits()).unwrap().iter().zip(&reused).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(worst < 1e-3, "{worst}");
}

#[test]
fn what_was_decoded_is_a_prefix_on_cpu() {
    what_was_decoded_is_a_prefix(&mut load(cpu()));
}

/// The same as a prefill of the shortened text.
fn a_full_context_is_shortened(decoder: &mut Decoder, lookup: bool) {
    let prompt: Vec<u32> = (0..100).map(|i| i * 7 % tiny::VOCAB).collect();
    prefill(decoder, &prompt);
    let mut generation = begin(decoder, SamplerOptions::default(), lookup);
    let mut text = prompt;
    text.extend(take(&mut generation, 29));
    assert_eq!((text.len(), generation.dropped()), (CONTEXT + 1, 0), "the last token needs no position");
    let after = take(&mut generation, 70);
    assert!(generation.dropped() > 61, "more than once");
    drop(generation);

    let shortened: Vec<u32> = text[..4].iter().chain(&text[4 + 61..]).copied().collect();
    // Nothing of the text is in the KV cache any more.
    prefill(decoder, &[1]);
    assert_eq!(decode(decoder, &shortened, 29), after[..29]);
}

#[test]
fn a_full_context_is_shortened_on_cpu() {
    let mut decoder = load(cpu());
    a_full_context_is_shortened(&mut decoder, false);
    a_full_context_is_shortened(&mut decoder, true);
}

fn more_can_be_asked_for_than_announced(decoder: &mut Decoder) {
    let whole = decode(decoder, &[5, 6, 7], 20);
    prefill(decoder, &[5, 6, 7]);
    let options = GenerateOptions { max_tokens: 6, ..Default::default() };
    let mut generation = decoder.generate(Sampler::new(SamplerOptions::default()), options);
    assert_eq!(take(&mut generation, 20), whole);
}

#[test]
fn more_can_be_asked_for_than_announced_on_cpu() {
    more_can_be_asked_for_than_announced(&mut load(cpu()));
}

#[test]
fn nothing_is_decoded_without_a_prompt() {
    let mut decoder = load(cpu());
    let mut generation = begin(&mut decoder, SamplerOptions::default(), true);
    assert!(matches!(block_on(generation.next()), Err(Error::EmptyPrompt)));
}
