//! Model files of random weights in the shapes of real models: speed depends on shapes alone.

mod random;
mod shapes;

use crate::model;
use anyhow::{Context, Result};
use gguf::TensorType;
use gguf::write::Writer;
use random::fill;
use shapes::{SHAPES, Shape};
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The model whose shapes are taken
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(SHAPES.iter().map(|shape| shape.name)))]
    name: String,
    /// The file to write (GGUF)
    file: PathBuf,
    /// Type of every matrix, such as `q4_0` [default: what such models are mostly published in]
    #[arg(long = "type", value_name = "TYPE", value_parser = matrix_type)]
    ty: Option<TensorType>,
    /// A model file whose tokenizer the model shall have, so that engines which read text can run it. The vocabulary is
    /// then as large as that one
    #[arg(long, value_name = "FILE")]
    tokenizer: Option<PathBuf>,
}

/// A type that matrices are stored in, by its name.
fn matrix_type(name: &str) -> Result<TensorType, String> {
    let types = || TensorType::ALL.into_iter().filter(|ty| !matches!(ty, TensorType::F32 | TensorType::Bf16));
    types().find(|ty| ty.name().eq_ignore_ascii_case(name)).ok_or_else(|| {
        let names: Vec<_> = types().map(|ty| ty.name().to_lowercase()).collect();
        format!("the types are {}", names.join(", "))
    })
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let shape = SHAPES.iter().find(|shape| shape.name == args.name).context("unknown shape")?;
    let (matrices, table) = args.ty.map_or((shape.matrices, shape.table), |ty| (ty, ty));
    let mut writer = Writer::new();
    let vocab = args.tokenizer.as_deref().map(|file| copy_tokenizer(file, &mut writer)).transpose()?;
    describe(&mut writer, &Shape { vocab: vocab.unwrap_or(shape.vocab), ..*shape }, matrices, table)?;
    let mut state = 1;
    let mut file = BufWriter::new(File::create(&args.file)?);
    writer.write(&mut file, |tensor, bytes| fill(tensor.ty, bytes, &mut state))?;
    Ok(())
}

/// Adds the values that describe the tokenizer of a model file. Returns the size of its vocabulary.
fn copy_tokenizer(file: &Path, writer: &mut Writer) -> Result<u32> {
    let (gguf, _) = model::header(file)?;
    for (key, value) in gguf.iter().filter(|(key, _)| key.starts_with("tokenizer.")) {
        writer.set(key, value.clone());
    }
    Ok(gguf.strings("tokenizer.ggml.tokens")?.len().try_into()?)
}

/// Adds the rest of the header: what decoders want to know, and the tensors.
fn describe(writer: &mut Writer, shape: &Shape, matrices: TensorType, table: TensorType) -> Result<()> {
    writer.set("general.architecture", shape.family).set("general.name", shape.name);
    let key = |name: &str| format!("{}.{name}", shape.family);
    for (name, value) in [
        ("block_count", shape.layers),
        ("context_length", 8192),
        ("embedding_length", shape.width),
        ("feed_forward_length", shape.ffn),
        ("attention.head_count", shape.heads),
        ("attention.head_count_kv", shape.kv_heads),
        ("attention.key_length", shape.head_dim),
        ("attention.value_length", shape.head_dim),
    ] {
        writer.set(&key(name), value);
    }
    writer.set(&key("attention.layer_norm_rms_epsilon"), 1e-6_f32);
    writer.set(&key("rope.freq_base"), shape.rope_base);
    if let Some(window) = shape.window {
        writer.set(&key("attention.sliding_window"), window);
    }
    let width = u64::from(shape.width);
    writer.tensor("token_embd.weight", fitting(table, width), &[width, u64::from(shape.vocab)])?;
    writer.tensor("output_norm.weight", TensorType::F32, &[width])?;
    for layer in 0..shape.layers {
        let name = |name: &str| format!("blk.{layer}.{name}");
        for (vector, len) in shape.vectors() {
            writer.tensor(&name(vector), TensorType::F32, &[len])?;
        }
        for (matrix, cols, rows) in shape.matrices() {
            writer.tensor(&name(matrix), fitting(matrices, cols), &[cols, rows])?;
        }
    }
    Ok(())
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
