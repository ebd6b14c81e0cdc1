//! What the tasks need of a language model.

use crate::error::Error;
use decoder::{SamplerOptions, Scheduler};
use prompt::Message;
use std::ops::ControlFlow;

/// What a model is given to continue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prompt<'a> {
    /// A conversation that it answers, written as its chat template says. Control tokens come from
    /// the template alone.
    Chat(&'a [Message]),
    /// A text that it continues: all that a base model can do. Holds no control tokens but the one
    /// that begins a text.
    Text(&'a str),
}

/// How a completion is decoded.
#[derive(Clone, Debug, Default)]
pub struct CompletionOptions {
    /// The adapter that is at work, one that the model [has](LanguageModel::has_adapter); none where
    /// the model is as it is.
    pub adapter: Option<String>,
    /// At most so many tokens.
    pub max_tokens: usize,
    /// The beginning of the answer, given to the model as if it had written it (part of the text of
    /// [`Prompt::Text`]).
    pub prefix: String,
    /// How tokens are chosen.
    pub sampler: SamplerOptions,
}

/// Why a completion ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finish {
    /// The model ended it.
    End,
    /// It reached [`CompletionOptions::max_tokens`] or the end of the context.
    Length,
    /// The caller had enough.
    Enough,
}

/// What the tasks need of a language model. [`crate::Model`] is one.
#[expect(async_fn_in_trait, reason = "one thread: no caller needs the future to be Send")]
pub trait LanguageModel {
    /// Continues a prompt. `on_text` receives the answer in pieces of whole characters and says
    /// when it is enough. Up to [`Self::width`] completions may be under way at once, polled by one
    /// task; dropping one ends it.
    ///
    /// # Errors
    /// When the prompt does not fit, the device fails or `scheduler` stops the work.
    async fn complete(
        &self,
        prompt: Prompt<'_>,
        options: &CompletionOptions,
        on_text: &mut dyn FnMut(&str) -> ControlFlow<()>,
        scheduler: &impl Scheduler,
    ) -> Result<Finish, Error>;

    /// Completions that are written side by side at most. It may change when a model is loaded.
    fn width(&self) -> usize {
        1
    }

    /// Whether the model has an adapter of this name.
    fn has_adapter(&self, _name: &str) -> bool {
        false
    }

    /// Tokens that `text` makes.
    fn count_tokens(&self, text: &str) -> usize;

    /// Positions there are for a prompt and its answer.
    fn context(&self) -> usize;

    /// Tokens decoded a second so far, where that is known.
    fn tokens_per_second(&self) -> Option<f32>;
}
