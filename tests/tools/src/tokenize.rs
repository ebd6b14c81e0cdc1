//! Text to token ids.

use crate::model;
use anyhow::Result;
use prompt::{Special, Tokenizer};
use serde_json::json;
use std::io::Read;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The model: its id in the catalogue, or a file (GGUF)
    #[arg(long, value_name = "ID|FILE")]
    model: String,
    /// Print a JSON object
    #[arg(long)]
    json: bool,
}

/// Control tokens that are written out in the text are recognised; no beginning-of-text token is added.
pub(crate) fn run(args: &Args) -> Result<()> {
    let (gguf, _) = model::header(&args.model)?;
    let tokenizer = Tokenizer::from_gguf(&gguf)?;
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let ids = tokenizer.encode(&text, Special::Recognise);
    if args.json {
        println!("{}", json!({ "ids": ids }));
    } else {
        let words: Vec<_> = ids.iter().map(u32::to_string).collect();
        println!("{}", words.join(" "));
    }
    Ok(())
}
