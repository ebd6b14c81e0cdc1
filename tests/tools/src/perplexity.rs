//! How well a model predicts a text.

use crate::device::Place;
use crate::model;
use anyhow::{Result, ensure};
use decoder::Perplexity;
use prompt::{Special, Tokenizer};
use serde_json::json;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The model: its id in the catalogue, or a file (GGUF)
    #[arg(long, value_name = "ID|FILE")]
    model: String,
    /// The text
    #[arg(long, value_name = "FILE")]
    text: PathBuf,
    /// Its first tokens, so many
    #[arg(long, default_value_t = 512)]
    tokens: usize,
    /// Read so many tokens at a time, as prompts are read, and predict the token after them
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    chunk: u16,
    /// Read the text so many times, beginning with chunks of different lengths [default: until each token was predicted]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    passes: Option<u16>,
    #[command(flatten)]
    place: Place,
    /// Print a JSON object
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(args: &Args) -> Result<()> {
    let (gguf, file) = model::header(&args.model)?;
    let tokenizer = Tokenizer::from_gguf(&gguf)?;
    let text = std::fs::read_to_string(&args.text)?;
    let mut ids = tokenizer.encode_with_bos(&text, Special::AsText);
    ids.truncate(args.tokens);
    ensure!(ids.len() > 1, "the text is too short");
    let mut loaded = model::load(&gguf, file, &args.place, ids.len() + 1).await?;
    let passes = args.passes.map_or(args.chunk, |passes| passes.min(args.chunk));
    let found = loaded.decoder.perplexity(&ids, args.chunk.into(), passes.into()).await?;
    let Perplexity { value, positions } = found;
    if args.json {
        println!("{}", json!({ "perplexity": value, "tokens": ids.len(), "positions": positions }));
    } else {
        println!("{value:.3} over {positions} of {} tokens", ids.len());
    }
    Ok(())
}
