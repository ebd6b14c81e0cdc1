//! Reading and writing speed, natively or in a browser, beside another engine if wanted.

use crate::build::engine::{Engine, Profile};
use crate::demo::{self, Backend};
use crate::paths::{root, target};
use crate::process::{pass, run as start, say};
use crate::setup::npm;
use crate::{build, driver, model_tool, setup};
use anyhow::{Result, bail, ensure};
use serde_json::json;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The model's file (GGUF) [default: the model that the extension ships]
    #[arg(long, value_name = "FILE", conflicts_with = "shape")]
    model: Option<PathBuf>,
    /// Random weights in the shapes of this model: smollm2-135m, llama-160m, smollm2-360m, qwen2.5-0.5b, qwen2.5-1.5b,
    /// llama-3.2-1b, gemma3-270m, or tiny. Beside another engine, with the shipped model's tokenizer
    #[arg(long, value_name = "NAME")]
    shape: Option<String>,
    /// Type of the random weights, such as `q4_0` [default: what such models are mostly published in]
    #[arg(long = "type", value_name = "TYPE", requires = "shape")]
    ty: Option<String>,
    /// What executes the model
    #[arg(long, value_enum, default_value = "cpu")]
    backend: Backend,
    /// On this machine, or in Chromium on it
    #[arg(long = "where", value_enum, default_value = "native")]
    place: Place,
    /// Threads of the processor, for each engine [default: natively 1, in Chromium as many as the engine takes by itself]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    threads: Option<u32>,
    /// Tokens to read; in Chromium several lengths are measured one after the other [default: 256; for the processor beside
    /// another engine 128,512,1024]
    #[arg(long, value_name = "N,…", value_delimiter = ',')]
    prompt: Vec<u32>,
    /// Tokens to write
    #[arg(long, value_name = "N", default_value_t = 64)]
    decode: u32,
    /// Measured runs, after one that warms up [default: 5, beside another engine 3]
    #[arg(long, value_name = "N")]
    runs: Option<u32>,
    /// Draft tokens from what followed the same words before. What that saves depends on the text; random weights repeat
    /// themselves
    #[arg(long)]
    lookup: bool,
    /// Natively: also measure with a LoRA adapter of this rank at work, of random weights, in turns with the runs without it
    #[arg(long, value_name = "N", conflicts_with = "peer")]
    lora_rank: Option<u32>,
    /// In Chromium: measure this engine too, in turns
    #[arg(long, value_parser = ["wllama"])]
    peer: Option<String>,
    /// How that engine keeps keys and values [default: q8_0 on the processor, f16 on a GPU: its own default]
    #[arg(long, value_parser = ["f16", "f32", "q8_0"], requires = "peer")]
    peer_cache: Option<String>,
    /// Natively, of several GPUs: the first whose name contains this
    #[arg(long, value_name = "NAME")]
    adapter: Option<String>,
    /// In Chromium: measure how fast the shipped model's file is installed instead, beside the browser's file system alone
    #[arg(long, conflicts_with_all = ["model", "shape", "peer", "lora_rank"])]
    install: bool,
    /// Measure nothing, but write the page that measures, with all that it needs but a model, into this folder
    #[arg(long, value_name = "DIR", conflicts_with_all = ["model", "shape", "peer"])]
    page: Option<PathBuf>,
    /// Print a JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, PartialEq, clap::ValueEnum)]
enum Place {
    Native,
    Browser,
}

impl Args {
    fn prompts(&self) -> Vec<u32> {
        match (self.prompt.is_empty(), self.peer.is_some() && self.backend == Backend::Cpu) {
            (false, _) => self.prompt.clone(),
            (true, false) => vec![256],
            (true, true) => vec![128, 512, 1024],
        }
    }

    fn runs(&self) -> u32 {
        self.runs.unwrap_or(if self.peer.is_some() { 3 } else { 5 })
    }
}

pub(crate) fn run(args: &Args) -> Result<()> {
    ensure!(args.peer.is_none() || args.place == Place::Browser, "--peer needs --where browser");
    ensure!(args.lora_rank.is_none() || args.place == Place::Native, "--lora-rank needs --where native");
    if let Some(folder) = &args.page {
        ensure!(args.place == Place::Browser, "--page needs --where browser");
        return page(folder);
    }
    if args.install {
        ensure!(args.place == Place::Browser, "--install needs --where browser");
        return install(args);
    }
    let model = model(args)?;
    match args.place {
        Place::Native => native(args, &model),
        Place::Browser => browser(args, &model),
    }
}

fn model(args: &Args) -> Result<PathBuf> {
    if let Some(model) = &args.model {
        return Ok(model.canonicalize()?);
    }
    let Some(shape) = &args.shape else {
        return setup::model::ensure(setup::model::default());
    };
    setup::shape::ensure(shape, args.ty.as_deref(), args.peer.is_some())
}

fn native(args: &Args, model: &Path) -> Result<()> {
    let [prompt] = args.prompts()[..] else { bail!("natively, --prompt takes one length") };
    let mut words: Vec<OsString> = vec!["--model".into(), model.into()];
    words.extend(["--backend".into(), if args.backend == Backend::Gpu { "gpu" } else { "cpu" }.into()]);
    for (name, value) in [("--prompt", prompt), ("--decode", args.decode), ("--runs", args.runs())] {
        words.extend([name.into(), value.to_string().into()]);
    }
    if let Some(threads) = args.threads {
        words.extend(["--threads".into(), threads.to_string().into()]);
    }
    if let Some(adapter) = &args.adapter {
        words.extend(["--adapter".into(), adapter.into()]);
    }
    if let Some(rank) = args.lora_rank {
        words.extend(["--lora-rank".into(), rank.to_string().into()]);
    }
    words.extend(args.lookup.then(|| "--lookup".into()));
    words.extend(args.json.then(|| "--json".into()));
    model_tool::run("bench", &words)
}

fn browser(args: &Args, model: &Path) -> Result<()> {
    let folder = target()?.join("bench");
    page(&folder)?;
    let programs = driver::bundle(&[root().join("tests/bench/bench.ts")])?;
    let options = json!({
        "model": model,
        "backend": args.backend.name(),
        "adapter": demo::adapter(args.backend),
        "threads": args.threads,
        "prompts": args.prompts(),
        "decode": args.decode,
        "runs": args.runs(),
        "lookup": args.lookup,
        "peer": args.peer,
        "cache": args.peer_cache,
        "json": args.json,
        "folder": folder,
    });
    say("measuring in Chromium");
    pass(driver::browser()?.args(programs).arg(options.to_string()))
}

fn install(args: &Args) -> Result<()> {
    let shipped = setup::model::default();
    let model = setup::model::ensure(shipped)?;
    build::run(&build::Args { release: true, ..build::Args::default() })?;
    let programs = driver::bundle(&[root().join("tests/bench/install.ts")])?;
    let options = json!({
        "model": model,
        "name": shipped.info.name,
        "bytes": shipped.info.bytes,
        "runs": args.runs(),
        "json": args.json,
    });
    pass(driver::browser()?.args(programs).arg(options.to_string()))
}

/// Writes the page that measures: it needs a server, but neither Node nor the extension.
fn page(folder: &Path) -> Result<()> {
    npm::ensure()?;
    Engine::compile(Profile::Release, &["bench"])?.write(folder)?;
    fs::copy(root().join("tests/bench/index.html"), folder.join("index.html"))?;
    fs::copy(root().join("node_modules/@wllama/wllama/esm/wasm/wllama.wasm"), folder.join("wllama.wasm"))?;
    start(
        npm::bin("esbuild")
            .args(["tests/bench/page.ts", "tests/bench/worker.ts", "offscreen/thread.ts"])
            .args(["--bundle", "--format=esm", "--target=chrome127", "--log-level=warning"])
            .arg("--entry-names=[name]")
            .arg(format!("--outdir={}", std::path::absolute(folder)?.display())),
    )
}
