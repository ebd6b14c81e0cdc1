use crate::{Error, LanguageModel, rewrite, summarize, translate};
use catalog::Profile;
use decoder::Scheduler;
use protocol::Task;

/// Has the model read ahead what the prompts of a task begin with, so that the next one starts sooner. Costs next to nothing
/// when it is in the model's cache still; does nothing where the prompts begin with the reader's text, or the model is unfit.
///
/// # Errors
/// A failure of the model; [`decoder::Error::Stopped`] when `scheduler` says so: what was read by then is not lost.
pub async fn prepare<M: LanguageModel>(
    model: &mut M,
    profile: &Profile,
    task: &Task,
    scheduler: &impl Scheduler,
) -> Result<(), Error> {
    match task {
        Task::Summarize { .. } => summarize::prepare(model, profile, scheduler).await,
        Task::Rewrite { options } => rewrite::prepare(model, profile, options, scheduler).await,
        Task::Translate { from, to } => {
            translate::prepare(model, profile, from.as_deref(), to, scheduler).await
        }
    }
}
