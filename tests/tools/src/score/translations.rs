//! Scores how well gemma-3-270m translates the sentence pairs of `tests/translations`, in both directions, and how it keeps the
//! markup of the foreign pages of `tests/pages`. What it printed last, and what follows from it, is in `README.md` there.

use super::Variants;
use crate::clock::now;
use crate::device::Place;
use crate::sections::Sections;
use anyhow::{Context, Result};
use catalog::GEMMA3;
use decoder::Uninterrupted;
use protocol::{Section, SectionStatus, Selection, Span};
use std::fs;
use tasks::{Model, Run, Sink};
use tests::chrf::Chrf;

/// The languages of `tests/translations/pairs`.
const LANGUAGES: [&str; 5] = ["de", "fr", "es", "it", "pt"];

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Languages other than English [default: all]
    #[arg(value_parser = LANGUAGES)]
    languages: Vec<String>,
    /// Of the pairs of sentences, take every n-th
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    every: u16,
    /// Print each translation
    #[arg(long)]
    verbose: bool,
    /// Translate the foreign pages of the demo instead, and show their markup
    #[arg(long)]
    pages: bool,
    #[command(flatten)]
    variants: Variants,
    #[command(flatten)]
    place: Place,
}

impl Args {
    fn wants(&self, lang: &str) -> bool {
        self.languages.is_empty() || self.languages.iter().any(|other| other == lang)
    }
}

pub(crate) async fn run(args: &Args) -> Result<()> {
    let mut variants = args.variants.load("gemma", GEMMA3, &args.place).await?;
    if args.pages {
        for (variant, model) in &mut variants {
            println!("{variant}");
            show_pages(model, args).await?;
        }
        return Ok(());
    }
    println!(
        "| model | direction | chrF | chrF of what was kept | copied: chrF | kept | ms per sentence | ms to the first token |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for lang in LANGUAGES.into_iter().filter(|lang| args.wants(lang)) {
        let path = tests::root().join(format!("tests/translations/pairs/{lang}.tsv"));
        let pairs = fs::read_to_string(path)?;
        let pairs: Vec<(&str, &str)> =
            pairs.lines().filter_map(|line| line.split_once('\t')).step_by(args.every.into()).collect();
        for (from, to, turned) in [(lang, "en", false), ("en", lang, true)] {
            let turned = |&(a, b): &(_, _)| if turned { (b, a) } else { (a, b) };
            let pairs: Vec<_> = pairs.iter().map(turned).collect();
            for (variant, model) in &mut variants {
                let score = score(model, from, to, &pairs, args.verbose).await?;
                println!("| {variant} | {from} → {to} | {score} |");
            }
        }
    }
    Ok(())
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

async fn score(
    model: &mut Model,
    from: &str,
    to: &str,
    pairs: &[(&str, &str)],
    verbose: bool,
) -> Result<Score> {
    // The examples of a direction are read once: not what a sentence takes.
    translate(model, from, to, pairs[0].0).await?;
    let mut score = Score::default();
    for &(source, reference) in pairs {
        let start = now();
        model.take_usage();
        let section = translate(model, from, to, source).await?.context("no section")?;
        score.ms += now() - start;
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

fn gemma3<'r>(model: &'r mut Model, sink: &'r mut dyn Sink) -> Run<'r, Model, Uninterrupted> {
    Run::new(model, &catalog::measured(GEMMA3).profile, sink, &Uninterrupted)
}

async fn translate(model: &mut Model, from: &str, to: &str, text: &str) -> Result<Option<Section>> {
    let selection = Selection { text: text.to_owned(), ..Selection::default() };
    let mut view = Sections::default();
    match tasks::translate_selection(gemma3(model, &mut view), &selection, Some(from), to).await {
        Ok(_) | Err(tasks::Error::NoResult { .. }) => Ok(view.sections.pop()),
        Err(error) => Err(error.into()),
    }
}

/// Translates the foreign pages of the demo and prints what becomes of their blocks.
async fn show_pages(model: &mut Model, args: &Args) -> Result<()> {
    for lang in ["de", "fr", "es"].into_iter().filter(|lang| args.wants(lang)) {
        let page = tests::blocks::demo(lang);
        let marks = |spans: &[Span]| spans.iter().filter(|span| span.mark.is_some()).count();
        let given: usize = page.blocks.iter().map(|block| marks(&block.spans)).sum();
        let start = now();
        model.take_usage();
        let mut view = Sections::default();
        tasks::translate_blocks(gemma3(model, &mut view), &page, None, "en").await?;
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
            (now() - start) / 1000.0,
            usage.prompt_tokens,
            usage.cached_tokens,
            usage.output_tokens,
            usage.decode_tps(),
        );
    }
    Ok(())
}
