//! Time to extract long pages: `cargo bench -p article`, with a part of a page's name to measure no
//! others.
//!
//! Each page of `tests/pages` is made longer as an author makes one: what holds its text gets its own
//! paragraphs, lists and tables again, in turn, until the page has 100 kB and 1 MB of HTML; what frames
//! it stays as it is. Each row has the milliseconds for both, the least of some runs, and their ratio
//! for a tenfold length: ten is linear. Pages whose frame alone is longer have no row. On Linux only
//! the time on a processor counts, whatever else the machine does.
#![allow(clippy::unwrap_used, reason = "a bench fails by panicking")]

mod clock;

use clock::clock;
use dom_query::{Document, NodeRef};
use std::path::Path;

const SIZES: [usize; 2] = [100_000, 1_000_000];

/// Runs of which the quickest counts: the machine may be busy.
const RUNS: usize = 7;

/// What holds a page's text: the element with the most bytes of paragraphs for children.
fn container(page: &Document) -> NodeRef<'_> {
    let length = |node: &NodeRef<'_>| {
        let paragraphs = node.children_it(false).filter(|child| child.has_name("p"));
        paragraphs.map(|paragraph| paragraph.text().len()).sum::<usize>()
    };
    page.root().descendants_it().max_by_key(length).unwrap()
}

/// The page with about `size` bytes of HTML; none where its frame has more.
fn lengthened(html: &str, size: usize) -> Option<String> {
    const HERE: &str = "the text goes here";
    let page = Document::from(html);
    let text = container(&page);
    let parts: Vec<String> = text.children_it(false).map(|part| part.html().to_string()).collect();
    text.set_html(HERE);
    let frame = page.html();
    let (start, end) = frame.split_once(HERE).unwrap();
    let mut long = start.to_owned();
    let mut parts = parts.iter().cycle();
    while long.len() + end.len() < size {
        long.push_str(parts.next()?);
    }
    (start.len() + end.len() < size).then(|| long + end)
}

/// The least milliseconds that a page takes.
fn time(html: &str) -> f64 {
    let run = || {
        let start = clock();
        article::extract(html, "https://example.org/page", "").unwrap();
        clock() - start
    };
    (0..RUNS).map(|_| run()).fold(f64::INFINITY, f64::min)
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/pages");
    let mut pages: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.retain(|page| page.join("source.html").is_file());
    pages.sort();
    println!("| page | 100 kB | 1 MB | ratio |\n|---|---|---|---|");
    for page in pages {
        let name = page.file_name().unwrap().to_string_lossy();
        if !wanted.is_empty() && !wanted.iter().any(|word| name.contains(word)) {
            continue;
        }
        let html = std::fs::read_to_string(page.join("source.html")).unwrap();
        let Some(pages) = SIZES.map(|size| lengthened(&html, size)).into_iter().collect::<Option<Vec<_>>>()
        else {
            continue;
        };
        let times: Vec<f64> = pages.iter().map(|page| time(page)).collect();
        let longer = pages[1].len() as f64 / pages[0].len() as f64;
        let ratio = times[1] / times[0] * 10.0 / longer;
        println!("| {name} | {:.1} | {:.1} | {ratio:.1} |", times[0], times[1]);
    }
}
