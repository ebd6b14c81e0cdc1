//! Asking a model for the translation of one piece of text, as often as it is worth while.

use super::calendar;
use super::check::{Fault, check};
use super::direction::Direction;
use super::examples;
use super::masks::Masks;
use super::numbers::{in_figures, respelled};
use super::tidy::tidy;
use crate::{CompletionOptions, Error, LanguageModel, Prompt};
use catalog::{Profile, PromptStyle};
use decoder::Scheduler;
use prompt::Message;
use std::ops::ControlFlow;

/// How often a model is asked for one piece.
const ATTEMPTS: usize = 2;

/// Tokens that a translation may have for each of its source's, and more than that.
const TOKENS: usize = 2;
const SPARE_TOKENS: usize = 16;

/// Tokens of the examples and of what stands around the sentence, roughly and generously.
const EXAMPLE_TOKENS: usize = 700;

/// Who translates what into what.
pub(super) struct Translator<'a, M, P> {
    pub(super) model: &'a mut M,
    pub(super) profile: &'a Profile,
    pub(super) direction: Direction,
    pub(super) scheduler: &'a P,
}

/// What came of a piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// A translation that passed the checks.
    Translated(String),
    /// None did: why, as an end of a sentence.
    Failed(String),
}

/// What a reader may watch.
pub(super) enum Watch<'w> {
    /// The next attempt begins.
    Attempt,
    /// More of its text.
    Text(&'w str),
}

impl<M: LanguageModel, P: Scheduler> Translator<'_, M, P> {
    /// Translates one sentence or phrase, keeping its parts `verbatim` letter by letter.
    pub(super) async fn translate(
        &mut self,
        text: &str,
        verbatim: &[String],
        watch: &mut dyn FnMut(Watch<'_>),
    ) -> Result<Outcome, Error> {
        let line = line(text);
        let mut asked = in_figures(self.direction.from, &line);
        let max_tokens = TOKENS * self.model.count_tokens(&asked) + SPARE_TOKENS;
        if EXAMPLE_TOKENS + 2 * max_tokens > self.model.context() {
            return Ok(Outcome::Failed("the sentence is too long for the model".to_owned()));
        }
        let mut fault = Fault::Empty;
        let mut masks = Masks::default();
        for attempt in 0..ATTEMPTS {
            watch(Watch::Attempt);
            let answer = self.complete(&asked, max_tokens, attempt, watch).await?;
            let answer = respelled(self.direction, &line, &masks.lift(&answer));
            let answer = tidy(self.direction, &line, &answer);
            match check(self.direction, &line, verbatim, &answer) {
                Ok(()) => return Ok(Outcome::Translated(answer)),
                Err(found) => fault = found,
            }
            match fault {
                Fault::Date(_) => asked = calendar::translated(self.direction, &asked),
                Fault::Verbatim(_) => asked = masks.put(&asked, verbatim),
                _ => {}
            }
        }
        Ok(Outcome::Failed(fault.note()))
    }

    /// Has the model read what stands before every text.
    pub(super) async fn prepare(&mut self) -> Result<(), Error> {
        self.complete("", 0, 0, &mut |_| {}).await.map(drop)
    }

    /// The first line of what the model writes.
    async fn complete(
        &mut self,
        line: &str,
        max_tokens: usize,
        attempt: usize,
        watch: &mut dyn FnMut(Watch<'_>),
    ) -> Result<String, Error> {
        let options = CompletionOptions { max_tokens, ..CompletionOptions::default() };
        let mut answer = String::new();
        let mut push = |piece: &str| {
            // What follows the line is the next example.
            let (piece, ended) = piece.split_once('\n').map_or((piece, false), |(piece, _)| (piece, true));
            let piece = if answer.is_empty() { piece.trim_start() } else { piece };
            answer.push_str(piece);
            if !piece.is_empty() {
                watch(Watch::Text(piece));
            }
            if ended && !answer.is_empty() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let Direction { from, to } = self.direction;
        if self.profile.style == PromptStyle::Chat {
            let wish = ["Translate this", "Translate the following"][attempt.min(1)];
            let (from, to) = (from.name, to.name);
            let ask = format!("{wish} {from} text into {to}. Answer with the translation only.\n\n{line}");
            self.model
                .complete(Prompt::Chat(&[Message::user(ask)]), &options, &mut push, self.scheduler)
                .await?;
        } else {
            let text = examples::prompt(self.direction, line, attempt);
            self.model.complete(Prompt::Text(&text), &options, &mut push, self.scheduler).await?;
        }
        Ok(answer.trim_end().to_owned())
    }
}

/// A text on one line, whatever breaks it: examples are told apart by lines.
pub(super) fn line(text: &str) -> String {
    let plain = text.replace(|c: char| c.is_control() || ['\u{2028}', '\u{2029}'].contains(&c), " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
