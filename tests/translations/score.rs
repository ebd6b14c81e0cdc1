//! Scores how well gemma-3-270m translates the sentence pairs beside this file, in both directions, and how it keeps the markup
//! of the foreign pages of `tests/pages`.
//!
//! `cargo run -p tests --example score_translations [-- [--every N] [--verbose] [pages] [LANG …]]` after
//! `cargo xtask test` fetched the model. What it printed last, and what follows from it, is in `README.md` beside this file.

use decoder::{Device, Precision, Uninterrupted};
use protocol::{Progress, Section, SectionStatus, Selection};
use std::error::Error;
use std::fs;
use std::sync::OnceLock;
use std::time::Instant;
use tasks::{Model, Run, Sink};
use tests::chrf::Chrf;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let mut wanted = Vec::new();
    let (mut every, mut verbose, mut pages) = (1, false, false);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--every" => every = arguments.next().ok_or("--every needs a number")?.parse()?,
            "--verbose" => verbose = true,
            "pages" => pages = true,
            _ => wanted.push(argument),
        }
    }
    let mut model = load()?;
    if pages {
        return show_pages(&mut model, &wanted);
    }
    println!(
        "| direction | chrF | chrF of what was kept | copied: chrF | kept | ms per sentence | ms to the first token |"
    );
    println!("|---|---|---|---|---|---|---|");
    for lang in ["de", "fr", "es", "it", "pt"] {
        if !wanted.is_empty() && !wanted.iter().any(|other| other == lang) {
            continue;
        }
        let path = tests::root().join(format!("tests/translations/pairs/{lang}.tsv"));
        let pairs = fs::read_to_string(path)?;
        let pairs: Vec<(&str, &str)> =
            pairs.lines().filter_map(|line| line.split_once('\t')).step_by(every).collect();
        for (from, to, turned) in [(lang, "en", false), ("en", lang, true)] {
            let turned = |&(a, b): &(_, _)| if turned { (b, a) } else { (a, b) };
            let score = score(&mut model, from, to, &pairs.iter().map(turned).collect::<Vec<_>>(), verbose)?;
            println!("| {from} → {to} | {score} |");
        }
    }
    Ok(())
}

fn load() -> Result<Model> {
    let (header, decoder) =
        tests::load(&tests::model(tests::TRANSLATOR), Device::cpu(Precision::Bits8), 2048);
    Ok(Model::new(&header, decoder, clock)?)
}

fn clock() -> f64 {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed().as_secs_f64() * 1000.0
}

/// What became of the sentences of one direction.
#[derive(Default)]
struct Score {
    sentences: usize,
    kept: usize,
    /// As the reader sees it: sentences whose translation fell are there in their own words.
    shown: Chrf,
    /// Of the translations that passed the checks alone.
    passed: Chrf,
    /// Had nothing been translated.
    copied: Chrf,
    ms: f64,
    first_ms: f64,
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let each = self.sentences.max(1) as f64;
        write!(
            f,
            "{:.1} | {:.1} | {:.1} | {} of {} | {:.0} | {:.0}",
            self.shown.score(),
            self.passed.score(),
            self.copied.score(),
            self.kept,
            self.sentences,
            self.ms / each,
            self.first_ms / each,
        )
    }
}

fn score(model: &mut Model, from: &str, to: &str, pairs: &[(&str, &str)], verbose: bool) -> Result<Score> {
    // The examples of a direction are read once: not what a sentence takes.
    translate(model, from, to, pairs[0].0)?;
    let mut score = Score::default();
    for &(source, reference) in pairs {
        let start = clock();
        model.take_usage();
        let Some(section) = translate(model, from, to, source)? else { return Err("no section".into()) };
        score.ms += clock() - start;
        score.first_ms += model.usage().first_token_at.map_or(0.0, |at| at - start);
        score.sentences += 1;
        score.shown.add(&section.text, reference);
        score.copied.add(source, reference);
        if section.status == SectionStatus::Checked {
            score.kept += 1;
            score.passed.add(&section.text, reference);
        }
        if verbose {
            let note = section.note.unwrap_or_default();
            println!("  {source}\n    {} ({:.0}) {note}", section.text, Chrf::of(&section.text, reference));
        }
    }
    Ok(score)
}

fn translate(model: &mut Model, from: &str, to: &str, text: &str) -> Result<Option<Section>> {
    let selection = Selection { text: text.to_owned(), ..Selection::default() };
    let mut view = View::default();
    let work = tasks::translate_selection(
        Run::new(model, &catalog::measured(tests::TRANSLATOR).profile, &mut view, &Uninterrupted),
        &selection,
        Some(from),
        to,
    );
    match pollster::block_on(work) {
        Ok(_) | Err(tasks::Error::NoResult { .. }) => Ok(view.sections.pop()),
        Err(error) => Err(error.into()),
    }
}

/// Translates the foreign pages of the demo and prints what becomes of their blocks.
fn show_pages(model: &mut Model, wanted: &[String]) -> Result<()> {
    for lang in ["de", "fr", "es"] {
        if !wanted.is_empty() && !wanted.iter().any(|other| other == lang) {
            continue;
        }
        let page = tests::blocks::demo(lang);
        let marks = |spans: &[protocol::Span]| spans.iter().filter(|span| span.mark.is_some()).count();
        let given: usize = page.blocks.iter().map(|block| marks(&block.spans)).sum();
        let start = clock();
        model.take_usage();
        let mut view = View::default();
        pollster::block_on(tasks::translate_blocks(
            Run::new(model, &catalog::measured(tests::TRANSLATOR).profile, &mut view, &Uninterrupted),
            &page,
            None,
            "en",
        ))?;
        for section in &view.sections {
            println!(
                "  {:?} {:?}",
                section.status,
                section.source.as_ref().map(|source| source.text.as_str())
            );
            for span in &section.spans {
                match (span.verbatim, span.mark) {
                    (true, _) => print!("`{}`", span.text),
                    (_, Some(mark)) => print!("[{mark}:{}]", span.text),
                    (_, None) => print!("{}", span.text),
                }
            }
            println!("\n    {:?} lost {:?}", section.note, section.lost);
        }
        let usage = model.take_usage();
        println!(
            "{lang}: {} blocks, {} of {given} marks placed, {:.0} % translated, {:.1} s, {} tokens read ({} cached), {} written, {:.1} per second",
            view.sections.len(),
            view.sections.iter().map(|section| marks(&section.spans)).sum::<usize>(),
            100.0 * view.coverage,
            (clock() - start) / 1000.0,
            usage.prompt_tokens,
            usage.cached_tokens,
            usage.output_tokens,
            usage.decode_tps(),
        );
    }
    Ok(())
}

#[derive(Default)]
struct View {
    sections: Vec<Section>,
    coverage: f32,
}

impl Sink for View {
    fn section(&mut self, section: Section) {
        let at = section.index as usize;
        if at < self.sections.len() { self.sections[at] = section } else { self.sections.push(section) }
    }

    fn token(&mut self, _: u32, _: &str) {}

    fn progress(&mut self, _: Progress) {}

    fn coverage(&mut self, share: f32) {
        self.coverage = share;
    }
}
