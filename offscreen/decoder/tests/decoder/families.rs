//! Each family against an independent implementation, on tiny seeded models:
//! `tests/oracle/README.md`.

use crate::devices::{cpu, gpu};
use crate::oracle;
use decoder::{Decoder, Device, GenerateOptions, Sampler, SamplerOptions, Uninterrupted};
use kernels::gpu::{Features, Tuning};
use pollster::block_on;
use serde::Deserialize;
use std::fs::File;
use std::io::Cursor;

/// Largest accepted difference of a logit from the reference's, which computes in `f64`. The logits
/// reach from 2 to 7.
pub(crate) const LOGIT_TOLERANCE: f32 = 1e-4;

/// The same on the CPU, where activations are 16-bit integers.
pub(crate) const CPU_TOLERANCE: f32 = 2e-3;

#[derive(Deserialize)]
struct Reference {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    prompt_ids: Vec<u32>,
    logits: Vec<f32>,
    output_ids: Vec<u32>,
}

/// Every variant of the kernels.
fn matches_reference_on_gpu(model: &str) {
    matches_reference(model, gpu(Tuning::Software, |_| Features::default()));
    matches_reference(model, gpu(Tuning::Hardware, |_| Features::default()));
    matches_reference(model, gpu(Tuning::Hardware, |features| features));
}

fn matches_reference(model: &str, device: Device) {
    let file = oracle::file(model);
    let gguf = oracle::parse(&file);
    let is_cpu = matches!(device, Device::Cpu(..));
    let tolerance = if is_cpu { CPU_TOLERANCE } else { LOGIT_TOLERANCE };
    let mut decoder =
        block_on(Decoder::load(&gguf, &mut Cursor::new(file), device, 128, &Uninterrupted)).unwrap();
    follows_reference(&mut decoder, model, tolerance);
}

/// Holds a loaded model to the outputs of this name.
pub(crate) fn follows_reference(decoder: &mut Decoder, model: &str, tolerance: f32) {
    let reference = File::open(oracle::path(&format!("{model}.json"))).unwrap();
    let reference: Reference = serde_json::from_reader(reference).unwrap();
    for case in reference.cases {
        let tokens = case.prompt_ids.len();
        block_on(decoder.prefill(&case.prompt_ids, &Uninterrupted)).unwrap();
        let logits = block_on(decoder.logits()).unwrap();
        assert_eq!(logits.len(), case.logits.len());
        for (id, (found, expected)) in logits.iter().zip(&case.logits).enumerate() {
            let error = (found - expected).abs();
            assert!(error < tolerance, "{tokens} tokens, logit {id}: {found}, not {expected}");
        }
        let sampler = Sampler::new(SamplerOptions::default());
        let mut generation = decoder.generate(sampler, GenerateOptions::default());
        for &expected in &case.output_ids {
            assert_eq!(block_on(generation.next()).unwrap(), expected, "after {tokens} tokens");
        }
    }
}

#[test]
fn llama3_rope_scaling_on_cpu() {
    matches_reference("llama3-rope", cpu());
}

#[test]
fn llama3_rope_scaling_on_gpu() {
    matches_reference_on_gpu("llama3-rope");
}

#[test]
fn qwen2_on_cpu() {
    matches_reference("qwen2", cpu());
}

#[test]
fn qwen2_on_gpu() {
    matches_reference_on_gpu("qwen2");
}

#[test]
fn qwen3_on_cpu() {
    matches_reference("qwen3", cpu());
}

#[test]
fn qwen3_on_gpu() {
    matches_reference_on_gpu("qwen3");
}

#[test]
fn gemma3_on_cpu() {
    matches_reference("gemma3", cpu());
}

#[test]
fn gemma3_on_gpu() {
    matches_reference_on_gpu("gemma3");
}

#[test]
fn smollm3_on_cpu() {
    matches_reference("smollm3", cpu());
}

#[test]
fn smollm3_on_gpu() {
    matches_reference_on_gpu("smollm3");
}

#[test]
fn granite_on_cpu() {
    matches_reference("granite", cpu());
}

#[test]
fn granite_on_gpu() {
    matches_reference_on_gpu("granite");
}
