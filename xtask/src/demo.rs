//! The extension at work on a page, in Chromium, driven as a person would drive it.

use crate::paths::root;
use crate::process::{pass, say};
use crate::{build, driver};
use anyhow::{Context, Result};
use catalog::{GEMMA3, SMOLLM2};
use serde_json::json;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The page: a file or an address [default: a bundled one for the task]
    #[arg(long)]
    page: Option<String>,
    /// What to do with it
    #[arg(long, value_enum, default_value = "summarize")]
    task: Task,
    /// Kind of summary
    #[arg(long = "type", value_parser = ["key-points", "tldr", "teaser", "headline"], default_value = "key-points")]
    kind: String,
    /// How much of it: of a summary `short`, `medium` or `long`, of a rewritten text `shorter` or `longer`
    #[arg(long, value_parser = ["short", "medium", "long", "as-is", "shorter", "longer"])]
    length: Option<String>,
    /// What to ask the page
    #[arg(long, default_value = "How much has the sea risen since 1919?")]
    question: String,
    /// Tone of the rewritten text
    #[arg(long, value_parser = ["as-is", "more-formal", "more-casual"], default_value = "as-is")]
    tone: String,
    /// What the text is rewritten for [default: fix-grammar, unless something else is asked for]
    #[arg(long, value_parser = ["as-is", "fix-grammar", "simplify", "bullets"])]
    goal: Option<String>,
    /// What is to be done with the text, in your own words
    #[arg(long)]
    instruction: Option<String>,
    /// Language to translate into
    #[arg(long, value_name = "LANG", default_value = "en")]
    to: String,
    /// Select the text of the first element that matches, and work on that [default of rewrite: textarea, else p]
    #[arg(long, value_name = "CSS")]
    select: Option<String>,
    /// The model, by its id in the catalogue [default: the best one for the task]
    #[arg(long)]
    model: Option<String>,
    /// Where the model runs
    #[arg(long, value_enum, default_value = "auto")]
    backend: Backend,
    /// Save a picture of the popup when it is done
    #[arg(long)]
    screenshot: Option<PathBuf>,
    /// Save a moving picture of the popup at work: an animated PNG
    #[arg(long)]
    film: Option<PathBuf>,
    /// Print what the engine does: phases, times, and why an answer was rejected
    #[arg(long)]
    trace: bool,
    /// Show the browser's window
    #[arg(long)]
    headed: bool,
    /// Print a last line of JSON with the figures
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Task {
    Summarize,
    Ask,
    Rewrite,
    Translate,
}

impl Task {
    /// As the protocol has it.
    fn name(self) -> &'static str {
        match self {
            Self::Summarize => "summarize",
            Self::Ask => "ask",
            Self::Rewrite => "rewrite",
            Self::Translate => "translate",
        }
    }

    /// The bundled page that shows it.
    fn page(self) -> &'static str {
        match self {
            Self::Summarize | Self::Ask => "tests/pages/demo/source.html",
            Self::Rewrite => "tests/e2e/draft.html",
            Self::Translate => "tests/pages/demo-de/source.html",
        }
    }

    /// The models it may need.
    fn models(self) -> &'static [&'static str] {
        match self {
            Self::Summarize | Self::Ask => &[SMOLLM2],
            Self::Rewrite | Self::Translate => &[SMOLLM2, GEMMA3],
        }
    }
}

/// Where the model runs.
#[derive(Clone, Copy, PartialEq, clap::ValueEnum)]
pub(crate) enum Backend {
    Auto,
    Gpu,
    Cpu,
}

impl Backend {
    /// As the protocol has it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Gpu => "gpu",
            Self::Cpu => "cpu",
        }
    }
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let needed = args.task.models().iter().copied().chain(args.model.as_deref());
    build::run(&build::Args::with_models(needed.filter_map(catalog::find)))?;
    let programs = driver::bundle(&[root().join("tests/e2e/demo.ts")])?;
    let page = args.page.as_deref().unwrap_or(args.task.page());
    let (address, file) = match page.split_once("://") {
        Some(_) => (Some(page), None),
        None => (None, Some(find_file(page)?)),
    };
    let options = json!({
        "url": address,
        "file": file,
        "task": args.task.name(),
        "type": args.kind,
        "length": args.length,
        "question": args.question,
        "rewrite": rewrite(args),
        "to": args.to,
        "select": args.select,
        "model": args.model,
        "choice": args.backend.name(),
        "adapter": adapter(args.backend),
        "screenshot": args.screenshot.as_deref().map(std::path::absolute).transpose()?,
        "film": args.film.as_deref().map(std::path::absolute).transpose()?,
        "trace": args.trace || std::env::var_os("SOTTO_TRACE").is_some(),
        "headed": args.headed,
        "json": args.json,
    });
    say(format!("opening {page} in Chromium"));
    pass(driver::browser()?.args(programs).arg(options.to_string()))
}

/// The wishes about a rewritten text, as the protocol has them. Where there is none, its grammar is corrected.
fn rewrite(args: &Args) -> serde_json::Value {
    let length = args.length.as_deref().filter(|length| ["shorter", "longer"].contains(length));
    let is_wished = length.is_some() || args.tone != "as-is" || args.instruction.is_some();
    let goal = args.goal.as_deref().unwrap_or(if is_wished { "as-is" } else { "fix-grammar" });
    json!({
        "tone": args.tone,
        "length": length.unwrap_or("as-is"),
        "goal": goal,
        "instruction": args.instruction,
    })
}

/// A page given by the person, or the bundled one.
fn find_file(page: &str) -> Result<PathBuf> {
    let here = Path::new(page);
    let path = if here.is_file() { here.to_path_buf() } else { root().join(page) };
    path.canonicalize().with_context(|| format!("no page at {page}"))
}

/// What Chromium is started with: its software adapter where a GPU is asked for and the machine has none.
pub(crate) fn adapter(backend: Backend) -> &'static str {
    if backend == Backend::Gpu && !has_gpu() {
        say("this machine has no GPU: Chromium's software adapter (SwiftShader) takes its place and is slow");
        return "swiftshader";
    }
    "found"
}

fn has_gpu() -> bool {
    !cfg!(target_os = "linux") || Path::new("/dev/dri").is_dir() || Path::new("/dev/nvidiactl").exists()
}
