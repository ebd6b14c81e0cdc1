//! Model files of random weights in the shapes of real models: speed depends on shapes alone.

mod shapes;

pub use shapes::SHAPES;

use gguf::write::Writer;
use gguf::{Error, TensorType};

/// The numbers of a model whose output shares the embedding table.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "as the keys of a model file")]
pub struct Shape {
    pub name: &'static str,
    pub family: &'static str,
    pub layers: u32,
    pub width: u32,
    pub heads: u32,
    pub kv_heads: u32,
    pub head_dim: u32,
    pub ffn: u32,
    pub vocab: u32,
    pub rope_base: f32,
    /// Positions that layers with a sliding window see.
    pub window: Option<u32>,
    /// Type of the layers' matrices, unless another is asked for.
    pub matrices: TensorType,
    /// Type of the embedding table, unless another is asked for.
    pub table: TensorType,
}

impl Shape {
    /// The type that a matrix has, by its name in the file, unless another is asked for.
    #[must_use]
    pub fn ty(&self, name: &str) -> TensorType {
        if name == "token_embd.weight" { self.table } else { self.matrices }
    }

    /// Adds what decoders want to know, and the tensors: matrices of these types, by name, or where
    /// their rows are no whole superblocks of what llama.cpp takes instead.
    ///
    /// # Errors
    /// When a tensor is too large for a file.
    pub fn describe(&self, writer: &mut Writer, ty: impl Fn(&str) -> TensorType) -> Result<(), Error> {
        writer.set("general.architecture", self.family).set("general.name", self.name);
        let key = |name: &str| format!("{}.{name}", self.family);
        for (name, value) in [
            ("block_count", self.layers),
            ("context_length", 8192),
            ("embedding_length", self.width),
            ("feed_forward_length", self.ffn),
            ("attention.head_count", self.heads),
            ("attention.head_count_kv", self.kv_heads),
            ("attention.key_length", self.head_dim),
            ("attention.value_length", self.head_dim),
        ] {
            writer.set(&key(name), value);
        }
        writer.set(&key("attention.layer_norm_rms_epsilon"), 1e-6_f32);
        writer.set(&key("rope.freq_base"), self.rope_base);
        if let Some(window) = self.window {
            writer.set(&key("attention.sliding_window"), window);
        }
        let (width, table) = (u64::from(self.width), "token_embd.weight");
        writer.tensor(table, fitting(ty(table), width), &[width, u64::from(self.vocab)])?;
        writer.tensor("output_norm.weight", TensorType::F32, &[width])?;
        for layer in 0..self.layers {
            let name = |name: &str| format!("blk.{layer}.{name}");
            for (vector, len) in self.vectors() {
                writer.tensor(&name(vector), TensorType::F32, &[len])?;
            }
            for (matrix, cols, rows) in self.layer_matrices() {
                let name = name(matrix);
                writer.tensor(&name, fitting(ty(&name), cols), &[cols, rows])?;
            }
        }
        Ok(())
    }

    fn query(&self) -> u64 {
        u64::from(self.heads * self.head_dim)
    }

    fn key(&self) -> u64 {
        u64::from(self.kv_heads * self.head_dim)
    }

    /// A layer's norms and biases, with their lengths.
    fn vectors(&self) -> Vec<(&'static str, u64)> {
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
    fn layer_matrices(&self) -> [(&'static str, u64, u64); 7] {
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

/// `ty`, or for rows that are no whole superblocks what llama.cpp takes instead.
fn fitting(ty: TensorType, cols: u64) -> TensorType {
    if cols.is_multiple_of(ty.block_len() as u64) {
        return ty;
    }
    match ty {
        TensorType::Q4K => TensorType::Q5_0,
        TensorType::Q5K => TensorType::Q5_1,
        _ => TensorType::Q8_0,
    }
}
