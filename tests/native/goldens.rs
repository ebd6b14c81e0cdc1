//! The engine against the reference engine (`tests/golden/README.md`): token ids, logits, greedy text and perplexity, on
//! both backends.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use decoder::{Decoder, Device, Sampler, SamplerOptions, Unpaced};
use gguf::Gguf;
use pollster::block_on;
use prompt::{Special, Tokenizer};
use serde::Deserialize;
use std::fs::File;

/// Where the reference's best two logits are closer than this, an honest engine may choose the other token.
const CLEAR_MARGIN: f32 = 0.5;

/// Largest accepted difference from the reference's logits: they differ in the order of additions only.
const LOGIT_TOLERANCE: f32 = 0.02;

/// Perplexity of the first 512 tokens of `text.txt` by the reference with `f32` activations, and how far we may be off.
const PERPLEXITY: f64 = 24.35;
const PERPLEXITY_TOLERANCE: f64 = 0.005;

#[derive(Deserialize)]
struct Golden {
    generate: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    prompt_ids: Vec<u32>,
    f32: Output,
}

#[derive(Deserialize)]
struct Output {
    output_ids: Vec<u32>,
    top2_margin: Vec<f32>,
    top20_first: Vec<(u32, f32)>,
}

fn golden() -> Golden {
    let path = tests::root().join("tests/golden/smollm2-135m-instruct-q4_1.json");
    serde_json::from_reader(File::open(path).unwrap()).unwrap()
}

fn load(device: Device) -> (Gguf, Decoder) {
    let path = tests::default_model();
    let gguf = tests::read_header(&path);
    let mut file = File::open(path).unwrap();
    let decoder = block_on(Decoder::load(&gguf, &mut file, device, 2048, &Unpaced)).unwrap();
    (gguf, decoder)
}

fn gpu() -> Device {
    let context = block_on(kernels::gpu::Context::request(None));
    Device::Gpu(Box::new(
        context.expect("a Vulkan adapter: a driver, or mesa-vulkan-drivers for a software one"),
    ))
}

/// Greedy output follows the reference token by token. The first departure from it ends the comparison of that prompt,
/// and is an error unless the reference itself was undecided there.
fn greedy_matches(device: Device) {
    let (_, mut decoder) = load(device);
    let (mut compared, mut departures) = (0, Vec::new());
    for case in golden().generate {
        block_on(decoder.prefill(&case.prompt_ids, &Unpaced)).unwrap();
        let logits = block_on(decoder.logits()).unwrap();
        for &(id, expected) in &case.f32.top20_first {
            let found = logits[id as usize];
            assert!(
                (found - expected).abs() < LOGIT_TOLERANCE,
                "{}: token {id}: {found}, not {expected}",
                case.name
            );
        }
        let mut sampler = Sampler::new(SamplerOptions::default());
        for (i, (&expected, &margin)) in case.f32.output_ids.iter().zip(&case.f32.top2_margin).enumerate() {
            let id = block_on(decoder.next(&mut sampler)).unwrap();
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
    println!("{compared} tokens equal to the reference; departures where it was undecided: {departures:?}");
}

#[test]
fn greedy_matches_reference_on_cpu() {
    greedy_matches(Device::Cpu);
}

#[test]
fn greedy_matches_reference_on_gpu() {
    greedy_matches(gpu());
}

#[test]
fn perplexity_matches_reference_on_cpu() {
    let (gguf, mut decoder) = load(Device::Cpu);
    let text = std::fs::read_to_string(tests::root().join("tests/golden/text.txt")).unwrap();
    let ids = Tokenizer::from_gguf(&gguf).unwrap().encode(&text, Special::AsText);
    let perplexity = block_on(decoder.perplexity(&ids[..512])).unwrap();
    println!("perplexity {perplexity:.3}, reference {PERPLEXITY}");
    assert!((perplexity / PERPLEXITY - 1.0).abs() < PERPLEXITY_TOLERANCE, "{perplexity}");
}

#[test]
fn a_shared_prefix_is_not_read_again_and_changes_nothing() {
    let (_, mut decoder) = load(Device::Cpu);
    let case = &golden().generate[0];
    let first = block_on(decoder.prefill(&case.prompt_ids, &Unpaced)).unwrap();
    let fresh = block_on(decoder.logits()).unwrap();
    assert_eq!(first.reused, 0);
    block_on(decoder.prefill(&case.prompt_ids[..20], &Unpaced)).unwrap();
    let again = block_on(decoder.prefill(&case.prompt_ids, &Unpaced)).unwrap();
    assert_eq!((again.reused, again.computed), (20, case.prompt_ids.len() - 20));
    let reused = block_on(decoder.logits()).unwrap();
    let worst = fresh.iter().zip(&reused).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(worst < 1e-3, "{worst}");
}
