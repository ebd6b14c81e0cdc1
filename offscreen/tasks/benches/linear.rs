//! Time against length, of everything that is done to a page or a selection without the model, on
//! ordinary and on hostile input: `cargo bench -p tasks --bench linear`, with a part of a stage's or
//! an input's name to measure no others.
//!
//! Each row has the milliseconds at 10 kB, 100 kB, 1 MB and 4 MB, the largest ratio of two
//! neighbours for a tenfold length, and the longest stretch between two pauses.

use catalog::{Profile, SMOLLM2, measured, unmeasured};
use decoder::Scheduler;
use protocol::{RewriteGoal, RewriteOptions, Selection};
use std::cell::Cell;
use std::ops::ControlFlow;
use std::time::Instant;
use tasks::{CompletionOptions, Error, Finish, LanguageModel, Prompt, Run, SummaryOptions};

const SIZES: [usize; 4] = [10_000, 100_000, 1_000_000, 4_000_000];

/// Inputs by name: what they repeat, and how.
const INPUTS: [(&str, &str); 20] = [
    ("prose", "<p>The old bridge over the Tamar was opened in 1961. It carries 40,000 cars every day.</p>\n"),
    ("brackets", "["),
    ("notes", "[1"),
    ("less-than", "<"),
    ("a word", "x"),
    ("short sentences", "Go on. "),
    ("elements", "<i>a</i>"),
    ("blocks", "<p>a"),
    ("nested", "<span>a"),
    ("nested notes", "<sup>1"),
    ("a table", "<td>a"),
    ("tables", "<table><tr><td>a"),
    ("attributes", " a=b c d"),
    ("entities", "&amp;&lt;&#x41;&nosuch;"),
    ("combining marks", "a\u{301}\u{302}\u{303}"),
    ("right to left", "\u{202e}نص "),
    ("closing marks", ")"),
    ("spaced marks", ". ) "),
    ("acronyms", "A.あ."),
    ("numbers", "1,2 "),
];

fn input(name: &str, part: &str, size: usize) -> String {
    let start = match name {
        "attributes" => "<p",
        "a table" => "<table><tr>",
        "closing marks" => "Go on. ",
        _ => "",
    };
    let end = if name == "attributes" { ">The bridge is closed." } else { " The bridge is closed." };
    // Names of attributes are all different.
    let numbered = |at: usize| if name == "attributes" { at.to_string() } else { String::new() };
    let mut text = start.to_owned();
    for at in 0.. {
        if text.len() >= size {
            break;
        }
        text.push_str(part);
        text.push_str(&numbered(at));
    }
    text + end
}

/// The longest time between two turns.
struct Turns {
    last: Cell<Instant>,
    longest: Cell<f64>,
}

impl Turns {
    fn new() -> Self {
        Self { last: Cell::new(Instant::now()), longest: Cell::new(0.0) }
    }

    fn turn(&self) {
        let gap = self.last.replace(Instant::now()).elapsed().as_secs_f64() * 1e3;
        self.longest.set(self.longest.get().max(gap));
    }
}

impl Scheduler for Turns {
    async fn yield_now(&self, _: f32) -> ControlFlow<()> {
        self.turn();
        ControlFlow::Continue(())
    }
}

/// Answers nothing.
struct Mute;

impl LanguageModel for Mute {
    async fn complete(
        &mut self,
        _: Prompt<'_>,
        _: &CompletionOptions,
        _: &mut dyn FnMut(&str) -> ControlFlow<()>,
        scheduler: &impl Scheduler,
    ) -> Result<Finish, Error> {
        let _ = scheduler.yield_now(1.0).await;
        Ok(Finish::End)
    }

    fn count_tokens(&self, text: &str) -> usize {
        text.len() / 4
    }

    fn context(&self) -> usize {
        8192
    }

    fn tokens_per_second(&self) -> Option<f32> {
        None
    }
}

fn run<T>(profile: &Profile, turns: &Turns, work: impl AsyncFnOnce(Run<'_, Mute, Turns>) -> T) {
    let (mut model, mut nobody) = (Mute, ());
    pollster::block_on(work(Run::new(&mut model, profile, &mut nobody, turns)));
}

fn extract(text: &str, turns: &Turns) {
    let pause = async || turns.yield_now(0.0).await;
    let _ = pollster::block_on(article::extract_with_pauses(text, "https://example.org/", "", pause));
}

fn summarize(text: &str, turns: &Turns, profile: &Profile) {
    let kind = article::BlockKind::Paragraph;
    let blocks = vec![article::Block { kind, text: text.to_owned() }];
    let article = article::Article { blocks, ..article::Article::default() };
    run(profile, turns, async |run| tasks::summarize(run, &article, SummaryOptions::default()).await);
}

fn rewrite(text: &str, turns: &Turns) {
    let selection = Selection { text: text.to_owned(), ..Selection::default() };
    let options = RewriteOptions { goal: RewriteGoal::Bullets, ..RewriteOptions::default() };
    run(&unmeasured().chat, turns, async |run| tasks::try_rewrite(run, &selection, &options).await);
}

fn translate(text: &str, turns: &Turns) {
    let selection = Selection { text: text.to_owned(), lang: Some("de".to_owned()), ..Selection::default() };
    run(&unmeasured().chat, turns, async |run| tasks::translate_selection(run, &selection, None, "en").await);
}

/// Measures one stage of the work.
type Stage = fn(&str, &Turns);

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let stages: [(&str, Stage); 6] = [
        ("extract", extract),
        ("summarize, quoted", |text, turns| summarize(text, turns, &unmeasured().base)),
        ("summarize, shortened", |text, turns| summarize(text, turns, &measured(SMOLLM2).profile)),
        ("summarize, written", |text, turns| summarize(text, turns, &unmeasured().chat)),
        ("rewrite", rewrite),
        ("translate", translate),
    ];
    println!(
        "| stage | input | 10 kB | 100 kB | 1 MB | 4 MB | ratio | longest stretch |\n|---|---|---|---|---|---|---|---|"
    );
    for (stage, work) in stages {
        for (name, part) in INPUTS {
            if !wanted.is_empty() && !wanted.iter().any(|word| stage.contains(word) || name.contains(word)) {
                continue;
            }
            let (mut times, mut longest) = (Vec::new(), 0.0_f64);
            for size in SIZES {
                let text = input(name, part, size);
                let start = Instant::now();
                let turns = Turns::new();
                work(&text, &turns);
                turns.turn();
                times.push(start.elapsed().as_secs_f64() * 1e3);
                longest = longest.max(turns.longest.get());
            }
            let ratio = |at: usize| times[at + 1] / times[at];
            let worst = ratio(0).max(ratio(1)).max(ratio(2).powf(10.0_f64.ln() / 4.0_f64.ln()));
            let times: Vec<String> = times.iter().map(|time| format!("{time:.1}")).collect();
            println!("| {stage} | {name} | {} | {worst:.1} | {longest:.1} ms |", times.join(" | "));
        }
    }
}
