//! Whatever a page or a selection holds, what is done to it without the model takes as long as its
//! length deserves. `cargo bench -p tasks --bench linear` tells more of the same stages and inputs.
#![cfg(not(target_arch = "wasm32"))]

#[path = "../../article/benches/clock/mod.rs"]
mod clock;
#[path = "../benches/linear/inputs.rs"]
mod inputs;
#[path = "../benches/linear/stages.rs"]
mod stages;

use clock::clock;
use decoder::Uninterrupted;
use inputs::{INPUTS, input};
use stages::stages;

/// Bytes; the second time, ten times as many.
const SHORT: usize = 10_000;

/// Times as long that ten times the length may take: ten is linear, a hundred quadratic.
const RATIO: f64 = 20.0;

/// Milliseconds below which times say nothing.
const LEAST: f64 = 1.0;

/// The least ratio counts: something else may have been in the way.
const ATTEMPTS: usize = 3;

/// What is no page is read without its markup: of [`INPUTS`], what differs as text.
const TEXTS: [&str; 6] = ["prose", "brackets", "short sentences", "nested", "closing marks", "spaced marks"];

#[test]
fn ten_times_the_text_takes_about_ten_times_as_long() {
    for (stage, work) in stages() {
        for (name, part) in INPUTS.iter().filter(|(name, _)| stage == "extract" || TEXTS.contains(name)) {
            let time = |size: usize| {
                let text = input(name, part, size);
                let start = clock();
                work(&text, &Uninterrupted);
                clock() - start
            };
            let ratio = || time(10 * SHORT) / time(SHORT).max(LEAST);
            let ratios: Vec<f64> =
                (0..ATTEMPTS).map(|_| ratio()).take_while(|&ratio| ratio > RATIO).collect();
            assert!(ratios.len() < ATTEMPTS, "{stage}, {name}: {ratios:.0?} times as long");
        }
    }
}
