//! GPUs that compute what they should, and GPUs that don't.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use decoder::{KvFormat, Probe, Uninterrupted};
use gguf::write::Writer;
use gguf::{Gguf, TensorType};
use kernels::gpu::{Context, Features, Tuning};
use pollster::block_on;
use session::trust::{SelfTest, TOLERANCE};
use session::{Error, Wrong};
use tests::shape::{SHAPES, Shape};

/// Threads that share a row of a probe, at most.
const MOST_LANES: u32 = 32;

/// The GPU there is: Mesa's, where there is none of metal.
fn gpu(tuning: Tuning, features: impl FnOnce(Features) -> Features) -> Context {
    let context = block_on(Context::request(None)).expect("a Vulkan adapter");
    let features = features(context.features());
    context.with_tuning(tuning).with_features(features)
}

fn int_dot(int_dot: bool) -> impl Fn(Features) -> Features {
    move |features| Features { int_dot, ..features }
}

/// The header of a model of this shape; its weights are nowhere.
fn header(shape: &Shape, ty: impl Fn(&str) -> TensorType) -> Gguf {
    let mut writer = Writer::new();
    shape.describe(&mut writer, ty).unwrap();
    Gguf::parse(&writer.header(), u64::MAX).unwrap()
}

fn test(header: &Gguf, gpu: Context) -> Result<f32, Error> {
    block_on(SelfTest::new(header, gpu, KvFormat::F16)?.run(&Uninterrupted))
}

/// Passes with room to spare.
fn passes(name: &str, header: &Gguf, gpu: Context) {
    let error = test(header, gpu).unwrap_or_else(|error| panic!("{name}: {error}"));
    println!("{name}: {error:.1e}");
    assert!(error < TOLERANCE / 5.0, "{name}: {error}");
}

#[test]
fn a_gpu_that_computes_rightly_passes_with_models_of_real_shapes() {
    for name in ["smollm2-135m", "gemma3-270m"] {
        let shape = SHAPES.iter().find(|shape| shape.name == name).unwrap();
        let header = header(shape, |name| shape.ty(name));
        passes(name, &header, gpu(Tuning::Hardware, int_dot(true)));
    }
}

#[test]
fn a_gpu_that_computes_rightly_passes_with_weights_of_all_types() {
    let shape = Shape { ffn: 512, ..SHAPES[0] };
    for types in [
        [TensorType::Q4_0, TensorType::Q5_1, TensorType::Q6K, TensorType::F16],
        [TensorType::Q5_0, TensorType::Q8_0, TensorType::Q5K, TensorType::Bf16],
        [TensorType::Q4K, TensorType::F32, TensorType::Q4_1, TensorType::Q6K],
    ] {
        let ty = |name: &str| match name {
            name if name.contains("attn_output") => types[0],
            name if name.contains("attn") => types[1],
            name if name.contains("ffn_down") => types[2],
            name if name.contains("ffn") => types[3],
            _ => TensorType::Q8_0,
        };
        passes(&format!("{types:?}"), &header(&shape, ty), gpu(Tuning::Hardware, int_dot(true)));
    }
}

#[test]
fn so_do_the_kernels_for_software_and_those_without_features() {
    let shape = &SHAPES[0];
    let header = header(shape, |name| shape.ty(name));
    passes("software", &header, gpu(Tuning::Software, int_dot(false)));
    passes("floats", &header, gpu(Tuning::Hardware, int_dot(false)));
    passes("plain", &header, gpu(Tuning::Hardware, |_| Features::default()));
}

#[test]
fn a_gpu_whose_subgroups_are_smaller_than_it_says_is_found_out() {
    let shape = &SHAPES[0];
    let header = header(shape, |name| shape.ty(name));
    let mut threads = 0;
    let gpu = gpu(Tuning::Hardware, |features| {
        threads = features.subgroup;
        Features { subgroup: 8 * threads, ..features }
    });
    let found = test(&header, gpu);
    if threads >= MOST_LANES {
        // Its kernels add up no more threads' sums than a subgroup has: right, whatever it says.
        found.unwrap();
        return;
    }
    let error = found.unwrap_err();
    assert!(matches!(error, Error::WrongResults(Wrong::Off { .. } | Wrong::NotFinite)), "{error}");
    assert!(error.is_gpu(), "elsewhere it may work");
}

#[test]
fn a_test_that_was_passed_counts_for_the_same_kernels_and_the_same_sort_of_model() {
    let key = |header: &Gguf, tuning, features: fn(Features) -> Features, device: &[&str]| {
        SelfTest::new(header, gpu(tuning, features), KvFormat::F16).unwrap().key(device)
    };
    let shape = &SHAPES[0];
    let first = header(shape, |name| shape.ty(name));
    let other = header(shape, |_| TensorType::Q8_0);
    let same: fn(Features) -> Features = |features| features;
    let plain: fn(Features) -> Features = |_| Features::default();
    let keys = [
        key(&first, Tuning::Hardware, same, &["a GPU", "a browser"]),
        key(&first, Tuning::Hardware, same, &["another GPU", "a browser"]),
        key(&first, Tuning::Hardware, same, &["a GPU", "its successor"]),
        key(&first, Tuning::Hardware, plain, &["a GPU", "a browser"]),
        key(&first, Tuning::Software, same, &["a GPU", "a browser"]),
        key(&other, Tuning::Hardware, same, &["a GPU", "a browser"]),
    ];
    for (i, one) in keys.iter().enumerate() {
        assert!(keys.iter().skip(i + 1).all(|other| one != other), "{i}");
    }
    // Of the weights only what sort they are counts, and of names nothing.
    let deeper = Shape { layers: 30, vocab: 4096, name: "deeper", ..*shape };
    let deeper = header(&deeper, |name| shape.ty(name));
    assert_eq!(keys[0], key(&deeper, Tuning::Hardware, same, &["a GPU", "a browser"]));
}

#[test]
fn each_combination_of_types_is_in_the_probe() {
    let shape = Shape { layers: 12, width: 512, ffn: 1024, ..SHAPES[0] };
    // As llama.cpp mixes them: some layers in more bits than others.
    let ty = |name: &str| match name {
        "blk.3.ffn_down.weight" | "blk.7.ffn_down.weight" => TensorType::Q6K,
        "blk.5.attn_v.weight" => TensorType::Q6K,
        _ => TensorType::Q4K,
    };
    let (probe, file) = Probe::of(&header(&shape, ty)).unwrap().file().unwrap();
    let ty = |name: &str| probe.tensor(name).map(|tensor| tensor.ty);
    let found: Vec<_> = (0..3)
        .map(|i| [ty(&format!("blk.{i}.ffn_down.weight")), ty(&format!("blk.{i}.attn_v.weight"))])
        .collect();
    let (four, six) = (Some(TensorType::Q4K), Some(TensorType::Q6K));
    assert_eq!(found, [[four, four], [six, four], [four, six]]);
    assert_eq!(ty("blk.3.attn_v.weight"), None);
    assert!(file.len() < 16 << 20);
}
