//! The numbers of models, from their published configurations.

use super::Shape;
use gguf::TensorType;

/// What most of the models have in common.
const LLAMA: Shape = Shape {
    name: "",
    family: "llama",
    layers: 0,
    width: 0,
    heads: 0,
    kv_heads: 0,
    head_dim: 64,
    ffn: 0,
    vocab: 0,
    rope_base: 100_000.0,
    window: None,
    matrices: TensorType::Q4_1,
    table: TensorType::Q8_0,
};

/// As [`LLAMA`], for the Qwen2.5 models; 4 bits throughout, so that a token costs what it costs
/// other engines.
const QWEN: Shape = Shape {
    family: "qwen2",
    vocab: 151_936,
    rope_base: 1_000_000.0,
    matrices: TensorType::Q4_0,
    table: TensorType::Q4_0,
    ..LLAMA
};

/// The shapes there are.
pub const SHAPES: [Shape; 8] = [
    // No real model: to try whether all of it works, on devices that are slow.
    Shape { name: "tiny", layers: 2, width: 256, heads: 4, kv_heads: 2, ffn: 512, vocab: 2048, ..LLAMA },
    Shape {
        name: "smollm2-135m",
        layers: 30,
        width: 576,
        heads: 9,
        kv_heads: 3,
        ffn: 1536,
        vocab: 49_152,
        ..LLAMA
    },
    // JackFram/llama-160m: small, and of whole superblocks throughout, so that no other type takes
    // a K type's place.
    Shape {
        name: "llama-160m",
        layers: 12,
        width: 768,
        heads: 12,
        kv_heads: 12,
        ffn: 3072,
        vocab: 32_000,
        rope_base: 10_000.0,
        ..LLAMA
    },
    Shape {
        name: "smollm2-360m",
        layers: 32,
        width: 960,
        heads: 15,
        kv_heads: 5,
        ffn: 2560,
        vocab: 49_152,
        ..LLAMA
    },
    Shape { name: "qwen2.5-0.5b", layers: 24, width: 896, heads: 14, kv_heads: 2, ffn: 4864, ..QWEN },
    Shape {
        name: "qwen2.5-1.5b",
        layers: 28,
        width: 1536,
        heads: 12,
        kv_heads: 2,
        head_dim: 128,
        ffn: 8960,
        ..QWEN
    },
    Shape {
        name: "llama-3.2-1b",
        layers: 16,
        width: 2048,
        heads: 32,
        kv_heads: 8,
        ffn: 8192,
        vocab: 128_256,
        rope_base: 500_000.0,
        ..LLAMA
    },
    Shape {
        name: "gemma3-270m",
        family: "gemma3",
        layers: 18,
        width: 640,
        heads: 4,
        kv_heads: 1,
        head_dim: 256,
        ffn: 2048,
        vocab: 262_144,
        rope_base: 1_000_000.0,
        window: Some(512),
        matrices: TensorType::Q4K,
        table: TensorType::Q8_0,
    },
];
