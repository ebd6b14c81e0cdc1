//! Model files of random weights in the shapes of real models.

use crate::model;
use anyhow::{Context, Result};
use decoder::random::fill;
use gguf::TensorType;
use gguf::write::Writer;
use std::fs::File;
use std::io::BufWriter;
use std::path::PathBuf;
use tests::shape::{SHAPES, Shape};

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
    /// A model, by id or file, whose tokenizer this one shall have, so that engines which read text can run it. The vocabulary is
    /// then as large as that one
    #[arg(long, value_name = "ID|FILE")]
    tokenizer: Option<String>,
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
    let mut writer = Writer::new();
    let tokenizer = args.tokenizer.as_deref().map(model::header).transpose()?;
    let vocab = match &tokenizer {
        Some((gguf, _)) => gguf.strings("tokenizer.ggml.tokens")?.len().try_into()?,
        None => shape.vocab,
    };
    let shape = Shape { vocab, ..*shape };
    shape.describe(&mut writer, |name| args.ty.unwrap_or_else(|| shape.ty(name)))?;
    // Behind what describes the model: it is long, and whoever looks at a file looks at its beginning.
    let values = tokenizer.iter().flat_map(|(gguf, _)| gguf.iter());
    for (key, value) in values.filter(|(key, _)| key.starts_with("tokenizer.")) {
        writer.set(key, value.clone());
    }
    let mut state = 1;
    let mut file = BufWriter::new(File::create(&args.file)?);
    writer.write(&mut file, |tensor, bytes| fill(tensor, bytes, &mut state))?;
    Ok(())
}
