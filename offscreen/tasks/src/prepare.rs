use crate::{Capability, Error, LanguageModel, rewrite, summarize, translate};
use decoder::Pace;
use protocol::Task;

/// Has the model read ahead what the prompts of a task begin with, so that the next one starts sooner. Costs next to nothing
/// when it is in the model's cache still; does nothing where the prompts begin with the reader's text, or the model is unfit.
///
/// # Errors
/// A failure of the model; [`decoder::Error::Stopped`] when `pace` says so: what was read by then is not lost.
pub async fn prepare<M: LanguageModel>(
    model: &mut M,
    capability: Capability,
    task: &Task,
    pace: &impl Pace,
) -> Result<(), Error> {
    match task {
        Task::Summarize { .. } => summarize::prepare(model, capability, pace).await,
        Task::Rewrite { options } => rewrite::prepare(model, capability, options, pace).await,
        Task::Translate { from, to } => {
            translate::prepare(model, capability, from.as_deref(), to, pace).await
        }
    }
}
