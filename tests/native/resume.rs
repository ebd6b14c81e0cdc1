//! A completion that was broken off goes on on another model of the same file as if nothing had
//! been.

use crate::load;
use decoder::{SamplerOptions, Scheduler, Uninterrupted};
use pollster::block_on;
use std::cell::Cell;
use std::ops::ControlFlow;
use tasks::{CompletionOptions, Finish, Prompt};

const PROMPT: Prompt<'_> = Prompt::Text("The castle above the river was built in the year");

/// Stops after so many tokens.
struct Limited(Cell<usize>);

impl Scheduler for Limited {
    async fn yield_now(&self, done: f32) -> ControlFlow<()> {
        // The same is called during prefill.
        if done < 1.0 || self.0.get() > 0 {
            self.0.set(self.0.get().saturating_sub(usize::from(done >= 1.0)));
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    }
}

fn options() -> CompletionOptions {
    let sampler =
        SamplerOptions { temperature: 0.8, seed: 7, repetition_penalty: 1.1, ..SamplerOptions::default() };
    CompletionOptions { max_tokens: 24, sampler, ..CompletionOptions::default() }
}

#[test]
fn a_completion_goes_on_where_it_was_broken_off() {
    let options = options();
    let (mut expected, mut found) = (String::new(), String::new());
    let end = block_on(load(tests::DEFAULT_MODEL).complete(
        PROMPT,
        &options,
        &mut push(&mut expected),
        &Uninterrupted,
    ));
    assert_eq!(end.unwrap(), Finish::Length);

    let first = load(tests::DEFAULT_MODEL);
    let stop = Limited(Cell::new(10));
    let mut written = Vec::new();
    let end = block_on(first.resume(PROMPT, &options, &mut written, &mut push(&mut found), &stop));
    assert!(end.is_err());
    assert!((9..=11).contains(&written.len()), "{written:?}");

    let second = load(tests::DEFAULT_MODEL);
    second.continue_usage(first.take_usage());
    let end = block_on(second.resume(PROMPT, &options, &mut written, &mut push(&mut found), &Uninterrupted));
    assert_eq!(end.unwrap(), Finish::Length);
    assert_eq!(found, expected);
    assert_eq!(second.usage().output_tokens, 24);
}

fn push(text: &mut String) -> impl FnMut(&str) -> ControlFlow<()> {
    |piece| {
        text.push_str(piece);
        ControlFlow::Continue(())
    }
}
