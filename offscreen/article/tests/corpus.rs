//! What is read from real pages, against what a careful person reads there:
//! `tests/pages/*/{source.html,expected.txt}`.
//!
//! `SOTTO_BLESS=1 cargo test -p article --test corpus -- --nocapture` writes what is read now
//! beside the build's other output, and says where: candidates, to be compared with the page by eye
//! before one replaces an `expected.txt`.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use article::{Article, Error, extract};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Token-F1 below which one page counts as misread.
const PAGE_FLOOR: f64 = 0.9;

/// Mean token-F1 that the corpus must reach.
const MEAN_FLOOR: f64 = 0.98;

#[test]
fn corpus_f1() {
    let pages = pages();
    assert!(pages.len() >= 18, "only {} pages: is the corpus there?", pages.len());
    println!("{:<36} {:>6} {:>6} {:>6} {:>8}", "page", "F1", "prec.", "recall", "time");
    let mut scores = Vec::new();
    for page in &pages {
        let (article, time) = read(page);
        let text = article.map(|article| article.text()).unwrap_or_default();
        if std::env::var_os("SOTTO_BLESS").is_some() {
            propose(page, &text);
        }
        let score = Score::of(&text, &expected(page));
        println!(
            "{:<36} {:>6.3} {:>6.3} {:>6.3} {:>5} ms",
            name(page),
            score.f1(),
            score.precision,
            score.recall,
            time.as_millis()
        );
        scores.push((name(page), score.f1()));
    }
    let mean = scores.iter().map(|(_, f1)| f1).sum::<f64>() / pages.len() as f64;
    println!("{:<36} {mean:>6.3}", "mean");
    let low: Vec<_> = scores.iter().filter(|(_, f1)| *f1 < PAGE_FLOOR).collect();
    assert!(low.is_empty(), "misread: {low:?}");
    assert!(mean >= MEAN_FLOOR, "mean F1 {mean:.3}");
}

/// The extension hands over the body alone: nothing that is read may hang on the head.
#[test]
fn a_capture_reads_like_its_page() {
    for page in pages() {
        let html = std::fs::read_to_string(page.join("source.html")).unwrap();
        let body = &html[html.find("<body").unwrap()..];
        let capture = extract(&format!("<!doctype html><html>{body}"), "", "").unwrap().text();
        let score = Score::of(&capture, &expected(&page));
        assert!(score.f1() >= PAGE_FLOOR, "{}: F1 {:.3}", name(&page), score.f1());
    }
}

#[test]
fn an_empty_page_has_no_text() {
    assert_eq!(read(&folder().join("hand-made/empty")).0, Err(Error::NoText));
}

/// Writes a candidate for a page's expected text, and says where.
fn propose(page: &Path, text: &str) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    std::fs::create_dir_all(&folder).unwrap();
    let candidate = folder.join(format!("{}.txt", name(page)));
    std::fs::write(&candidate, format!("{text}\n")).unwrap();
    println!("candidate for {}: {}", name(page), candidate.display());
}

/// How far one text's words are those of another, whatever their order.
struct Score {
    precision: f64,
    recall: f64,
}

impl Score {
    fn of(found: &str, expected: &str) -> Self {
        let (found, expected) = (counts(found), counts(expected));
        let shared: usize = found.iter().map(|(word, n)| *n.min(expected.get(word).unwrap_or(&0))).sum();
        let share = |of: &HashMap<String, usize>| shared as f64 / of.values().sum::<usize>().max(1) as f64;
        Self { precision: share(&found), recall: share(&expected) }
    }

    fn f1(&self) -> f64 {
        let sum = self.precision + self.recall;
        if sum == 0.0 { 0.0 } else { 2.0 * self.precision * self.recall / sum }
    }
}

fn counts(text: &str) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *counts.entry(word.to_lowercase()).or_default() += 1;
    }
    counts
}

fn read(page: &Path) -> (Result<Article, Error>, Duration) {
    let html = std::fs::read_to_string(page.join("source.html")).unwrap();
    let start = Instant::now();
    let article = extract(&html, "https://example.org/page", "");
    (article, start.elapsed())
}

fn expected(page: &Path) -> String {
    let path = page.join("expected.txt");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/pages")
}

fn name(page: &Path) -> String {
    page.strip_prefix(folder()).unwrap().to_string_lossy().replace('/', ".")
}

/// The folders with something to read, in order.
fn pages() -> Vec<PathBuf> {
    let inside = |folder: PathBuf| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<_> = inside(folder()).chain(inside(folder().join("hand-made"))).collect();
    pages.retain(|page| page.join("source.html").is_file() && !page.ends_with("empty"));
    pages.sort();
    pages
}
