//! Text from a model.

use crate::device::Place;
use crate::model;
use anyhow::{Context, Result, bail};
use decoder::{Decoder, GenerateOptions, Sampler, SamplerOptions, Uninterrupted};
use gguf::Gguf;
use prompt::{ChatTemplate, Detokenizer, Message, Special, Tokenizer, chat_ids};
use serde_json::json;
use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The model: its id in the catalogue, or a file (GGUF)
    #[arg(long, value_name = "ID|FILE")]
    model: String,
    /// What the model reads
    #[arg(long, value_name = "TEXT", required_unless_present = "ids", conflicts_with = "ids")]
    prompt: Option<String>,
    /// What the model reads, as token ids: 1,2,…
    #[arg(long, value_delimiter = ',')]
    ids: Vec<u32>,
    /// Put the prompt into the model's chat template, as the user's turn
    #[arg(long, requires = "prompt")]
    chat: bool,
    /// A LoRA adapter of the model (GGUF)
    #[arg(long, value_name = "FILE")]
    lora: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
    /// Most tokens to write
    #[arg(long, default_value_t = 128)]
    max_tokens: usize,
    /// Always take the best token
    #[arg(long)]
    greedy: bool,
    /// Unless greedy: how far to stray from the best token
    #[arg(long, default_value_t = 0.7)]
    temperature: f32,
    /// Unless greedy: the same seed makes the same choices
    #[arg(long, default_value_t = 0)]
    seed: u32,
    /// Draft nothing from what followed the same words before: slower or faster, never another text
    #[arg(long)]
    no_lookup: bool,
    /// With --json: so many best logits of the first position
    #[arg(long, default_value_t = 0)]
    top_logits: usize,
    /// Print a last line of JSON
    #[arg(long)]
    json: bool,
}

/// Speed and output of one run.
struct Written {
    ids: Vec<u32>,
    text: String,
    tps: f64,
}

pub(crate) async fn run(args: &Args) -> Result<()> {
    let (gguf, file) = model::header(&args.model)?;
    let tokenizer = Tokenizer::from_gguf(&gguf)?;
    let ids = prompt_ids(args, &gguf, &tokenizer)?;
    let mut decoder = model::load(&gguf, file, &args.place, ids.len() + args.max_tokens + 1).await?.decoder;
    if let Some(path) = &args.lora {
        let file = File::open(path).with_context(|| path.display().to_string())?;
        model::add_adapter(&mut decoder, file).await?;
        decoder.use_adapter(Some(model::ADAPTER))?;
    }
    let start = Instant::now();
    let prefill = decoder.prefill(&ids, &Uninterrupted).await?;
    let top = top_logits(&mut decoder, args.top_logits).await?;
    let prefill_tps = prefill.computed as f64 / start.elapsed().as_secs_f64();
    let written = write(args, &mut decoder, &tokenizer, &ids).await?;
    eprintln!("prefill {prefill_tps:.1} tokens/s, decode {:.1} tokens/s", written.tps);
    let drafts = decoder.lookup();
    if args.json {
        let result = json!({
            "promptIds": ids,
            "outputIds": written.ids,
            "text": written.text,
            "topLogits": top,
            "prefillTps": prefill_tps,
            "decodeTps": written.tps,
            "drafts": { "steps": drafts.steps, "drafted": drafts.drafted, "accepted": drafts.accepted },
        });
        println!("{result}");
    }
    Ok(())
}

fn prompt_ids(args: &Args, gguf: &Gguf, tokenizer: &Tokenizer) -> Result<Vec<u32>> {
    let Some(prompt) = &args.prompt else {
        return Ok(args.ids.clone());
    };
    if args.chat {
        let template = ChatTemplate::from_gguf(gguf)?;
        return Ok(chat_ids(tokenizer, &template, &[Message::user(prompt)], "")?);
    }
    let ids = tokenizer.encode_with_bos(prompt, Special::Recognise);
    if ids.is_empty() {
        bail!("the prompt is empty");
    }
    Ok(ids)
}

/// The best logits of the position to be written, best first; of equal ones, the lower id.
async fn top_logits(decoder: &mut Decoder, count: usize) -> Result<Vec<(u32, f32)>> {
    if count == 0 {
        return Ok(Vec::new());
    }
    let mut logits: Vec<(u32, f32)> = (0..).zip(decoder.logits().await?).collect();
    logits.sort_by(|a, b| b.1.total_cmp(&a.1));
    logits.truncate(count);
    Ok(logits)
}

/// Writes until the model ends, printing the text as it comes. The token that ends it is among the ids.
async fn write(args: &Args, decoder: &mut Decoder, tokenizer: &Tokenizer, prompt: &[u32]) -> Result<Written> {
    let temperature = if args.greedy { 0.0 } else { args.temperature };
    let mut sampler = Sampler::new(SamplerOptions { temperature, seed: args.seed, ..Default::default() });
    prompt.iter().for_each(|&id| sampler.observe(id));
    let mut detokenizer = Detokenizer::new(tokenizer);
    let (mut ids, mut text) = (Vec::new(), String::new());
    let mut show = |piece: &str| {
        print!("{piece}");
        text.push_str(piece);
        std::io::stdout().flush()
    };
    let start = Instant::now();
    let options = GenerateOptions { max_tokens: args.max_tokens, lookup: !args.no_lookup };
    let mut generation = decoder.generate(sampler, options);
    while ids.len() < args.max_tokens {
        let id = generation.next().await?;
        ids.push(id);
        if tokenizer.is_end(id) {
            break;
        }
        show(&detokenizer.push(id))?;
    }
    let tps = ids.len() as f64 / start.elapsed().as_secs_f64();
    show(&detokenizer.finish())?;
    println!();
    Ok(Written { ids, text, tps })
}
