//! Fusing: how many operations are left of a layer, and that no result changes.

use crate::{devices, oracle, reference};
use decoder::{Decoder, Device, FusedOp, Uninterrupted, family, fuse};
use gguf::TensorType;
use kernels::gpu::Tuning;
use pollster::block_on;
use std::io::Cursor;

/// Largest accepted difference of a logit: the processor rounds activations to 16-bit integers, the
/// GPU adds up in another order. The logits reach from 2 to 7.
const LOGIT_TOLERANCE: f32 = 2e-3;

/// Operations of a model's layers before and after fusing, the embedding left out, if tensors have
/// these types.
fn operations(model: &str, ty: fn(&str) -> TensorType) -> (usize, Vec<FusedOp>) {
    let (_, plan) = family::plan(&oracle::parse(&oracle::file(model))).unwrap();
    let layers = plan.layers;
    let before = (plan.body.len() - 1) / layers;
    let plan = fuse(plan, &|name| Some(ty(name))).unwrap();
    assert!(plan.tensors.iter().all(|shape| !shape.parts.is_empty()));
    assert_eq!((plan.body.len() - 1) % layers, 0);
    let after = plan.body[1..=(plan.body.len() - 1) / layers].to_vec();
    (before, after)
}

/// Runs a model whose tensors of these names have a type of their own, which keeps them apart from others,
/// fused on a device and unfused with the reference kernels.
fn assert_unchanged(model: &str, apart: &[&str], device: Device) {
    let ids: Vec<u32> = (0..20).map(|i| i * 37 % 96).collect();
    let file = oracle::with_f16(model, apart);
    let gguf = oracle::parse(&file);
    let (_, plan) = family::plan(&gguf).unwrap();
    let expected = reference::logits(&plan, &gguf, &file, &ids);
    let mut source = Cursor::new(file);
    let decoder = Decoder::load(&gguf, &mut source, device, 64, &Uninterrupted);
    let mut decoder = block_on(decoder).unwrap();
    block_on(decoder.prefill(&ids, &Uninterrupted)).unwrap();
    let found = block_on(decoder.logits()).unwrap();
    assert_eq!(found.len(), expected.len());
    let worst = found.iter().zip(&expected).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(worst < LOGIT_TOLERANCE, "{model}, {apart:?} apart: {worst}");
}

#[test]
fn fusing_changes_no_result_on_cpu() {
    for model in oracle::MODELS {
        for apart in [&[][..], &["attn_v.weight"], &["ffn_up.weight"], &["attn_k.weight", "ffn_gate.weight"]]
        {
            assert_unchanged(model, apart, devices::cpu());
        }
    }
}

/// What the models of one type and the tiny model of many, which run on a GPU in other tests, don't have:
/// a bias on matrices that lie apart.
#[test]
fn fusing_changes_no_result_on_gpu() {
    let gpu = devices::gpu(Tuning::Software, devices::int_dot(false));
    assert_unchanged("qwen2", &["attn_v.weight", "ffn_up.weight"], gpu);
}

#[test]
fn a_layer_of_one_type_is_four_operations() {
    for model in ["llama3-rope", "qwen2"] {
        let (before, after) = operations(model, |_| TensorType::Q4_0);
        assert!(before >= 15, "{model}: {before}");
        let [
            FusedOp::NormQkv { bias, .. },
            FusedOp::AttentionMatMul { add, .. },
            FusedOp::NormGate { .. },
            FusedOp::MatMulAdd { .. },
        ] = after[..]
        else {
            panic!("{model}: {after:?}")
        };
        assert!(add);
        assert_eq!(bias.is_some(), model == "qwen2");
    }
}

#[test]
fn norms_of_heads_and_after_blocks_are_operations_of_their_own() {
    let (_, qwen3) = operations("qwen3", |_| TensorType::Q4_0);
    assert!(
        matches!(qwen3[..2], [FusedOp::NormMatMul { .. }, FusedOp::Heads(heads)] if heads.norms.is_some())
    );
    assert_eq!(qwen3.len(), 5);
    let (_, gemma3) = operations("gemma3", |_| TensorType::Q4_0);
    assert_eq!(gemma3.iter().filter(|op| matches!(op, FusedOp::NormAdd { .. })).count(), 2);
    assert_eq!(gemma3.len(), 7);
}

#[test]
fn matrices_of_different_types_stay_apart() {
    let mixed = |name: &str| {
        let other = ["attn_v.weight", "ffn_up"].iter().any(|part| name.contains(part));
        if other { TensorType::Q6K } else { TensorType::Q4K }
    };
    let (_, after) = operations("qwen2", mixed);
    let places: Vec<_> = after
        .iter()
        .filter_map(|op| match op {
            FusedOp::NormMatMul { at, .. } => Some(*at),
            _ => None,
        })
        .collect();
    assert!(places.len() == 5 && places[..3].is_sorted(), "{places:?}");
    assert!(matches!(after[3], FusedOp::AddBias { .. }), "{after:?}");
    assert!(matches!(after[4], FusedOp::Heads(_)), "{after:?}");
    assert!(matches!(after[8], FusedOp::GateHalves { .. }), "{after:?}");
}
