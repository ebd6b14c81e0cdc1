//! Fusions: how many operations are left of a layer. That they change no result is what `families.rs` shows: the CPU runs
//! the fused plan.

use decoder::{Op, family, fuse};
use gguf::{Gguf, TensorType};
use std::fs;

/// Operations of a model's layers before and after fusing, the embedding left out, if tensors have these types.
fn operations(model: &str, ty: fn(&str) -> TensorType) -> (usize, Vec<Op>) {
    let path = format!("{}/../../tests/oracle/{model}.gguf", env!("CARGO_MANIFEST_DIR"));
    let bytes = fs::read(path).unwrap();
    let (_, mut plan) = family::plan(&Gguf::parse(&bytes, bytes.len() as u64).unwrap()).unwrap();
    let layers = plan.layers;
    let before = (plan.body.len() - 1) / layers;
    fuse(&mut plan, &|name| Some(ty(name)));
    assert!(plan.tensors.iter().all(|shape| !shape.parts.is_empty()));
    assert_eq!((plan.body.len() - 1) % layers, 0);
    let after = plan.body[1..=(plan.body.len() - 1) / layers].to_vec();
    assert_eq!(plan.head.len(), 2, "the last row, and the norm with the product: {:?}", plan.head);
    (before, after)
}

#[test]
fn a_layer_of_one_type_is_four_operations() {
    for model in ["llama3-rope", "qwen2"] {
        let (before, after) = operations(model, |_| TensorType::Q4_0);
        assert!(before >= 15, "{model}: {before}");
        let [
            Op::NormQkv { bias, .. },
            Op::AttentionMatMul { add, .. },
            Op::NormGate { .. },
            Op::MatMulAdd { .. },
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
    assert!(matches!(qwen3[..2], [Op::NormMatMul { .. }, Op::Heads(heads)] if heads.norms.is_some()));
    assert_eq!(qwen3.len(), 5);
    let (_, gemma3) = operations("gemma3", |_| TensorType::Q4_0);
    assert_eq!(gemma3.iter().filter(|op| matches!(op, Op::NormAdd { .. })).count(), 2);
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
            Op::NormMatMul { at, .. } => Some(*at),
            _ => None,
        })
        .collect();
    assert!(places.len() == 5 && places[..3].is_sorted(), "{places:?}");
    assert!(matches!(after[3], Op::AddBias { .. }), "{after:?}");
    assert!(matches!(after[4], Op::Heads(_)), "{after:?}");
    assert!(matches!(after[8], Op::GateHalves { .. }), "{after:?}");
}
