//! Reading ahead, before a task is asked for.

use crate::error::Error;
use crate::language_model::LanguageModel;
use crate::run::Run;
use crate::{ask, rewrite, summarize, translate};
use decoder::Scheduler;
use protocol::Task;

/// Has the model read ahead what the prompts of a task begin with, so that the next one starts
/// sooner. Costs next to nothing when it is in the model's cache still; does nothing where the
/// prompts begin with the reader's text, or the model is unfit. Nothing goes to the sink.
///
/// # Errors
/// A failure of the model; [`decoder::Error::Stopped`] when the scheduler says so: what was read by
/// then is not lost.
pub async fn prepare(run: Run<'_, impl LanguageModel, impl Scheduler>, task: &Task) -> Result<(), Error> {
    log::debug!("preparing {task:?}");
    match task {
        Task::Summarize { .. } => summarize::prepare(run).await,
        Task::Ask { .. } => ask::prepare(run).await,
        Task::Rewrite { options } => rewrite::prepare(run, options).await,
        Task::Translate { from, to } => translate::prepare(run, from.as_deref(), to).await,
    }
}
