//! A page's text as the tasks see it: of the file as it is, or of what the extension reads of it in a browser.

use crate::build::scripts;
use crate::paths::{root, target};
use crate::process::{output, say};
use crate::setup::npm;
use crate::{driver, model_tool};
use anyhow::{Context, Result};
use serde_json::json;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The page (HTML)
    file: PathBuf,
    /// Open the page in Chromium and take what the extension's capture script reads there
    #[arg(long)]
    captured: bool,
    /// Print a JSON object: title, lang, text
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let page = args.file.canonicalize().with_context(|| format!("no page at {}", args.file.display()))?;
    let mut words: Vec<OsString> = args.json.then(|| "--json".into()).into_iter().collect();
    if args.captured {
        words.extend(["--capture".into(), capture(&page)?.into()]);
    } else {
        words.push(page.into());
    }
    model_tool::run("extract", &words)
}

/// Writes what the capture script reads of a page to a file.
fn capture(page: &Path) -> Result<PathBuf> {
    npm::ensure()?;
    let folder = target()?.join("capture");
    let script = scripts::bundle_reading(&folder)?;
    let programs = driver::bundle(&[root().join("tests/e2e/capture.ts")])?;
    say(format!("opening {} in Chromium", page.display()));
    let captured =
        output(driver::browser()?.args(programs).arg(json!({ "file": page, "script": script }).to_string()))?;
    let path = folder.join("page.json");
    fs::write(&path, captured)?;
    Ok(path)
}
