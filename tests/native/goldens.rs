//! The engine against the reference engine (`tests/golden/README.md`): token ids, logits, greedy
//! text and perplexity, on both backends.

use decoder::{
    Decoder, Device, GenerateOptions, KvFormat, Precision, Sampler, SamplerOptions, Uninterrupted,
};
use kernels::gpu::{Context, Features, Tuning};
use pollster::block_on;
use prompt::{Special, Tokenizer};
use serde::Deserialize;
use std::fs::File;

/// Where the reference's best two logits are closer than this, an honest engine may choose the
/// other token.
const CLEAR_MARGIN: f32 = 0.5;

/// Largest accepted difference from the reference's logits, which are up to 30: they differ in the
/// order of additions, and keys and values may be kept in 16 bits.
const LOGIT_TOLERANCE: f32 = 0.02;

/// The same where prefill rounds activations to 8-bit integers: the reference, rounding too, is
/// 0.86 from itself.
const INTEGERS_TOLERANCE: f32 = 1.25;

/// The same where keys and values are.
const Q8_0_TOLERANCE: f32 = 0.5;

/// How far from the reference's perplexity, relatively, an engine may be.
const PERPLEXITY_TOLERANCE: f64 = 0.005;

/// How far from the figure that was measured of this engine: what another processor's rounding may
/// change.
const MEASURED_TOLERANCE: f64 = 0.0005;

/// A model with what the reference made of it.
struct Model {
    id: &'static str,
    golden: &'static str,
    /// Of the first 512 tokens of `text.txt`, by the reference with `f32` activations.
    perplexity: f64,
    /// The same of this engine, with 16-bit activations.
    measured: f64,
}

const SMOLLM2: Model = Model {
    id: tests::DEFAULT_MODEL,
    golden: "smollm2-135m-instruct-q4_1.json",
    perplexity: 24.35,
    measured: 24.347,
};

const GEMMA3: Model =
    Model { id: tests::TRANSLATOR, golden: "gemma-3-270m-q4_k_m.json", perplexity: 22.06, measured: 22.058 };

#[derive(Deserialize)]
struct Golden {
    generate: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    rendered: String,
    prompt_ids: Vec<u32>,
    f32: Output,
}

#[derive(Deserialize)]
struct Output {
    output_ids: Vec<u32>,
    top2_margin: Vec<f32>,
    top20_first: Vec<(u32, f32)>,
}

impl Model {
    fn golden(&self) -> Golden {
        let path = tests::root().join("tests/golden").join(self.golden);
        serde_json::from_reader(File::open(path).unwrap()).unwrap()
    }

    fn load(&self, device: Device) -> Decoder {
        tests::load(&tests::model(self.id), device, 2048).1
    }

    /// Token ids of a text, with the token that begins one where the model wants it.
    fn encode(&self, text: &str, special: Special) -> Vec<u32> {
        let tokenizer = Tokenizer::from_gguf(&tests::open(&tests::model(self.id)).0).unwrap();
        tokenizer.encode_with_bos(text, special)
    }
}

/// The adapter that `SOTTO_ADAPTER` names, else the most powerful one, with the kernels that suit
/// it.
fn adapter() -> Context {
    let name = std::env::var("SOTTO_ADAPTER").ok();
    let context = block_on(Context::request(name.as_deref()));
    context.expect("a Vulkan adapter: a driver, or mesa-vulkan-drivers for a software one")
}

/// The adapter with the kernels for hardware, and with these of its features.
fn hardware(features: impl FnOnce(Features) -> Features) -> Context {
    let context = adapter().with_tuning(Tuning::Hardware);
    let features = features(context.features());
    context.with_features(features)
}

/// A device, and how far it may be from the reference.
struct Variant {
    device: Device,
    tolerance: f32,
}

impl Variant {
    fn cpu() -> Self {
        Self { device: Device::cpu(Precision::Bits16), tolerance: LOGIT_TOLERANCE }
    }

    fn cpu_in_8_bits() -> Self {
        Self { device: Device::cpu(Precision::Bits8), tolerance: INTEGERS_TOLERANCE }
    }

    fn gpu(context: Context, kv: KvFormat) -> Self {
        let integers = context.tuning() == Tuning::Hardware && context.features().int_dot;
        let tolerance = match (integers, kv) {
            (true, _) => INTEGERS_TOLERANCE,
            (false, KvFormat::Q8_0) => Q8_0_TOLERANCE,
            (false, KvFormat::F32 | KvFormat::F16) => LOGIT_TOLERANCE,
        };
        Self { device: Device::Gpu(Box::new(context), kv), tolerance }
    }
}

/// Greedy output follows the reference token by token. The first departure from it ends the comparison
/// of that prompt, and is an error unless the reference itself was undecided there. Of each prompt, by
/// its name, so many `tokens` are compared; none leaves it out. At least so many of all are `equal`.
fn greedy_matches(model: &Model, variant: Variant, tokens: impl Fn(&str) -> usize, equal: usize) {
    let mut decoder = model.load(variant.device);
    let (mut compared, mut total, mut worst, mut departures) = (0, 0, 0.0_f32, Vec::new());
    for case in model.golden().generate {
        let tokens = tokens(&case.name).min(case.f32.output_ids.len());
        if tokens == 0 {
            continue;
        }
        block_on(decoder.prefill(&case.prompt_ids, &Uninterrupted)).unwrap();
        let logits = block_on(decoder.logits()).unwrap();
        for &(id, expected) in &case.f32.top20_first {
            let found = logits[id as usize];
            worst = worst.max((found - expected).abs());
            assert!(worst < variant.tolerance, "{}: token {id}: {found}, not {expected}", case.name);
        }
        total += tokens;
        let sampler = Sampler::new(SamplerOptions::default());
        let options = GenerateOptions { max_tokens: tokens, ..GenerateOptions::default() };
        let mut generation = decoder.generate(sampler, options);
        let expected = case.f32.output_ids.iter().zip(&case.f32.top2_margin).take(tokens);
        for (i, (&expected, &margin)) in expected.enumerate() {
            let id = block_on(generation.next()).unwrap();
            if id != expected {
                assert!(
                    margin < CLEAR_MARGIN,
                    "{}: token {i} is {id}, not {expected}: margin {margin}",
                    case.name
                );
                departures.push(format!("{} at token {i} (margin {margin})", case.name));
                break;
            }
            compared += 1;
        }
    }
    println!(
        "{compared} of {total} tokens equal to the reference, logits within {worst}; departures where it \
         was undecided: {departures:?}"
    );
    assert!(compared >= equal, "{compared} of {total} tokens are equal, no longer {equal}");
}

/// All of each prompt's output.
fn all(_: &str) -> usize {
    usize::MAX
}

/// Whether an adapter was asked for by name; else it is taken to be a program on the processor.
fn is_named() -> bool {
    std::env::var_os("SOTTO_ADAPTER").is_some()
}

/// Of these prompts so many tokens: a software adapter takes up to seconds for each. What is special about long
/// ones, a KV cache that grows and a window that is left behind, tiny models have too, in the decoder's own tests.
fn few(names: &'static [&str], tokens: usize) -> impl Fn(&str) -> usize {
    let tokens = if is_named() { usize::MAX } else { tokens };
    move |name| if names.contains(&name) { tokens } else { 0 }
}

fn prompts_match(model: &Model) {
    for case in model.golden().generate {
        assert_eq!(model.encode(&case.rendered, Special::Recognise), case.prompt_ids, "{}", case.name);
    }
}

fn perplexity_matches(model: &Model) {
    let mut decoder = model.load(Device::cpu(Precision::Bits16));
    let text = std::fs::read_to_string(tests::root().join("tests/golden/text.txt")).unwrap();
    let ids = model.encode(&text, Special::AsText);
    let found = block_on(decoder.perplexity(&ids[..512], 1, 1)).unwrap().value;
    println!("perplexity {found:.3}, reference {}", model.perplexity);
    assert!((found / model.perplexity - 1.0).abs() < PERPLEXITY_TOLERANCE, "{found}");
    assert!((found / model.measured - 1.0).abs() < MEASURED_TOLERANCE, "{found}, was {}", model.measured);
}

#[test]
fn smollm2_tokenizes_prompts_as_the_reference() {
    prompts_match(&SMOLLM2);
}

#[test]
fn smollm2_greedy_matches_reference_on_cpu() {
    greedy_matches(&SMOLLM2, Variant::cpu(), all, 281);
}

#[test]
fn smollm2_greedy_matches_reference_on_cpu_in_8_bits() {
    greedy_matches(&SMOLLM2, Variant::cpu_in_8_bits(), all, 97);
}

#[test]
fn smollm2_greedy_matches_reference_on_gpu() {
    greedy_matches(&SMOLLM2, Variant::gpu(adapter(), KvFormat::F16), few(&["capital", "code"], 24), 32);
}

#[test]
fn smollm2_greedy_matches_reference_with_kernels_for_hardware() {
    let context = hardware(|features| Features { int_dot: false, ..features });
    greedy_matches(&SMOLLM2, Variant::gpu(context, KvFormat::F16), few(&["capital", "code"], 4), 8);
}

#[test]
fn smollm2_greedy_matches_reference_without_subgroups() {
    let context = hardware(|_| Features::default());
    greedy_matches(&SMOLLM2, Variant::gpu(context, KvFormat::F32), few(&["capital"], 4), 4);
}

#[test]
fn smollm2_greedy_matches_reference_in_integers() {
    let context = hardware(|features| Features { int_dot: true, ..features });
    greedy_matches(&SMOLLM2, Variant::gpu(context, KvFormat::F16), few(&["capital", "code"], 8), 8);
}

#[test]
fn smollm2_greedy_matches_reference_with_q8_0_keys_and_values() {
    let context = adapter();
    let features = Features { int_dot: false, ..context.features() };
    greedy_matches(
        &SMOLLM2,
        Variant::gpu(context.with_features(features), KvFormat::Q8_0),
        few(&["capital", "code"], 8),
        16,
    );
}

#[test]
fn smollm2_perplexity_matches_reference() {
    perplexity_matches(&SMOLLM2);
}

#[test]
fn gemma3_tokenizes_prompts_as_the_reference() {
    prompts_match(&GEMMA3);
}

#[test]
fn gemma3_greedy_matches_reference_on_cpu() {
    greedy_matches(&GEMMA3, Variant::cpu(), all, 320);
}

#[test]
fn gemma3_greedy_matches_reference_on_cpu_in_8_bits() {
    greedy_matches(&GEMMA3, Variant::cpu_in_8_bits(), all, 220);
}

#[test]
fn gemma3_greedy_matches_reference_on_gpu() {
    greedy_matches(&GEMMA3, Variant::gpu(adapter(), KvFormat::F16), few(&["capital", "fewshot-fr"], 12), 24);
}

#[test]
fn gemma3_greedy_matches_reference_with_kernels_for_hardware() {
    let context = hardware(|features| Features { int_dot: false, ..features });
    greedy_matches(&GEMMA3, Variant::gpu(context, KvFormat::F16), few(&["capital"], 4), 4);
}

#[test]
fn gemma3_greedy_matches_reference_without_subgroups() {
    let context = hardware(|_| Features::default());
    greedy_matches(&GEMMA3, Variant::gpu(context, KvFormat::F32), few(&["capital"], 4), 4);
}

#[test]
fn gemma3_greedy_matches_reference_in_integers() {
    let context = hardware(|features| Features { int_dot: true, ..features });
    greedy_matches(&GEMMA3, Variant::gpu(context, KvFormat::Q8_0), few(&["fewshot-fr"], 4), 4);
}

#[test]
fn gemma3_perplexity_matches_reference() {
    perplexity_matches(&GEMMA3);
}

#[test]
fn a_shared_prefix_is_not_computed_again_and_changes_nothing() {
    let mut decoder = SMOLLM2.load(Device::cpu(Precision::Bits16));
    let case = &SMOLLM2.golden().generate[0];
    let first = block_on(decoder.prefill(&case.prompt_ids, &Uninterrupted)).unwrap();
    let fresh = block_on(decoder.logits()).unwrap();
    assert_eq!(first.reused, 0);
    block_on(decoder.prefill(&case.prompt_ids[..20], &Uninterrupted)).unwrap();
    let again = block_on(decoder.prefill(&case.prompt_ids, &Uninterrupted)).unwrap();
    assert_eq!((again.reused, again.computed), (20, case.prompt_ids.len() - 20));
    let reused = block_on(decoder.logits()).unwrap();
    let worst = fresh.iter().zip(&reused).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(worst < 1e-3, "{worst}");
}
