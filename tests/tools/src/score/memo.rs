//! A model that remembers its answers.

use decoder::Scheduler;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::time::Instant;
use tasks::{CompletionOptions, Finish, LanguageModel, Model, Prompt};

/// A model that is asked everything once: variants share most of their questions.
pub(crate) struct Memo {
    model: Model,
    answers: RefCell<HashMap<String, Answer>>,
    seconds: Cell<f64>,
}

impl Memo {
    pub(crate) fn new(model: Model) -> Self {
        Self { model, answers: RefCell::default(), seconds: Cell::default() }
    }

    /// What the answers took when they were written.
    pub(crate) fn seconds(&self) -> f64 {
        self.seconds.get()
    }
}

#[derive(Clone)]
struct Answer {
    pieces: Vec<String>,
    finish: Finish,
    seconds: f64,
}

impl LanguageModel for Memo {
    async fn complete(
        &self,
        prompt: Prompt<'_>,
        options: &CompletionOptions,
        on_text: &mut dyn FnMut(&str) -> ControlFlow<()>,
        scheduler: &impl Scheduler,
    ) -> Result<Finish, tasks::Error> {
        let key = format!("{prompt:?} {options:?}");
        let known = self.answers.borrow().get(&key).cloned();
        let Some(answer) = known else {
            let start = Instant::now();
            let mut pieces = Vec::new();
            let mut push = |piece: &str| {
                pieces.push(piece.to_owned());
                on_text(piece)
            };
            let finish = self.model.complete(prompt, options, &mut push, scheduler).await?;
            let seconds = start.elapsed().as_secs_f64();
            self.seconds.set(self.seconds.get() + seconds);
            self.answers.borrow_mut().insert(key, Answer { pieces, finish, seconds });
            return Ok(finish);
        };
        self.seconds.set(self.seconds.get() + answer.seconds);
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
        self.model.context()
    }

    fn tokens_per_second(&self) -> Option<f32> {
        None
    }
}
