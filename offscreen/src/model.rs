//! The model as a task sees it: loaded when it is first asked something.

use crate::Error;
use crate::catalog::CONTEXT;
use crate::load::Loaded;
use decoder::Pace;
use std::ops::ControlFlow;
use tasks::{CompletionOptions, Finish, LanguageModel, Prompt};

/// A model that loads at its first question, so that what a task does without it is on screen before.
pub(crate) struct LazyModel<L> {
    load: L,
    state: State,
}

enum State {
    Unloaded,
    Loaded(Box<Loaded>),
    Failed(Error),
}

impl<L: AsyncFn() -> Result<Loaded, Error>> LazyModel<L> {
    /// `load` is called once at most.
    pub(crate) fn new(load: L) -> Self {
        Self { load, state: State::Unloaded }
    }

    /// The model, if it was needed.
    ///
    /// # Errors
    /// When it was needed and could not be loaded: the task knows only that it was stopped.
    pub(crate) fn into_loaded(self) -> Result<Option<Loaded>, Error> {
        match self.state {
            State::Unloaded => Ok(None),
            State::Loaded(loaded) => Ok(Some(*loaded)),
            State::Failed(error) => Err(error),
        }
    }

    fn loaded(&self) -> Option<&Loaded> {
        match &self.state {
            State::Loaded(loaded) => Some(loaded),
            State::Unloaded | State::Failed(_) => None,
        }
    }
}

impl<L: AsyncFn() -> Result<Loaded, Error>> LanguageModel for LazyModel<L> {
    async fn complete(
        &mut self,
        prompt: Prompt<'_>,
        options: &CompletionOptions,
        on_text: &mut dyn FnMut(&str) -> ControlFlow<()>,
        pace: &impl Pace,
    ) -> Result<Finish, tasks::Error> {
        if let State::Unloaded = self.state {
            self.state = match (self.load)().await {
                Ok(loaded) => State::Loaded(Box::new(loaded)),
                Err(error) => State::Failed(error),
            };
        }
        match &mut self.state {
            State::Loaded(loaded) => loaded.model.complete(prompt, options, on_text, pace).await,
            State::Unloaded | State::Failed(_) => Err(decoder::Error::Stopped.into()),
        }
    }

    /// Until the model is loaded, an estimate: no token is expected to be shorter than three bytes on average.
    fn count_tokens(&self, text: &str) -> usize {
        self.loaded().map_or(text.len().div_ceil(3), |loaded| loaded.model.count_tokens(text))
    }

    fn context(&self) -> usize {
        self.loaded().map_or(CONTEXT, |loaded| loaded.model.context())
    }

    fn tokens_per_second(&self) -> Option<f32> {
        self.loaded().and_then(|loaded| loaded.model.tokens_per_second())
    }
}
