//! The extension at work on a page, in Chromium, driven as a person would drive it.

use crate::paths::root;
use crate::process::{pass, say};
use crate::{build, driver};
use anyhow::{Context, Result};
use serde_json::json;
use std::path::{Path, PathBuf};

/// The bundled article.
const PAGE: &str = "tests/pages/demo/source.html";

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The page: a file or an address [default: a bundled article]
    #[arg(long)]
    page: Option<String>,
    /// What to do with it
    #[arg(long, value_enum, default_value = "summarize")]
    task: Task,
    /// Kind of summary
    #[arg(long = "type", value_parser = ["key-points", "tldr"], default_value = "key-points")]
    kind: String,
    /// How much of it
    #[arg(long, value_parser = ["short", "medium", "long"], default_value = "medium")]
    length: String,
    /// Where the model runs
    #[arg(long, value_enum, default_value = "auto")]
    backend: Backend,
    /// Save a picture of the popup when it is done
    #[arg(long)]
    screenshot: Option<PathBuf>,
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
    build::run(&build::Args::default())?;
    let programs = driver::bundle(&[root().join("tests/e2e/demo.ts")])?;
    let page = args.page.as_deref().unwrap_or(PAGE);
    let (address, file) = match page.split_once("://") {
        Some(_) => (Some(page), None),
        None => (None, Some(find_file(page)?)),
    };
    let Task::Summarize = args.task;
    let options = json!({
        "url": address,
        "file": file,
        "type": args.kind,
        "length": args.length,
        "choice": args.backend.name(),
        "adapter": adapter(args.backend),
        "screenshot": args.screenshot.as_deref().map(std::path::absolute).transpose()?,
        "headed": args.headed,
        "json": args.json,
    });
    say(format!("opening {page} in Chromium"));
    pass(driver::node()?.args(programs).arg(options.to_string()))
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
