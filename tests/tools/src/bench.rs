//! The speed of prefill and decode on this machine.

use crate::clock::now;
use crate::device::{Backend, Place};
use crate::model;
use anyhow::{Context, Result};
use decoder::{Decoder, GenerateOptions, Sampler, SamplerOptions, SequenceOptions, Uninterrupted};
use gguf::Gguf;
use serde_json::{Value, json};
use std::io::Cursor;
use std::path::Path;
use std::time::Instant;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The model: its id in the catalogue, or a file (GGUF)
    #[arg(long, value_name = "ID|FILE")]
    model: String,
    #[command(flatten)]
    place: Place,
    /// Tokens of the prompt
    #[arg(long, value_name = "N", default_value_t = 256)]
    prompt: usize,
    /// Tokens to decode
    #[arg(long, value_name = "N", default_value_t = 64)]
    decode: usize,
    /// Measured runs, after one that warms up
    #[arg(long, value_name = "N", default_value_t = 5)]
    runs: usize,
    /// Draft tokens from what followed the same words before. What that saves depends on the text; random weights repeat
    /// themselves
    #[arg(long)]
    lookup: bool,
    /// Also measure with a LoRA adapter of this rank at work, of random weights, that changes every matrix of the layers: in turns
    /// with the runs without it
    #[arg(long, value_name = "N")]
    lora_rank: Option<u32>,
    /// Also measure steps that verify drafts, against steps of decode
    #[arg(long)]
    verify: bool,
    /// Also measure steps that write a token of each of several texts, against steps of one, and a page of texts that begin
    /// alike, against one after the other
    #[arg(long)]
    side_by_side: bool,
    /// Print a JSON object
    #[arg(long)]
    json: bool,
}

/// Texts that are written side by side, ascending.
const TEXTS: [usize; 6] = [1, 2, 4, 8, 16, 32];

/// Tokens that are a text's own, of a page of texts that begin alike.
const OWN: u32 = 40;

/// Tokens of the drafts that are verified, ascending.
const DRAFTS: [u32; 4] = [2, 4, 8, 16];

pub(crate) async fn run(args: &Args) -> Result<()> {
    let (gguf, file) = model::header(&args.model)?;
    let start = Instant::now();
    let texts = if args.side_by_side { TEXTS[TEXTS.len() - 1] } else { 1 };
    let context = texts * (args.prompt + OWN as usize + args.decode)
        + if args.verify { DRAFTS[DRAFTS.len() - 1] as usize } else { 1 };
    let mut loaded = model::load(&gguf, file, &args.place, context).await?;
    let load = start.elapsed().as_secs_f64();
    let first = measure(&mut loaded.decoder, args, 0).await?;
    let mut lora = match args.lora_rank {
        Some(rank) => Some(Lora::add(&mut loaded.decoder, &gguf, rank, args).await?),
        None => None,
    };
    let (mut read, mut wrote, mut submits) = (Vec::new(), Vec::new(), 0.0);
    for number in 1..=args.runs {
        let run = measure(&mut loaded.decoder, args, number).await?;
        read.push(args.prompt as f64 / run.read);
        wrote.push(args.decode as f64 / run.wrote);
        submits = run.submits as f64 / args.decode as f64;
        if let Some(lora) = &mut lora {
            lora.measure(&mut loaded.decoder, args, number, &run).await?;
        }
    }
    let (read, wrote) = (spread(read), spread(wrote));
    eprintln!(
        "prefill {} tokens/s, decode {} tokens/s (median; see --json)",
        read["median"], wrote["median"]
    );
    let lora = lora.map(Lora::figures);
    if let Some(lora) = &lora {
        eprintln!(
            "with the adapter prefill takes {} times as long, decode {}, and a switch {} ms",
            lora["prefillTimes"]["median"], lora["decodeTimes"]["median"], lora["switchMs"]["median"]
        );
    }
    let verified = if args.verify { Some(verify(&mut loaded.decoder, args, &wrote).await?) } else { None };
    let beside = if args.side_by_side { Some(side_by_side(&mut loaded.decoder, args).await?) } else { None };
    let page = if args.side_by_side { Some(page(&mut loaded.decoder, args).await?) } else { None };
    if args.json {
        let (bytes, lookup) = (decoder::bytes_per_token(&gguf), loaded.decoder.lookup());
        let rate = |measured| {
            let share = wrote["median"].as_f64().map(|tps| bytes as f64 * tps / measured / 1e9);
            json!({ "measured": measured, "share": share })
        };
        let figures = json!({
            "backend": match args.place.backend { Backend::Cpu => "cpu", Backend::Gpu => "gpu" },
            "adapter": loaded.adapter,
            "where": "native",
            "model": Path::new(&args.model).file_stem().map(|name| name.to_string_lossy()),
            "threads": if args.place.backend == Backend::Cpu { args.place.threads } else { 1 },
            "lora": lora,
            "prompt": args.prompt,
            "decode": args.decode,
            "prefillTps": read,
            "decodeTps": wrote,
            "loadMs": loaded.load_ms,
            "loadToFirstTokenMs": 1000.0 * (load + first.read),
            "dispatchesPerToken": loaded.decoder.dispatches_per_token(),
            "submitsPerToken": submits,
            "bytesPerToken": bytes,
            "bandwidth": bandwidth(&args.place).await?.map(rate),
            "lookup": { "drafted": lookup.drafted, "accepted": lookup.accepted },
            "verify": verified,
            "sideBySide": beside,
            "page": page,
            "peer": null,
            "ratio": null,
        });
        println!("{figures}");
    }
    Ok(())
}

/// What a run took.
struct Run {
    /// Seconds until the first token.
    read: f64,
    /// Seconds from the first token to the last.
    wrote: f64,
    /// Submissions to the GPU in that time.
    submits: u64,
}

/// What an adapter costs while it is at work.
#[derive(Default)]
struct Lora {
    rank: u32,
    /// Tokens a second.
    read: Vec<f64>,
    wrote: Vec<f64>,
    /// What a run took, by what the run without it took that came right before.
    read_times: Vec<f64>,
    wrote_times: Vec<f64>,
    /// Milliseconds that putting it to work took, or ending that.
    switches: Vec<f64>,
    /// As [`Decoder::dispatches_per_token`].
    dispatches: usize,
}

impl Lora {
    /// Adds one of random weights, and has it at work once, which warms up.
    async fn add(decoder: &mut Decoder, base: &Gguf, rank: u32, args: &Args) -> Result<Self> {
        model::add_adapter(decoder, Cursor::new(tests::adapter(base, rank)?)).await?;
        let mut lora = Self { rank, ..Self::default() };
        lora.run(decoder, args, 0).await?;
        Ok(lora)
    }

    /// Has it at work for a run that does what `plain` did without it.
    async fn measure(
        &mut self,
        decoder: &mut Decoder,
        args: &Args,
        number: usize,
        plain: &Run,
    ) -> Result<()> {
        let run = self.run(decoder, args, number).await?;
        self.read.push(args.prompt as f64 / run.read);
        self.wrote.push(args.decode as f64 / run.wrote);
        self.read_times.push(run.read / plain.read);
        self.wrote_times.push(run.wrote / plain.wrote);
        Ok(())
    }

    async fn run(&mut self, decoder: &mut Decoder, args: &Args, number: usize) -> Result<Run> {
        self.switch(decoder, Some(model::ADAPTER))?;
        let run = measure(decoder, args, number).await?;
        self.dispatches = decoder.dispatches_per_token();
        self.switch(decoder, None)?;
        Ok(run)
    }

    fn switch(&mut self, decoder: &mut Decoder, name: Option<&str>) -> Result<()> {
        let start = now();
        decoder.use_adapter(name)?;
        self.switches.push(now() - start);
        Ok(())
    }

    fn figures(self) -> Value {
        json!({
            "rank": self.rank,
            "prefillTps": spread(self.read),
            "decodeTps": spread(self.wrote),
            "prefillTimes": spread(self.read_times),
            "decodeTimes": spread(self.wrote_times),
            "switchMs": spread(self.switches),
            "dispatchesPerToken": self.dispatches,
        })
    }
}

/// Each run begins with another token, so that nothing read before is reused.
async fn measure(decoder: &mut Decoder, args: &Args, run: usize) -> Result<Run> {
    let vocab = u32::try_from(decoder.config().vocab)?;
    let first = u32::try_from(run)? + 13;
    let ids: Vec<u32> =
        (0..u32::try_from(args.prompt)?).map(|i| i.wrapping_mul(7919).wrapping_add(first) % vocab).collect();
    let start = Instant::now();
    decoder.reserve(args.prompt + args.decode).await?;
    decoder.prefill(&ids, &Uninterrupted).await?;
    let submits = decoder.submits();
    let sampler = Sampler::new(SamplerOptions::default());
    let options = GenerateOptions { max_tokens: args.decode + 1, lookup: args.lookup };
    let mut generation = decoder.generate(sampler, options);
    // Choosing the first token waits for a GPU that is still reading.
    generation.next().await?;
    let read = start.elapsed().as_secs_f64();
    for _ in 0..args.decode {
        generation.next().await?;
    }
    let wrote = start.elapsed().as_secs_f64() - read;
    drop(generation);
    // One of them chose the first token.
    Ok(Run { read, wrote, submits: (decoder.submits() - submits).saturating_sub(1) })
}

/// What steps that verify drafts take, in steps of decode: each by its number of tokens, and the straight line
/// `base + perToken · tokens` nearest to them.
async fn verify(decoder: &mut Decoder, args: &Args, wrote: &Value) -> Result<Value> {
    /// Steps of each number of tokens; their median counts.
    const STEPS: usize = 20;
    let step = 1.0 / wrote["median"].as_f64().context("nothing was written")?;
    let sampler = Sampler::new(SamplerOptions::default());
    decoder.reserve(args.prompt + args.decode).await?;
    let mut costs = Vec::new();
    for tokens in DRAFTS {
        let draft: Vec<u32> = (1..=tokens).collect();
        // The first compiles.
        decoder.verify(&draft, &sampler).await?;
        let mut seconds = Vec::new();
        for _ in 0..STEPS {
            let start = Instant::now();
            decoder.verify(&draft, &sampler).await?;
            seconds.push(start.elapsed().as_secs_f64());
        }
        seconds.sort_by(f64::total_cmp);
        costs.push((f64::from(tokens), seconds[STEPS / 2] / step));
    }
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| costs.iter().map(of).sum::<f64>() / costs.len() as f64;
    let (tokens, cost) = (mean(&|point| point.0), mean(&|point| point.1));
    let slope =
        mean(&|point| (point.0 - tokens) * (point.1 - cost)) / mean(&|point| (point.0 - tokens).powi(2));
    let base = cost - slope * tokens;
    for (tokens, cost) in &costs {
        eprintln!("verifying {tokens} tokens takes {cost:.2} steps of decode");
    }
    eprintln!("about {base:.2} + {slope:.3} a token");
    let steps: Vec<_> =
        costs.iter().map(|(tokens, cost)| json!({ "tokens": tokens, "cost": cost })).collect();
    Ok(json!({ "steps": steps, "base": base, "perToken": slope }))
}

/// What steps of several texts take, in steps of one, by the number of texts: medians. Fewer than were asked for where the
/// device writes fewer.
async fn side_by_side(decoder: &mut Decoder, args: &Args) -> Result<Value> {
    let ids: Vec<u32> = (1..=u32::try_from(args.prompt)?).collect();
    let mut steps = Vec::new();
    let width = decoder.width();
    for texts in TEXTS.into_iter().filter(|&texts| width > 1 && texts <= width) {
        let mut joined = Vec::new();
        for _ in 0..texts {
            let sampler = Sampler::new(SamplerOptions::default());
            let options = SequenceOptions { adapter: None, sampler, max_tokens: args.decode };
            joined.extend(decoder.join(&ids, &options)?);
        }
        let mut seconds = Vec::new();
        loop {
            let start = Instant::now();
            let step = decoder.step(&Uninterrupted).await?;
            if step.chosen.is_empty() && step.read.computed == 0 {
                break;
            }
            if step.read.computed == 0 {
                seconds.push(start.elapsed().as_secs_f64());
            }
        }
        for id in joined {
            decoder.leave(id);
        }
        seconds.sort_by(f64::total_cmp);
        steps.push((texts, seconds[seconds.len() / 2]));
    }
    let one = steps.first().map_or(1.0, |(_, seconds)| *seconds);
    let cost = |&(texts, seconds): &(usize, f64)| {
        let (cost, tps) = (seconds / one, texts as f64 / seconds);
        eprintln!("a step of {texts} texts takes {cost:.2} steps of one: {tps:.1} tokens/s");
        json!({ "texts": texts, "cost": cost, "tokensPerSecond": tps })
    };
    Ok(steps.iter().map(cost).collect())
}

/// What a page of texts takes that begin with the same prompt: one after the other, in seconds, and how many times faster it is
/// side by side, each next text joining where one has left.
async fn page(decoder: &mut Decoder, args: &Args) -> Result<Value> {
    const PIECES: u32 = 96;
    let first = u32::try_from(args.prompt)?;
    let prompt =
        |piece: u32| (1..=first).chain((0..OWN).map(move |i| 1 + (piece * OWN + i) % 8000)).collect();
    let prompts: Vec<Vec<u32>> = (0..PIECES).map(prompt).collect();
    let sampler = || Sampler::new(SamplerOptions::default());
    let (mut alone, mut beside) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..args.runs {
        let start = Instant::now();
        for prompt in &prompts {
            decoder.prefill(prompt, &Uninterrupted).await?;
            let options = GenerateOptions { max_tokens: args.decode, lookup: false };
            let mut generation = decoder.generate(sampler(), options);
            for _ in 0..args.decode {
                generation.next().await?;
            }
        }
        alone = alone.min(start.elapsed().as_secs_f64());
        let start = Instant::now();
        let (mut waiting, mut live) = (prompts.iter().peekable(), Vec::new());
        loop {
            while let Some(prompt) = waiting.peek() {
                let options = SequenceOptions { adapter: None, sampler: sampler(), max_tokens: args.decode };
                let Some(id) = decoder.join(prompt, &options)? else { break };
                live.push((id, 0));
                waiting.next();
            }
            if live.is_empty() {
                break;
            }
            for (id, _) in decoder.step(&Uninterrupted).await?.chosen {
                live.iter_mut().filter(|(other, _)| *other == id).for_each(|(_, written)| *written += 1);
            }
            live.retain(|&(id, written)| {
                if written == args.decode {
                    decoder.leave(id);
                }
                written < args.decode
            });
        }
        beside = beside.min(start.elapsed().as_secs_f64());
    }
    let times = alone / beside;
    eprintln!(
        "{PIECES} texts of {OWN} tokens take {alone:.2} s one after the other; {times:.2} times faster side by side"
    );
    Ok(json!({ "texts": PIECES, "seconds": alone, "sideBySideSeconds": beside, "times": times }))
}

/// Bytes a second that a kernel reads on the GPU, in 10⁹; none on the CPU.
async fn bandwidth(place: &Place) -> Result<Option<f64>> {
    Ok(match place.gpu().await? {
        Some(gpu) => Some(kernels::gpu::read_bandwidth(&gpu, now).await?),
        None => None,
    })
}

fn spread(mut values: Vec<f64>) -> Value {
    values.sort_by(f64::total_cmp);
    let middle = values.get(values.len() / 2);
    json!({ "median": middle, "min": values.first(), "max": values.last() })
}
