//! The numbers of models, from their published configurations.

use gguf::TensorType;

/// The numbers of a model whose output shares the embedding table.
pub(super) struct Shape {
    pub(super) name: &'static str,
    pub(super) family: &'static str,
    pub(super) layers: u32,
    pub(super) width: u32,
    pub(super) heads: u32,
    pub(super) kv_heads: u32,
    pub(super) head_dim: u32,
    pub(super) ffn: u32,
    pub(super) vocab: u32,
    pub(super) rope_base: f32,
    /// Positions that layers with a sliding window see.
    pub(super) window: Option<u32>,
    /// Type of the layers' matrices, unless another is asked for.
    pub(super) matrices: TensorType,
    /// Type of the embedding table, unless another is asked for.
    pub(super) table: TensorType,
}

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

/// As [`LLAMA`], for the Qwen2.5 models; 4 bits throughout, so that a token costs what it costs other engines.
const QWEN: Shape = Shape {
    family: "qwen2",
    vocab: 151_936,
    rope_base: 1_000_000.0,
    matrices: TensorType::Q4_0,
    table: TensorType::Q4_0,
    ..LLAMA
};

pub(super) const SHAPES: [Shape; 8] = [
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
    // JackFram/llama-160m: small, and of whole superblocks throughout, so that no other type takes a K type's place.
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

impl Shape {
    fn query(&self) -> u64 {
        u64::from(self.heads * self.head_dim)
    }

    fn key(&self) -> u64 {
        u64::from(self.kv_heads * self.head_dim)
    }

    /// A layer's norms and biases, with their lengths.
    pub(super) fn vectors(&self) -> Vec<(&'static str, u64)> {
        let (width, head) = (u64::from(self.width), u64::from(self.head_dim));
        let mut vectors = vec![("attn_norm.weight", width), ("ffn_norm.weight", width)];
        match self.family {
            "qwen2" => vectors.extend([
                ("attn_q.bias", self.query()),
                ("attn_k.bias", self.key()),
                ("attn_v.bias", self.key()),
            ]),
            "gemma3" => vectors.extend([
                ("attn_q_norm.weight", head),
                ("attn_k_norm.weight", head),
                ("post_attention_norm.weight", width),
                ("post_ffw_norm.weight", width),
            ]),
            _ => {}
        }
        vectors
    }

    /// A layer's matrices, with their columns and rows.
    pub(super) fn matrices(&self) -> [(&'static str, u64, u64); 7] {
        let (width, ffn) = (u64::from(self.width), u64::from(self.ffn));
        [
            ("attn_q.weight", width, self.query()),
            ("attn_k.weight", width, self.key()),
            ("attn_v.weight", width, self.key()),
            ("attn_output.weight", self.query(), width),
            ("ffn_gate.weight", width, ffn),
            ("ffn_up.weight", width, ffn),
            ("ffn_down.weight", ffn, width),
        ]
    }
}
