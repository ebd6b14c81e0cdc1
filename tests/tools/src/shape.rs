//! Model files of random weights in the shapes of real models: speed depends on shapes alone.

use anyhow::{Context, Result};
use gguf::write::Writer;
use gguf::{Tensor, TensorType};
use std::fs::File;
use std::io::BufWriter;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The model whose shapes are taken
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(SHAPES.iter().map(|shape| shape.name)))]
    name: String,
    /// The file to write (GGUF)
    file: PathBuf,
}

/// The numbers of a llama-like model whose output shares the embedding table.
struct Shape {
    name: &'static str,
    layers: u32,
    width: u32,
    heads: u32,
    kv_heads: u32,
    head_dim: u32,
    ffn: u32,
    vocab: u32,
}

/// From the models' published configurations.
const SHAPES: [Shape; 3] = [
    Shape {
        name: "smollm2-135m",
        layers: 30,
        width: 576,
        heads: 9,
        kv_heads: 3,
        head_dim: 64,
        ffn: 1536,
        vocab: 49_152,
    },
    Shape {
        name: "smollm2-360m",
        layers: 32,
        width: 960,
        heads: 15,
        kv_heads: 5,
        head_dim: 64,
        ffn: 2560,
        vocab: 49_152,
    },
    Shape {
        name: "llama-3.2-1b",
        layers: 16,
        width: 2048,
        heads: 32,
        kv_heads: 8,
        head_dim: 64,
        ffn: 8192,
        vocab: 128_256,
    },
];

/// Matrices are Q4_1, the embedding table Q8_0, as in the default model.
pub(crate) fn run(args: &Args) -> Result<()> {
    let shape = SHAPES.iter().find(|shape| shape.name == args.name).context("unknown shape")?;
    let writer = describe(shape)?;
    let mut state = 1;
    let mut file = BufWriter::new(File::create(&args.file)?);
    writer.write(&mut file, |tensor, bytes| fill(tensor, bytes, &mut state))?;
    Ok(())
}

fn describe(shape: &Shape) -> Result<Writer> {
    let mut writer = Writer::new();
    writer
        .set("general.architecture", "llama")
        .set("general.name", shape.name)
        .set("llama.block_count", shape.layers)
        .set("llama.context_length", 8192_u32)
        .set("llama.embedding_length", shape.width)
        .set("llama.feed_forward_length", shape.ffn)
        .set("llama.attention.head_count", shape.heads)
        .set("llama.attention.head_count_kv", shape.kv_heads)
        .set("llama.attention.key_length", shape.head_dim)
        .set("llama.attention.layer_norm_rms_epsilon", 1e-5_f32)
        .set("llama.rope.freq_base", 100_000.0_f32);
    let (width, ffn, vocab) = (u64::from(shape.width), u64::from(shape.ffn), u64::from(shape.vocab));
    let query = u64::from(shape.heads * shape.head_dim);
    let key = u64::from(shape.kv_heads * shape.head_dim);
    writer.tensor("token_embd.weight", TensorType::Q8_0, &[width, vocab])?;
    writer.tensor("output_norm.weight", TensorType::F32, &[width])?;
    for layer in 0..shape.layers {
        for norm in ["attn_norm", "ffn_norm"] {
            writer.tensor(&format!("blk.{layer}.{norm}.weight"), TensorType::F32, &[width])?;
        }
        let matrices = [
            ("attn_q", width, query),
            ("attn_k", width, key),
            ("attn_v", width, key),
            ("attn_output", query, width),
            ("ffn_gate", width, ffn),
            ("ffn_up", width, ffn),
            ("ffn_down", ffn, width),
        ];
        for (name, cols, rows) in matrices {
            writer.tensor(&format!("blk.{layer}.{name}.weight"), TensorType::Q4_1, &[cols, rows])?;
        }
    }
    Ok(writer)
}

/// Norms are one; quantised blocks hold random digits around zero, of a size that keeps activations finite.
fn fill(tensor: &Tensor, bytes: &mut [u8], state: &mut u64) {
    /// 16-bit floats, little-endian: 1/128, and -1/16 = -8/128, the least of the sixteen values.
    const SCALE: [u8; 2] = [0x00, 0x20];
    const LEAST: [u8; 2] = [0x00, 0xac];
    if tensor.ty == TensorType::F32 {
        bytes.chunks_exact_mut(4).for_each(|value| value.copy_from_slice(&1.0_f32.to_le_bytes()));
        return;
    }
    for block in bytes.chunks_exact_mut(tensor.ty.block_bytes()) {
        block.fill_with(|| random(state));
        block[..2].copy_from_slice(&SCALE);
        if tensor.ty == TensorType::Q4_1 {
            block[2..4].copy_from_slice(&LEAST);
        }
    }
}

/// A random byte (xorshift, Marsaglia 2003).
fn random(state: &mut u64) -> u8 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    state.to_le_bytes()[4]
}
