//! Select → shorten → verify: the method for tiny models.

use super::Board;
use super::page::Sentence;
use crate::shorten::trim::trim;
use crate::shorten::verify::{Verdict, verify};
use crate::shorten::{Wording, room_needed, shorten};
use crate::{Error, LanguageModel, Sink};
use decoder::Scheduler;
use protocol::{Phase, Progress};

/// Sentences of up to so many words are short enough as they are.
const SHORT: usize = 13;

/// Longer sentences lose their thread: they are quoted.
const LONG: usize = 55;

/// Has the model shorten the sentences one by one.
///
/// All are asked for with examples first, so that the examples stay in the model's cache; those that fail are asked for
/// once more, plainly. Together the two wordings succeed where neither does alone (see the scores beside the script
/// `score_summaries`).
pub(crate) async fn shorten_all<M: LanguageModel, S: Sink>(
    model: &mut M,
    chosen: &[&Sentence<'_>],
    board: &mut Board<'_, S>,
    scheduler: &impl Scheduler,
) -> Result<(), Error> {
    let mut failed = Vec::new();
    for (at, sentence) in chosen.iter().enumerate() {
        let task = Task { at, sentence: sentence.text, trimmed: trim(sentence.text) };
        if task.is_needless(sentence.words)
            || sentence.words > LONG
            || room_needed(model.count_tokens(sentence.text)) > model.context()
        {
            board.quote(at);
        } else if !task.attempt(model, Wording::Examples, board, scheduler).await? {
            board.quote(at);
            failed.push(task);
        }
        report(model, board, (at + 1) as f32 / chosen.len() as f32 * 0.8);
    }
    for (done, task) in failed.iter().enumerate() {
        task.retry(model, board, scheduler).await?;
        report(model, board, 0.8 + 0.2 * (done + 1) as f32 / failed.len() as f32);
    }
    Ok(())
}

fn report<S: Sink>(model: &impl LanguageModel, board: &mut Board<'_, S>, done: f32) {
    let tokens_per_second = model.tokens_per_second();
    board.sink.progress(Progress { phase: Phase::Writing, fraction: Some(done), tokens_per_second });
}

/// One sentence to shorten.
struct Task<'a> {
    at: usize,
    sentence: &'a str,
    trimmed: String,
}

impl Task<'_> {
    fn is_needless(&self, words: usize) -> bool {
        words <= SHORT && self.trimmed == self.sentence
    }

    /// Lets the reader watch. True when the answer was kept.
    async fn attempt<M: LanguageModel, S: Sink>(
        &self,
        model: &mut M,
        wording: Wording,
        board: &mut Board<'_, S>,
        scheduler: &impl Scheduler,
    ) -> Result<bool, Error> {
        let answer =
            shorten(model, &self.trimmed, wording, &mut |text| board.token(self.at, text), scheduler).await?;
        Ok(self.judge(&answer, board))
    }

    /// Works behind the quote that is shown by now.
    async fn retry<M: LanguageModel, S: Sink>(
        &self,
        model: &mut M,
        board: &mut Board<'_, S>,
        scheduler: &impl Scheduler,
    ) -> Result<(), Error> {
        let answer = shorten(model, &self.trimmed, Wording::Plain, &mut |_| {}, scheduler).await?;
        self.judge(&answer, board);
        Ok(())
    }

    fn judge<S: Sink>(&self, answer: &str, board: &mut Board<'_, S>) -> bool {
        let kept = verify(self.sentence, answer) == Verdict::Kept;
        if kept {
            board.keep(self.at, answer, board.own(self.at).clone());
        }
        kept
    }
}
