use crate::{CompletionOptions, Error, Finish, Prompt};
use decoder::Scheduler;
use std::ops::ControlFlow;

/// What the tasks need of a language model. [`crate::Model`] is one.
#[expect(async_fn_in_trait, reason = "one thread: no caller needs the future to be Send")]
pub trait LanguageModel {
    /// Continues a prompt; see [`crate::Model::complete`].
    ///
    /// # Errors
    /// When the prompt does not fit, the device fails or `scheduler` stops the work.
    async fn complete(
        &mut self,
        prompt: Prompt<'_>,
        options: &CompletionOptions,
        on_text: &mut dyn FnMut(&str) -> ControlFlow<()>,
        scheduler: &impl Scheduler,
    ) -> Result<Finish, Error>;

    /// Tokens that `text` makes.
    fn count_tokens(&self, text: &str) -> usize;

    /// Positions there are for a prompt and its answer.
    fn context(&self) -> usize;

    /// Tokens written a second so far, where that is known.
    fn tokens_per_second(&self) -> Option<f32>;
}
