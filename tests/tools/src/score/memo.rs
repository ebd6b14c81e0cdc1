//! A model that remembers its answers.

use decoder::Scheduler;
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::time::Instant;
use tasks::{CompletionOptions, Finish, LanguageModel, Model, Prompt};

/// A model that is asked everything once: variants share most of their questions.
pub(crate) struct Memo {
    model: Model,
    answers: HashMap<String, Answer>,
    /// What the answers took when they were written.
    pub(crate) seconds: f64,
}

impl Memo {
    pub(crate) fn new(model: Model) -> Self {
        Self { model, answers: HashMap::new(), seconds: 0.0 }
    }
}

struct Answer {
    pieces: Vec<String>,
    finish: Finish,
    seconds: f64,
}

impl LanguageModel for Memo {
    async fn complete(
        &mut self,
        prompt: Prompt<'_>,
        options: &CompletionOptions,
        on_text: &mut dyn FnMut(&str) -> ControlFlow<()>,
        scheduler: &impl Scheduler,
    ) -> Result<Finish, tasks::Error> {
        let key = format!("{prompt:?} {options:?}");
        if !self.answers.contains_key(&key) {
            let start = Instant::now();
            let mut pieces = Vec::new();
            let mut push = |piece: &str| {
                pieces.push(piece.to_owned());
                on_text(piece)
            };
            let finish = self.model.complete(prompt, options, &mut push, scheduler).await?;
            let seconds = start.elapsed().as_secs_f64();
            self.seconds += seconds;
            self.answers.insert(key, Answer { pieces, finish, seconds });
            return Ok(finish);
        }
        let answer = &self.answers[&key];
        self.seconds += answer.seconds;
        for piece in &answer.pieces {
            if on_text(piece).is_break() {
                return Ok(Finish::Enough);
            }
        }
        Ok(answer.finish)
    }

    fn has_adapter(&self, name: &str) -> bool {
        self.model.has_adapter(name)
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
