//! A page's text as the tasks see it.

use anyhow::{Context, Result};
use serde_json::json;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The page (HTML)
    file: PathBuf,
    /// Print a JSON object
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let name = args.file.display().to_string();
    let html = std::fs::read_to_string(&args.file).with_context(|| name.clone())?;
    let article = article::extract(&html, &format!("file://{name}"), "").with_context(|| name)?;
    if args.json {
        println!("{}", json!({ "title": article.title, "lang": article.lang, "text": article.text() }));
    } else {
        println!("{}\n\n{}", article.title, article.text());
    }
    Ok(())
}
