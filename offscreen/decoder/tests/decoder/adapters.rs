//! LoRA adapters against an independent implementation, on tiny seeded models
//! (`tests/oracle/README.md`), and files that do not fit.

use crate::devices::{cpu, gpu};
use crate::families::{CPU_TOLERANCE, LOGIT_TOLERANCE, follows_reference};
use crate::oracle;
use decoder::{Decoder, Device, Error, GenerateOptions, Sampler, SamplerOptions, Uninterrupted};
use gguf::write::Writer;
use gguf::{Gguf, TensorType};
use kernels::gpu::{Features, Tuning};
use pollster::block_on;
use std::io::Cursor;
use tests::tiny;

const PROMPT: [u32; 20] = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4];

fn load(model: &str, device: Device) -> Decoder {
    let file = oracle::file(model);
    let gguf = oracle::parse(&file);
    block_on(Decoder::load(&gguf, &mut Cursor::new(file), device, 128, &Uninterrupted)).unwrap()
}

/// Adds the model's adapter under this name.
pub(crate) fn add(decoder: &mut Decoder, name: &str, model: &str) {
    let file = oracle::file(&format!("{model}-adapter"));
    let header = oracle::parse(&file);
    let base = header.str("sotto.base.sha256").unwrap().to_owned();
    block_on(decoder.add_adapter(name, &header, &mut Cursor::new(file), Some(&base), &Uninterrupted))
        .unwrap();
}

/// The logits after the prompt, and what follows greedily.
fn outputs(decoder: &mut Decoder) -> (Vec<f32>, Vec<u32>) {
    // Nothing of the prompt is there already: in how many steps it is computed makes a difference.
    block_on(decoder.prefill(&[0], &Uninterrupted)).unwrap();
    block_on(decoder.prefill(&PROMPT, &Uninterrupted)).unwrap();
    let logits = block_on(decoder.logits()).unwrap();
    let options = GenerateOptions { lookup: false, ..Default::default() };
    let mut generation = decoder.generate(Sampler::new(SamplerOptions::default()), options);
    (logits, (0..8).map(|_| block_on(generation.next()).unwrap()).collect())
}

/// With its adapter the model is the one that `peft` ran; without it, what it was before.
fn matches_reference(model: &str, device: impl Fn() -> Device, tolerance: f32) {
    let decoder = &mut load(model, device());
    let plain = outputs(decoder);
    add(decoder, "one", model);
    assert_eq!(outputs(decoder), plain, "an adapter that is not at work");
    decoder.use_adapter(Some("one")).unwrap();
    let adapted = outputs(decoder);
    assert_ne!(adapted.0, plain.0);
    follows_reference(decoder, &format!("{model}-adapter"), tolerance);
    for _ in 0..2 {
        decoder.use_adapter(None).unwrap();
        assert_eq!(outputs(decoder), plain);
        decoder.use_adapter(Some("one")).unwrap();
        assert_eq!(outputs(decoder), adapted);
    }
}

fn matches_reference_on_gpu(model: &str) {
    let devices: [&dyn Fn() -> Device; 3] = [
        &|| gpu(Tuning::Software, |_| Features::default()),
        &|| gpu(Tuning::Hardware, |_| Features::default()),
        &|| gpu(Tuning::Hardware, |features| features),
    ];
    devices.into_iter().for_each(|device| matches_reference(model, device, LOGIT_TOLERANCE));
}

#[test]
fn llama3_adapter_on_cpu() {
    matches_reference("llama3-rope", cpu, CPU_TOLERANCE);
}

#[test]
fn llama3_adapter_on_gpu() {
    matches_reference_on_gpu("llama3-rope");
}

#[test]
fn qwen2_adapter_on_cpu() {
    matches_reference("qwen2", cpu, CPU_TOLERANCE);
}

#[test]
fn qwen2_adapter_on_gpu() {
    matches_reference_on_gpu("qwen2");
}

#[test]
fn gemma3_adapter_on_cpu() {
    matches_reference("gemma3", cpu, CPU_TOLERANCE);
}

#[test]
fn gemma3_adapter_on_gpu() {
    matches_reference_on_gpu("gemma3");
}

/// Keys and values are of the adapter that computed them.
#[test]
fn prefixes_never_cross_adapters() {
    let decoder = &mut load("llama3-rope", cpu());
    add(decoder, "one", "llama3-rope");
    add(decoder, "two", "llama3-rope");
    let mut reused = |name| {
        decoder.use_adapter(name).unwrap();
        block_on(decoder.prefill(&PROMPT, &Uninterrupted)).unwrap().reused
    };
    let warm = PROMPT.len() - 1;
    let names = [None, None, Some("one"), Some("one"), Some("two"), None, None];
    assert_eq!(names.map(&mut reused), [0, warm, 0, warm, 0, 0, warm]);
    // Only that of the one before is kept.
    let names = [Some("two"), None, Some("one"), None, Some("one"), Some("two")];
    assert_eq!(names.map(&mut reused), [warm, warm, 0, warm, warm, 0]);
}

/// What was set aside is what it was: the same logits, and the same tokens after them, as when no
/// adapter had been at work meanwhile.
fn comes_back_as_it_was(model: &str, device: impl Fn() -> Device) {
    let next = |decoder: &mut Decoder, end: &[u32]| {
        let prompt = [&PROMPT[..12], end].concat();
        let reused = block_on(decoder.prefill(&prompt, &Uninterrupted)).unwrap().reused;
        assert_eq!(reused, 12);
        let logits = block_on(decoder.logits()).unwrap();
        let mut generation = decoder.generate(Sampler::new(SamplerOptions::default()), Default::default());
        (logits, (0..8).map(|_| block_on(generation.next()).unwrap()).collect::<Vec<_>>())
    };
    let start = |adapter| {
        let mut decoder = load(model, device());
        add(&mut decoder, "one", model);
        decoder.use_adapter(adapter).unwrap();
        block_on(decoder.prefill(&PROMPT, &Uninterrupted)).unwrap();
        decoder
    };
    for (adapter, other) in [(None, Some("one")), (Some("one"), None)] {
        let undisturbed = &mut start(adapter);
        let disturbed = &mut start(adapter);
        for end in [[7, 7, 2], [4, 1, 6]] {
            disturbed.use_adapter(other).unwrap();
            block_on(disturbed.prefill(&[&end[..], &PROMPT].concat(), &Uninterrupted)).unwrap();
            disturbed.use_adapter(adapter).unwrap();
            assert_eq!(next(disturbed, &end), next(undisturbed, &end));
        }
    }
}

#[test]
fn what_was_set_aside_comes_back_on_cpu() {
    ["llama3-rope", "gemma3"].into_iter().for_each(|model| comes_back_as_it_was(model, cpu));
}

#[test]
fn what_was_set_aside_comes_back_on_gpu() {
    comes_back_as_it_was("llama3-rope", || gpu(Tuning::Software, |_| Features::default()));
    comes_back_as_it_was("gemma3", || gpu(Tuning::Hardware, |features| features));
}

/// Of a long text the beginning is set aside, and there is room for all of it again afterwards. On the
/// processor: a GPU that it imitates would take minutes, and what it copies the kernels' tests know.
#[test]
fn of_a_long_text_the_beginning_is_set_aside() {
    let adapter = file(|writer, tensors| {
        writer.set("adapter.lora.alpha", 2.0_f32);
        tensors[0].2[0] = 96;
    });
    let long: Vec<u32> = (0..1100).map(|i| i * 7 % tiny::VOCAB).collect();
    let (gguf, mut source) = tiny::parse(tiny::file());
    let decoder = Decoder::load(&gguf, &mut source, cpu(), 2048, &Uninterrupted);
    let decoder = &mut block_on(decoder).unwrap();
    let (header, mut source) = tiny::parse(adapter);
    block_on(decoder.add_adapter("one", &header, &mut source, None, &Uninterrupted)).unwrap();
    // In two parts, as it is computed later.
    block_on(decoder.prefill(&long[..1024], &Uninterrupted)).unwrap();
    block_on(decoder.prefill(&long, &Uninterrupted)).unwrap();
    let expected = block_on(decoder.logits()).unwrap();
    for _ in 0..2 {
        decoder.use_adapter(Some("one")).unwrap();
        block_on(decoder.prefill(&PROMPT, &Uninterrupted)).unwrap();
        decoder.use_adapter(None).unwrap();
        assert_eq!(block_on(decoder.prefill(&long, &Uninterrupted)).unwrap().reused, 1024);
        assert_eq!(block_on(decoder.logits()).unwrap(), expected);
    }
}

#[test]
fn adapters_are_known_by_name() {
    let decoder = &mut load("llama3-rope", cpu());
    add(decoder, "one", "llama3-rope");
    assert!(matches!(decoder.use_adapter(Some("two")), Err(Error::UnknownAdapter(name)) if name == "two"));
    decoder.use_adapter(Some("one")).unwrap();
    add(decoder, "one", "llama3-rope");
    assert_eq!(decoder.adapters(), ["one"]);
    let reused = |decoder: &mut Decoder, name| {
        decoder.use_adapter(name).unwrap();
        block_on(decoder.prefill(&PROMPT, &Uninterrupted)).unwrap().reused
    };
    assert_eq!([None, Some("one")].map(|name| reused(decoder, name)), [0, 0]);
    // Neither while it is at work nor while its text is set aside does it pass for its successor.
    add(decoder, "one", "llama3-rope");
    assert_eq!([Some("one"), None].map(|name| reused(decoder, name)), [0, PROMPT.len() - 1]);
    add(decoder, "one", "llama3-rope");
    assert_eq!(reused(decoder, Some("one")), 0);
}

/// A sound adapter of one matrix, changed.
fn file(change: impl FnOnce(&mut Writer, &mut Vec<(&'static str, TensorType, Vec<u64>)>)) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.set("adapter.type", "lora");
    let a = ("blk.1.ffn_down.weight.lora_a", TensorType::F32, vec![64, 2]);
    let b = ("blk.1.ffn_down.weight.lora_b", TensorType::F32, vec![2, 64]);
    let mut tensors = vec![a, b];
    change(&mut writer, &mut tensors);
    for (key, value) in [("general.type", "adapter"), ("general.architecture", "llama")] {
        writer.set(key, value);
    }
    for (name, ty, shape) in tensors {
        writer.tensor(name, ty, &shape).unwrap();
    }
    writer.to_bytes(|_, bytes| bytes.fill(0))
}

fn error(file: Vec<u8>) -> Error {
    let header = Gguf::parse(&file, file.len() as u64).unwrap();
    let decoder = &mut load("llama3-rope", cpu());
    let base = Some("00ff");
    block_on(decoder.add_adapter("one", &header, &mut Cursor::new(file), base, &Uninterrupted)).unwrap_err()
}

#[test]
fn files_that_do_not_fit_are_refused() {
    let alpha = |writer: &mut Writer, alpha: f32| {
        writer.set("adapter.lora.alpha", alpha);
    };
    let no_alpha = error(file(|_, _| {}));
    assert!(matches!(no_alpha, Error::Gguf(gguf::Error::Missing { .. })), "{no_alpha}");
    for wrong in [f32::NAN, f32::INFINITY, 1e9] {
        let error = error(file(|writer, _| alpha(writer, wrong)));
        assert!(matches!(error, Error::NoAdapter { key: "adapter.lora.alpha", .. }), "{error}");
    }
    let other = error(file(|writer, _| {
        alpha(writer, 2.0);
        writer.set("sotto.base.sha256", "00fe");
    }));
    assert!(matches!(other, Error::OtherBase { .. }), "{other}");
    let model = error(oracle::file("llama3-rope"));
    assert!(matches!(model, Error::Gguf(_) | Error::NoAdapter { .. }), "{model}");
    let family = error(oracle::file("gemma3-adapter"));
    assert!(matches!(family, Error::OtherBase { .. }), "{family}");

    let changes = [
        ("of no matrix", 0, "blk.2.ffn_down.weight.lora_a", [64, 2]),
        ("of no matrix", 0, "output.weight.lora_a", [64, 2]),
        ("without its other half", 1, "blk.1.ffn_up.weight.lora_b", [2, 64]),
        ("of another length", 0, "blk.1.ffn_down.weight.lora_a", [32, 2]),
        ("is not as wide", 1, "blk.1.ffn_down.weight.lora_b", [3, 64]),
        ("is not as wide", 1, "blk.1.ffn_down.weight.lora_b", [2, 65]),
    ];
    for (expected, at, name, shape) in changes {
        let error = error(file(|writer, tensors| {
            alpha(writer, 2.0);
            tensors[at] = (name, TensorType::F32, shape.to_vec());
        }));
        assert!(
            matches!(error, Error::AdapterTensor { problem, .. } if problem.contains(expected)),
            "{error}"
        );
    }
    let rank = error(file(|writer, tensors| {
        alpha(writer, 2.0);
        tensors[0].2[1] = 65;
        tensors[1].2[0] = 65;
    }));
    assert!(matches!(rank, Error::AdapterTensor { .. }), "{rank}");
}
