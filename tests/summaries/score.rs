//! Scores the ways to summarise on the real pages of `tests/pages`, and prints the summaries to be read.
//!
//! `cargo run -p tests --example score_summaries [-- PAGE …]` after `cargo xtask test` fetched the model. What it printed
//! last, and what follows from it, is in `README.md` beside this file.

use article::Article;
use decoder::{Device, Precision, Scheduler, Uninterrupted};
use protocol::{Progress, Section, SectionStatus, SummaryLength, SummaryType};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::fs;
use std::ops::ControlFlow;
use std::sync::OnceLock;
use std::time::Instant;
use tasks::{CompletionOptions, Finish, LanguageModel, Model, Prompt, Run, Sink, SummaryOptions, Wording};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A way to get a shorter sentence: whether it is trimmed first, and the wordings tried in turn.
const VARIANTS: [(&str, bool, &[Wording]); 6] = [
    ("plain", false, &[Wording::Plain]),
    ("examples", false, &[Wording::Examples]),
    ("trim, plain", true, &[Wording::Plain]),
    ("trim, examples", true, &[Wording::Examples]),
    ("trim, plain, examples", true, &[Wording::Plain, Wording::Examples]),
    ("trim, examples, plain", true, &[Wording::Examples, Wording::Plain]),
];

fn main() -> Result<()> {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let mut model = load()?;
    let mut totals: BTreeMap<usize, Score> = BTreeMap::new();
    let mut folders: Vec<_> =
        fs::read_dir(tests::root().join("tests/pages"))?.collect::<std::result::Result<_, _>>()?;
    folders.sort_by_key(fs::DirEntry::file_name);
    for folder in folders {
        let name = folder.file_name().to_string_lossy().into_owned();
        let source = folder.path().join("source.html");
        if !source.is_file() || !wanted.is_empty() && !wanted.contains(&name) {
            continue;
        }
        let page = article::extract(&fs::read_to_string(source)?, "https://example.org/", "")?;
        // The model knows English alone.
        if page.lang.as_deref().is_some_and(|lang| !lang.starts_with("en")) {
            continue;
        }
        println!("\n=== {name}: {} ({} words)", page.title, page.text().split_whitespace().count());
        for (at, variant) in VARIANTS.iter().enumerate() {
            let score = score(&mut model, &page, variant)?;
            totals.entry(at).or_default().add(&score);
        }
        for (kind, length) in
            [(SummaryType::KeyPoints, SummaryLength::Medium), (SummaryType::Tldr, SummaryLength::Medium)]
        {
            show(&mut model, &page, SummaryOptions { kind, length, ..SummaryOptions::default() })?;
        }
    }
    println!("\n| variant | asked | kept | length of the kept | invented | seconds | fell for |");
    println!("|---|---|---|---|---|---|---|");
    for (at, score) in &totals {
        println!("| {} | {score} |", VARIANTS[*at].0);
    }
    Ok(())
}

fn load() -> Result<Remembering> {
    let (header, decoder) = tests::load(&tests::default_model(), Device::cpu(Precision::Bits8), 2048);
    let model = Model::new(&header, decoder, clock)?;
    Ok(Remembering { model, known: HashMap::new(), seconds: 0.0 })
}

fn clock() -> f64 {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed().as_secs_f64() * 1000.0
}

/// A model that is asked everything once: variants share most of their questions.
struct Remembering {
    model: Model,
    known: HashMap<String, Known>,
    /// What the answers took when they were written.
    seconds: f64,
}

struct Known {
    pieces: Vec<String>,
    finish: Finish,
    seconds: f64,
}

impl LanguageModel for Remembering {
    async fn complete(
        &mut self,
        prompt: Prompt<'_>,
        options: &CompletionOptions,
        on_text: &mut dyn FnMut(&str) -> ControlFlow<()>,
        scheduler: &impl Scheduler,
    ) -> std::result::Result<Finish, tasks::Error> {
        let key = format!("{prompt:?} {options:?}");
        if !self.known.contains_key(&key) {
            let start = Instant::now();
            let mut pieces = Vec::new();
            let mut push = |piece: &str| {
                pieces.push(piece.to_owned());
                on_text(piece)
            };
            let finish = self.model.complete(prompt, options, &mut push, scheduler).await?;
            let seconds = start.elapsed().as_secs_f64();
            self.seconds += seconds;
            self.known.insert(key, Known { pieces, finish, seconds });
            return Ok(finish);
        }
        let known = &self.known[&key];
        self.seconds += known.seconds;
        for piece in &known.pieces {
            if on_text(piece).is_break() {
                return Ok(Finish::Enough);
            }
        }
        Ok(known.finish)
    }

    fn count_tokens(&self, text: &str) -> usize {
        self.model.count_tokens(text)
    }

    fn context(&self) -> usize {
        self.model.decoder().context()
    }

    fn tokens_per_second(&self) -> Option<f32> {
        None
    }
}

/// What a variant made of some sentences.
#[derive(Default)]
struct Score {
    asked: usize,
    kept: usize,
    /// Sum of the kept answers' lengths as shares of their sentences'.
    share: f64,
    invented: usize,
    seconds: f64,
    verdicts: BTreeMap<String, usize>,
}

impl Score {
    fn add(&mut self, other: &Self) {
        self.asked += other.asked;
        self.kept += other.kept;
        self.share += other.share;
        self.invented += other.invented;
        self.seconds += other.seconds;
        other
            .verdicts
            .iter()
            .for_each(|(name, count)| *self.verdicts.entry(name.clone()).or_default() += count);
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let fell: Vec<String> = self.verdicts.iter().map(|(name, count)| format!("{name} {count}")).collect();
        let mean = 100.0 * self.share / self.kept.max(1) as f64;
        let Self { asked, kept, invented, seconds, .. } = self;
        write!(
            f,
            "{asked} | {kept} ({:.0} %) | {mean:.0} % | {invented} | {seconds:.0} | {}",
            100.0 * *kept as f64 / (*asked).max(1) as f64,
            fell.join(", ")
        )
    }
}

/// Runs a variant over the sentences that a long summary of the page would choose.
fn score(
    model: &mut Remembering,
    page: &Article,
    (_, trimmed, wordings): &(&str, bool, &[Wording]),
) -> Result<Score> {
    let start = model.seconds;
    let profile = &catalog::measured(tests::DEFAULT_MODEL).profile;
    let mut score = Score::default();
    let long = SummaryOptions { length: SummaryLength::Long, ..SummaryOptions::default() };
    for section in choose(model, page, long)? {
        let sentence = section.text;
        if sentence.split_whitespace().count() <= 13 {
            continue;
        }
        score.asked += 1;
        let input = if *trimmed { tasks::trim(&sentence) } else { sentence.clone() };
        for &wording in *wordings {
            let mut nobody = ();
            let mut run = Run::new(model, profile, &mut nobody, &Uninterrupted);
            let answer = pollster::block_on(tasks::shorten(&mut run, &input, wording))?;
            let verdict = tasks::verify(&sentence, &answer);
            if std::env::var_os("SCORE_VERBOSE").is_some() {
                println!("  [{verdict:?}] {wording:?}\n      {sentence}\n      {input}\n      {answer}");
            }
            let Err(rejection) = verdict else {
                score.kept += 1;
                score.share +=
                    answer.split_whitespace().count() as f64 / sentence.split_whitespace().count() as f64;
                score.invented +=
                    tasks::inventions(&format!("{}. {}", page.title, page.text()), &answer).len();
                break;
            };
            *score.verdicts.entry(rejection.rule()).or_default() += 1;
        }
    }
    score.seconds = model.seconds - start;
    Ok(score)
}

/// The page's own sentences for a summary: what a model gets that does not know the page's language.
fn choose(model: &mut Remembering, page: &Article, options: SummaryOptions) -> Result<Vec<Section>> {
    let mute = &catalog::unmeasured().base;
    let mut sections = Sections::default();
    pollster::block_on(tasks::summarize(
        Run::new(model, mute, &mut sections, &Uninterrupted),
        page,
        options,
    ))?;
    Ok(sections.0)
}

/// Prints the summary that the extension would show, with what can be measured of it.
fn show(model: &mut Remembering, page: &Article, options: SummaryOptions) -> Result<()> {
    let start = model.seconds;
    let profile = &catalog::measured(tests::DEFAULT_MODEL).profile;
    let mut sections = Sections::default();
    let text = pollster::block_on(tasks::summarize(
        Run::new(model, profile, &mut sections, &Uninterrupted),
        page,
        options,
    ))?;
    let seconds = model.seconds - start;
    let Sections(sections) = sections;
    let checked = sections.iter().filter(|section| section.status == SectionStatus::Checked).count();
    let whole = format!("{}. {}", page.title, page.text());
    let invented: usize = sections.iter().map(|section| tasks::inventions(&whole, &section.text).len()).sum();
    let dangling = sections.iter().filter(|section| leans(&section.text)).count();
    println!(
        "--- {:?}: {checked} of {} written by the model, {invented} invented, {dangling} dangling, covers {:.0} % of the page's terms and \
         {:.0} % of its lead's, {} of {} words, {seconds:.1} s",
        options.kind,
        sections.len(),
        100.0 * covered(&whole, &text),
        100.0 * covered(&lead(page), &text),
        text.split_whitespace().count(),
        whole.split_whitespace().count(),
    );
    for section in &sections {
        println!("  {} {}", if section.status == SectionStatus::Checked { "+" } else { "=" }, section.text);
    }
    Ok(())
}

fn leans(text: &str) -> bool {
    let first = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    ["He", "She", "It", "They", "This", "That", "These", "Those", "His", "Her", "Their", "Its"]
        .contains(&first)
}

/// The page's first hundred words: what an editor would put first.
fn lead(page: &Article) -> String {
    let paragraphs = page.blocks.iter().filter(|block| block.kind == article::BlockKind::Paragraph);
    let words: Vec<&str> = paragraphs.flat_map(|block| block.text.split_whitespace()).take(100).collect();
    words.join(" ")
}

/// The share of `text`'s longer words, counted as often as they occur, that `summary` has (unigram recall, as ROUGE-1).
fn covered(text: &str, summary: &str) -> f64 {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 4);
        words.map(|word| word.to_lowercase().trim_end_matches('s').to_owned()).collect()
    };
    let known: BTreeSet<String> = words(summary).into_iter().collect();
    let all = words(text);
    all.iter().filter(|word| known.contains(*word)).count() as f64 / all.len().max(1) as f64
}

#[derive(Default)]
struct Sections(Vec<Section>);

impl Sink for Sections {
    fn section(&mut self, section: Section) {
        let at = section.index as usize;
        if at < self.0.len() { self.0[at] = section } else { self.0.push(section) }
    }

    fn token(&mut self, _: u32, _: &str) {}

    fn progress(&mut self, _: Progress) {}

    fn coverage(&mut self, _: f32) {}
}
