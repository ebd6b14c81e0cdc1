//! A model whose answers are part of the input.

use decoder::Scheduler;
use std::ops::ControlFlow;
use tasks::{CompletionOptions, Error, Finish, LanguageModel, Prompt};

/// Says one answer after the other, in pieces of a word, and begins anew.
pub(crate) struct Answers<'a> {
    answers: Vec<&'a str>,
    asked: usize,
}

/// The fields of an input, which zeros separate: a tag, a text and answers to it.
pub(crate) fn fields(text: &str) -> (&str, &str, Answers<'_>) {
    let mut fields = text.split('\0');
    let (tag, source) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
    (tag, source, Answers { answers: fields.collect(), asked: 0 })
}

impl LanguageModel for Answers<'_> {
    async fn complete(
        &mut self,
        _: Prompt<'_>,
        options: &CompletionOptions,
        on_text: &mut dyn FnMut(&str) -> ControlFlow<()>,
        _: &impl Scheduler,
    ) -> Result<Finish, Error> {
        let count = self.answers.len().max(1);
        let answer = self.answers.get(self.asked % count).copied().unwrap_or_default();
        self.asked += 1;
        for piece in answer.split_inclusive(' ').take(options.max_tokens) {
            if on_text(piece).is_break() {
                return Ok(Finish::Enough);
            }
        }
        Ok(Finish::End)
    }

    fn count_tokens(&self, text: &str) -> usize {
        text.split_whitespace().count()
    }

    fn context(&self) -> usize {
        2048
    }

    fn tokens_per_second(&self) -> Option<f32> {
        None
    }
}
