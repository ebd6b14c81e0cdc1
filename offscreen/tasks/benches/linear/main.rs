//! Time against length, of everything that is done to a page or a selection without the model, on
//! ordinary and on hostile input: `cargo bench -p tasks --bench linear`, with a part of a stage's or
//! an input's name to measure no others.
//!
//! Each row has the milliseconds at 10 kB, 100 kB, 1 MB and 4 MB, the largest ratio of two
//! neighbours for a tenfold length, and the longest stretch between two pauses, of inputs as long as
//! the stage is ever given. On Linux only the time on a processor counts, whatever else the machine does.

#[path = "../../../article/benches/clock/mod.rs"]
mod clock;
mod inputs;
mod stages;

use clock::clock;
use decoder::Scheduler;
use inputs::{INPUTS, input};
use stages::stages;
use std::cell::Cell;
use std::ops::ControlFlow;

const SIZES: [usize; 4] = [10_000, 100_000, 1_000_000, 4_000_000];

/// Bytes that a stage is given at most: what a page has, the blocks of one, or a selection (the content scripts
/// say how much that is: 4 MiB, 400,000 characters, 64 KiB), rounded up to what is measured.
fn given(stage: &str) -> usize {
    match stage {
        "rewrite" | "translate" => 100_000,
        "translate, in place" => 1_000_000,
        _ => 4_000_000,
    }
}

/// What a row may have …
const MOST_GROWTH: f64 = 12.0;
const LONGEST_STRETCH_MS: f64 = 50.0;

/// … or is measured again, so many times in all; the least of each counts: other programs use the memory and
/// the caches too.
const TRIES: usize = 3;

/// The largest ratio of two neighbours, for a tenfold length.
fn growth(times: &[f64; SIZES.len()]) -> f64 {
    let ratio = |at: usize| times[at + 1] / times[at];
    ratio(0).max(ratio(1)).max(ratio(2).powf(10.0_f64.ln() / 4.0_f64.ln()))
}

/// The longest time between two turns, in milliseconds.
struct Turns {
    last: Cell<f64>,
    longest: Cell<f64>,
}

impl Turns {
    fn new() -> Self {
        Self { last: Cell::new(clock()), longest: Cell::new(0.0) }
    }

    fn turn(&self) {
        let now = clock();
        self.longest.set(self.longest.get().max(now - self.last.replace(now)));
    }
}

impl Scheduler for Turns {
    async fn yield_now(&self, _: f32) -> ControlFlow<()> {
        self.turn();
        ControlFlow::Continue(())
    }
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    println!(
        "| stage | input | 10 kB | 100 kB | 1 MB | 4 MB | ratio | longest stretch |\n|---|---|---|---|---|---|---|---|"
    );
    for (stage, work) in stages::<Turns>() {
        for (name, part) in INPUTS {
            if !wanted.is_empty() && !wanted.iter().any(|word| stage.contains(word) || name.contains(word)) {
                continue;
            }
            let (mut times, mut longest) = ([f64::INFINITY; SIZES.len()], f64::INFINITY);
            for _ in 0..TRIES {
                let mut stretch = 0.0_f64;
                for (time, size) in times.iter_mut().zip(SIZES) {
                    let text = input(name, part, size);
                    let start = clock();
                    let turns = Turns::new();
                    work(&text, &turns);
                    turns.turn();
                    *time = time.min(clock() - start);
                    if size <= given(stage) {
                        stretch = stretch.max(turns.longest.get());
                    }
                }
                longest = longest.min(stretch);
                if growth(&times) <= MOST_GROWTH && longest <= LONGEST_STRETCH_MS {
                    break;
                }
            }
            let worst = growth(&times);
            let times: Vec<String> = times.iter().map(|time| format!("{time:.1}")).collect();
            println!("| {stage} | {name} | {} | {worst:.1} | {longest:.1} ms |", times.join(" | "));
        }
    }
}
