//! How well a model predicts a text.

use crate::model::{self, Place};
use anyhow::{Result, ensure};
use prompt::{Special, Tokenizer};
use serde_json::json;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The model's file (GGUF)
    #[arg(long, value_name = "FILE")]
    model: PathBuf,
    /// The text
    #[arg(long, value_name = "FILE")]
    text: PathBuf,
    /// Its first tokens, so many
    #[arg(long, default_value_t = 512)]
    tokens: usize,
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
    let bos = tokenizer.bos().filter(|_| tokenizer.adds_bos());
    let mut ids: Vec<u32> = bos.into_iter().chain(tokenizer.encode(&text, Special::AsText)).collect();
    ids.truncate(args.tokens);
    ensure!(ids.len() > 1, "the text is too short");
    let mut loaded = model::load(&gguf, file, &args.place, ids.len() + 1).await?;
    let perplexity = loaded.decoder.perplexity(&ids).await?;
    if args.json {
        println!("{}", json!({ "perplexity": perplexity, "tokens": ids.len() }));
    } else {
        println!("{perplexity:.3} over {} tokens", ids.len());
    }
    Ok(())
}
