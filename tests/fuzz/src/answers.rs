//! Models whose answers are part of the input.

use catalog::{Model, Profile, models, unmeasured};
use decoder::Scheduler;
use std::cell::Cell;
use std::ops::ControlFlow;
use tasks::{CompletionOptions, Error, Finish, LanguageModel, Prompt};

/// The fields of an input, which zeros separate.
pub(crate) struct Fields<'a> {
    pub(crate) tag: &'a str,
    pub(crate) source: &'a str,
    /// What is answered to it.
    answers: Vec<&'a str>,
}

impl<'a> Fields<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        let mut fields = text.split('\0');
        let (tag, source) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
        Self { tag, source, answers: fields.collect() }
    }

    /// A model of each kind that there is: the measured ones, which were taught what they ship with,
    /// and those of which only the kind is known.
    pub(crate) fn models(&self) -> impl Iterator<Item = (&'static Profile, Answers<'a>)> {
        let adapters = |model: &'static Model| model.adapters.keys().map(String::as_str).collect();
        let known = models().iter().map(move |model| (&model.profile, adapters(model)));
        let kinds = unmeasured();
        let unknown = [&kinds.tiny_chat, &kinds.chat, &kinds.base].map(|profile| (profile, Vec::new()));
        known.chain(unknown).map(|(profile, adapters)| {
            (profile, Answers { answers: self.answers.clone(), adapters, asked: Cell::new(0) })
        })
    }
}

/// Says one answer after the other, in pieces of a word, and begins anew.
pub(crate) struct Answers<'a> {
    answers: Vec<&'a str>,
    adapters: Vec<&'static str>,
    asked: Cell<usize>,
}

impl LanguageModel for Answers<'_> {
    async fn complete(
        &self,
        _: Prompt<'_>,
        options: &CompletionOptions,
        on_text: &mut dyn FnMut(&str) -> ControlFlow<()>,
        _: &impl Scheduler,
    ) -> Result<Finish, Error> {
        let count = self.answers.len().max(1);
        let answer = self.answers.get(self.asked.get() % count).copied().unwrap_or_default();
        self.asked.set(self.asked.get() + 1);
        for piece in answer.split_inclusive(' ').take(options.max_tokens) {
            if on_text(piece).is_break() {
                return Ok(Finish::Enough);
            }
        }
        Ok(Finish::End)
    }

    fn has_adapter(&self, name: &str) -> bool {
        self.adapters.contains(&name)
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
