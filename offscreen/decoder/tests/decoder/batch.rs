//! Several texts in each step, on tiny seeded models: each has the tokens that it has alone.

use crate::adapters::add;
use crate::devices::{cpu, gpu, int_dot};
use crate::oracle;
use decoder::{
    Decoder, Device, Error, GenerateOptions, Precision, Sampler, SamplerOptions, Scheduler, SequenceId,
    SequenceOptions, Uninterrupted,
};
use kernels::gpu::Tuning;
use pollster::block_on;
use proptest::prelude::*;
use std::io::Cursor;
use std::ops::ControlFlow;
use tests::tiny;

/// A text to be written, and when.
#[derive(Clone, Debug)]
struct Wanted {
    prompt: Vec<u32>,
    sampler: SamplerOptions,
    adapted: bool,
    tokens: usize,
    /// Steps before it comes.
    joins: usize,
    /// Tokens after which it is given up.
    leaves: Option<usize>,
}

impl Wanted {
    fn adapter(&self) -> Option<&str> {
        self.adapted.then_some("one")
    }

    fn options(&self) -> SequenceOptions {
        SequenceOptions {
            adapter: self.adapter().map(str::to_owned),
            sampler: observed(&self.sampler, &self.prompt),
            max_tokens: self.tokens,
        }
    }
}

fn observed(options: &SamplerOptions, prompt: &[u32]) -> Sampler {
    let mut sampler = Sampler::new(options.clone());
    prompt.iter().for_each(|&id| sampler.observe(id));
    sampler
}

/// Prompts that often begin alike, some of them with more than is worth waiting for.
fn prompts() -> impl Strategy<Value = Vec<u32>> {
    let own = prop::collection::vec(0..32_u32, 1..24);
    (prop::sample::select(vec![0, 3, 40, 90]), own)
        .prop_map(|(shared, own)| (0..shared).map(|i| i * 7 % 32).chain(own).collect())
}

fn wanted() -> impl Strategy<Value = Wanted> {
    let sampler =
        (prop_oneof![Just(0.0_f32), Just(0.9)], prop_oneof![Just(1.0_f32), Just(1.3)], any::<u32>());
    let leaves = prop_oneof![2 => Just(None), 1 => (0_usize..12).prop_map(Some)];
    (prompts(), sampler, any::<bool>(), 1_usize..14, 0_usize..20, leaves).prop_map(
        |(prompt, (temperature, repetition_penalty, seed), adapted, tokens, joins, leaves)| {
            let sampler =
                SamplerOptions { temperature, repetition_penalty, seed, ..SamplerOptions::default() };
            Wanted { prompt, sampler, adapted, tokens, joins, leaves }
        },
    )
}

/// What each text has when it is written alone.
fn alone(decoder: &mut Decoder, wanted: &Wanted) -> Vec<u32> {
    decoder.use_adapter(wanted.adapter()).unwrap();
    // Nothing that was decoded is taken for a part of the prompt.
    block_on(decoder.prefill(&[wanted.prompt[0] ^ 1], &Uninterrupted)).unwrap();
    block_on(decoder.prefill(&wanted.prompt, &Uninterrupted)).unwrap();
    let options = GenerateOptions { lookup: false, max_tokens: wanted.tokens };
    let mut generation = decoder.generate(observed(&wanted.sampler, &wanted.prompt), options);
    (0..wanted.tokens).map(|_| block_on(generation.next()).unwrap()).collect()
}

/// Chunks of so many tokens.
struct Chunks(usize);

impl Scheduler for Chunks {
    async fn yield_now(&self, _: f32) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    fn prefill_chunk(&self, _: &mut usize, most: usize) -> usize {
        most.min(self.0)
    }
}

/// What each text has when they are written side by side.
fn together(decoder: &mut Decoder, wanted: &[Wanted], chunk: usize) -> Vec<Vec<u32>> {
    let mut written = vec![Vec::new(); wanted.len()];
    let mut waiting: Vec<usize> = (0..wanted.len()).collect();
    let mut live: Vec<(SequenceId, usize)> = Vec::new();
    for step in 0.. {
        waiting.retain(|&at| {
            let id = (wanted[at].joins <= step)
                .then(|| decoder.join(&wanted[at].prompt, &wanted[at].options()).unwrap())
                .flatten();
            live.extend(id.map(|id| (id, at)));
            id.is_none()
        });
        for (id, token) in block_on(decoder.step(&Chunks(chunk))).unwrap().chosen {
            let (_, at) = live.iter().find(|(other, _)| *other == id).unwrap();
            written[*at].push(token);
        }
        live.retain(|&(id, at)| {
            let Wanted { tokens, leaves, .. } = wanted[at];
            let ends = written[at].len() >= leaves.unwrap_or(tokens).min(tokens);
            if ends {
                decoder.leave(id);
            }
            !ends
        });
        assert!(step < 2000, "it ends");
        if live.is_empty() && waiting.is_empty() {
            break;
        }
    }
    written
}

/// Positions there are: for some of the texts at once, not for all.
const CONTEXT: usize = 512;

fn tiny(device: Device) -> Decoder {
    let (gguf, mut source) = tiny::parse(tiny::file());
    block_on(Decoder::load(&gguf, &mut source, device, CONTEXT, &Uninterrupted)).unwrap()
}

fn adapted(model: &str, device: Device) -> Decoder {
    let file = oracle::file(model);
    let gguf = oracle::parse(&file);
    let mut file = Cursor::new(file);
    let mut decoder = block_on(Decoder::load(&gguf, &mut file, device, CONTEXT, &Uninterrupted)).unwrap();
    add(&mut decoder, "one", model);
    decoder
}

/// Writes the texts alone, then side by side, then alone again.
fn same(decoder: &mut Decoder, wanted: &[Wanted], chunk: usize) -> Result<(), TestCaseError> {
    for _ in 0..2 {
        let expected: Vec<_> = wanted.iter().map(|wanted| alone(decoder, wanted)).collect();
        for ((found, expected), wanted) in together(decoder, wanted, chunk).iter().zip(expected).zip(wanted) {
            let len = wanted.leaves.unwrap_or(wanted.tokens).min(wanted.tokens);
            prop_assert!(found.len() >= len);
            prop_assert_eq!(found, &expected[..found.len()]);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Quantised weights, and prompts in 8 bits.
    #[test]
    fn side_by_side_as_alone(wanted in prop::collection::vec(wanted(), 1..12), chunk in 1_usize..150) {
        let wanted: Vec<_> = wanted.into_iter().map(|wanted| Wanted { adapted: false, ..wanted }).collect();
        same(&mut tiny(Device::cpu(Precision::Bits8)), &wanted, chunk)?;
    }

    /// With the adapter at work on some of them, sliding windows and weights that are floats.
    #[test]
    fn side_by_side_with_and_without_an_adapter(
        wanted in prop::collection::vec(wanted(), 1..12),
        chunk in 1_usize..150,
    ) {
        same(&mut adapted("gemma3", cpu()), &wanted, chunk)?;
    }
}

proptest! {
    // A software adapter takes long.
    #![proptest_config(ProptestConfig { cases: 3, max_shrink_iters: 0, ..ProptestConfig::default() })]

    /// Quantised weights; kernels of hardware and of software adapters, without those that round
    /// prompts to 8 bits: what a prompt shares with another is not read with it.
    #[test]
    fn side_by_side_as_alone_on_a_gpu(wanted in prop::collection::vec(wanted(), 1..16), hardware: bool) {
        let wanted: Vec<_> = wanted.into_iter().map(|wanted| Wanted { adapted: false, ..wanted }).collect();
        let tuning = if hardware { Tuning::Hardware } else { Tuning::Software };
        same(&mut tiny(gpu(tuning, int_dot(false))), &wanted, CONTEXT)?;
    }

    /// With the adapter at work on some of them, which are not beside the others, and sliding windows.
    #[test]
    fn side_by_side_with_and_without_an_adapter_on_a_gpu(wanted in prop::collection::vec(wanted(), 1..10)) {
        same(&mut adapted("gemma3", gpu(Tuning::Software, int_dot(false))), &wanted, CONTEXT)?;
    }
}

/// The processor and a GPU.
fn devices() -> [Device; 2] {
    [cpu(), gpu(Tuning::Software, int_dot(false))]
}

fn options(max_tokens: usize) -> SequenceOptions {
    SequenceOptions { adapter: None, sampler: Sampler::new(SamplerOptions::default()), max_tokens }
}

/// Reads all prompts; gives the tokens that were computed and those that were there.
fn read(decoder: &mut Decoder) -> (usize, usize) {
    let (mut computed, mut reused) = (0, 0);
    loop {
        let step = block_on(decoder.step(&Uninterrupted)).unwrap();
        if step.read.computed == 0 {
            return (computed, reused);
        }
        (computed, reused) = (computed + step.read.computed, reused + step.read.reused);
    }
}

#[test]
fn what_prompts_begin_with_is_read_once() {
    for device in devices() {
        read_once(&mut tiny(device));
    }
}

fn read_once(decoder: &mut Decoder) {
    let shared: Vec<u32> = (0..60).map(|i| i * 5 % 32).collect();
    let prompt = |end: u32| shared.iter().copied().chain([end, 1, 2]).collect::<Vec<_>>();
    let ids: Vec<_> =
        (0..3).map(|end| decoder.join(&prompt(end), &options(4)).unwrap().expect("room")).collect();
    assert_eq!(read(decoder), (63 + 3 + 3, 120));
    ids.into_iter().for_each(|id| decoder.leave(id));
    decoder.join(&prompt(9), &options(4)).unwrap().expect("room");
    assert_eq!(read(decoder), (3, 60), "also of one that has left");
}

#[test]
fn there_is_room_for_a_context_of_tokens_and_no_more_texts_than_it_is_wide() {
    for device in devices() {
        has_room(&mut tiny(device));
    }
}

fn has_room(decoder: &mut Decoder) {
    let long = vec![1; CONTEXT - 1];
    let first = decoder.join(&long, &options(1)).unwrap().expect("room");
    assert_eq!(decoder.join(&[2], &options(1)).unwrap(), None);
    decoder.leave(first);
    for _ in 0..decoder.width() {
        decoder.join(&[2, 3], &options(1)).unwrap().expect("room");
    }
    assert_eq!(decoder.join(&[2], &options(1)).unwrap(), None);
    assert!(matches!(decoder.join(&[], &options(1)), Err(Error::EmptyPrompt)));
    assert!(matches!(decoder.join(&vec![1; CONTEXT], &options(1)), Err(Error::ContextFull { .. })));
    let unknown = SequenceOptions { adapter: Some("two".to_owned()), ..options(1) };
    assert!(matches!(decoder.join(&[1], &unknown), Err(Error::UnknownAdapter(_))));
}
