//! The short form: part of every test run.

use crate::mutation::{Random, mutate};
use crate::{Target, corpus};
use std::cell::RefCell;
use std::panic;

/// Longest input, in bytes.
const LONGEST: usize = 1 << 14;

/// Bytes of an input that failed that are printed.
const PRINTED: usize = 1 << 11;

thread_local! {
    /// What runs now, for the message of a panic: in WebAssembly that is the end.
    static RUNNING: RefCell<(String, Vec<u8>)> = RefCell::default();
}

/// Runs the corpus of a target, and so many mutations of it. Gives the number of executions.
///
/// # Panics
/// When one fails: the input is part of the message.
#[must_use]
pub fn run(target: &Target, mutations: u64) -> u64 {
    let inputs = corpus::inputs(target);
    for (name, input) in &inputs {
        execute(target, name, input);
    }
    let seed = target.name.bytes().fold(7, |seed: u64, byte| seed.wrapping_mul(31).wrapping_add(byte.into()));
    let mut random = Random::new(seed);
    let empty = (String::new(), Vec::new());
    let pick = |random: &mut Random| inputs.get(random.below(inputs.len())).unwrap_or(&empty).1.clone();
    for i in 0..mutations {
        let (mut input, other) = (pick(&mut random), pick(&mut random));
        mutate(&mut random, &mut input, &other, target.words, LONGEST);
        execute(target, &format!("mutation {i}"), &input);
    }
    inputs.len() as u64 + mutations
}

fn execute(target: &Target, name: &str, input: &[u8]) {
    RUNNING.set((format!("{}, {name}", target.name), input.to_vec()));
    (target.run)(input);
    RUNNING.set(Default::default());
}

/// Has panics say which input they are about.
pub fn name_inputs_in_panics() {
    let default = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        default(info);
        RUNNING.with_borrow(|(name, input)| {
            if !name.is_empty() {
                let shown = &input[..input.len().min(PRINTED)];
                eprintln!("{name}, {} bytes:\n{}", input.len(), shown.escape_ascii());
            }
        });
    }));
}
