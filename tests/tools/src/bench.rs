//! Reading and writing speed on this machine.

use crate::model::{self, Backend, Place};
use anyhow::Result;
use decoder::{Decoder, GenerateOptions, Sampler, SamplerOptions, Unpaced};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::Instant;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The model's file (GGUF)
    #[arg(long, value_name = "FILE")]
    model: PathBuf,
    #[command(flatten)]
    place: Place,
    /// Tokens to read
    #[arg(long, value_name = "N", default_value_t = 256)]
    prompt: usize,
    /// Tokens to write
    #[arg(long, value_name = "N", default_value_t = 64)]
    decode: usize,
    /// Measured runs, after one that warms up
    #[arg(long, value_name = "N", default_value_t = 5)]
    runs: usize,
    /// Print a JSON object
    #[arg(long)]
    json: bool,
}

/// The decoder works on one thread.
const THREADS: usize = 1;

pub(crate) async fn run(args: &Args) -> Result<()> {
    let (gguf, file) = model::header(&args.model)?;
    let mut loaded = model::load(&gguf, file, &args.place, args.prompt + args.decode + 1).await?;
    let (mut read, mut wrote) = (Vec::new(), Vec::new());
    for run in 0..=args.runs {
        let (prefill, decode) = measure(&mut loaded.decoder, args, run).await?;
        if run > 0 {
            read.push(prefill);
            wrote.push(decode);
        }
    }
    let (read, wrote) = (spread(read), spread(wrote));
    eprintln!(
        "reading {} tokens/s, writing {} tokens/s (median; see --json)",
        read["median"], wrote["median"]
    );
    if args.json {
        let figures = json!({
            "backend": match args.place.backend { Backend::Cpu => "cpu", Backend::Gpu => "gpu" },
            "where": "native",
            "model": args.model.file_stem().map(|name| name.to_string_lossy()),
            "threads": THREADS,
            "prompt": args.prompt,
            "decode": args.decode,
            "prefillTps": read,
            "decodeTps": wrote,
            "loadMs": loaded.load_ms,
            "dispatchesPerToken": loaded.decoder.dispatches_per_token(),
            "bytesPerToken": decoder::bytes_per_token(&gguf),
            "peer": null,
            "ratio": null,
        });
        println!("{figures}");
    }
    Ok(())
}

/// Tokens a second, reading and writing. Each run begins with another token, so that nothing read before is reused.
async fn measure(decoder: &mut Decoder, args: &Args, run: usize) -> Result<(f64, f64)> {
    let vocab = u32::try_from(decoder.config().vocab)?;
    let first = u32::try_from(run)? + 13;
    let ids: Vec<u32> =
        (0..u32::try_from(args.prompt)?).map(|i| i.wrapping_mul(7919).wrapping_add(first) % vocab).collect();
    let start = Instant::now();
    decoder.reserve(args.prompt + args.decode).await?;
    decoder.prefill(&ids, &Unpaced).await?;
    let sampler = Sampler::new(SamplerOptions::default());
    // What is drafted depends on the text: the speed without it says more.
    let options = GenerateOptions { max_tokens: args.decode + 1, lookup: false };
    let mut generation = decoder.generate(sampler, options);
    // Choosing the first token waits for a GPU that is still reading.
    generation.next().await?;
    let read = start.elapsed().as_secs_f64();
    for _ in 0..args.decode {
        generation.next().await?;
    }
    let wrote = start.elapsed().as_secs_f64() - read;
    Ok((args.prompt as f64 / read, args.decode as f64 / wrote))
}

fn spread(mut values: Vec<f64>) -> Value {
    values.sort_by(f64::total_cmp);
    let middle = values.get(values.len() / 2);
    json!({ "median": middle, "min": values.first(), "max": values.last() })
}
