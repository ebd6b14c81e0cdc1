//! A page's text as the tasks see it.

use anyhow::{Context, Result};
use protocol::PageCapture;
use serde_json::json;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The page (HTML)
    file: PathBuf,
    /// The file holds what the capture script read of the page (JSON)
    #[arg(long, hide = true)]
    capture: bool,
    /// Say each sentence too, in JSON
    #[arg(long, hide = true)]
    sentences: bool,
    /// Print a JSON object
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let page = if args.capture {
        serde_json::from_str(&read(&args.file)?).with_context(|| args.file.display().to_string())?
    } else {
        read_page(&args.file)?
    };
    let article = article::extract(&page.html, &page.url, &page.title)
        .with_context(|| args.file.display().to_string())?;
    if args.json {
        let (text, lang) = (article.text(), article.lang.or(page.lang));
        let mut read = json!({ "title": article.title, "lang": lang, "text": text });
        if args.sentences {
            let blocks = article.blocks.iter();
            read["sentences"] = blocks.flat_map(|block| tasks::sentences(&block.text)).collect();
        }
        println!("{read}");
    } else {
        println!("{}\n\n{}", article.title, article.text());
    }
    Ok(())
}

/// A page's file in the place of what the capture script would have read.
pub(crate) fn read_page(file: &Path) -> Result<PageCapture> {
    let url = format!("file://{}", std::path::absolute(file)?.display());
    Ok(PageCapture { url, html: read(file)?, ..PageCapture::default() })
}

fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("the page {} cannot be read", file.display()))
}
