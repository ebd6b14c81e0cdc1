//! What a view, or the offscreen document, asks of the background service worker: the things only
//! it can do.

use crate::{BackendChoice, Failure, JobId, JobView, ModelId, Place, Task};
use serde::{Deserialize, Serialize};

/// A message to the background. Answered with a [`CommandReply`].
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// See that the offscreen document is there, so that a Port to it can be opened.
    EnsureEngine,
    /// Capture what the task works on and start a job on it. A card on a page may run on that
    /// page's selection only, the bar of a translated page on what has come to it since.
    Run {
        /// The job to be. Asked for once more, because the answer was lost, it is not started twice.
        job: JobId,
        /// The tab that the reader was shown when asking; a card's is the one that it stands in.
        tab: Option<u32>,
        task: Task,
        scope: Scope,
        choice: BackendChoice,
        /// The model; the best one for the task when absent.
        model: Option<ModelId>,
    },
    /// Start a job on a file that was handed over on the channel for that.
    RunFile {
        /// The handle that it was handed over under.
        file: String,
        /// Its name, for one that has no title.
        name: String,
        /// The tab that was on view.
        tab: Option<u32>,
        task: Task,
        choice: BackendChoice,
        /// The model; the best one for the task when absent.
        model: Option<ModelId>,
    },
    /// Stop a job for good: one that the engine has lost is not given to its successor. A card may
    /// stop its own.
    Cancel { job: JobId },
    /// Put a rewritten or translated text in the place of the selection it was made of; one undo
    /// brings that back.
    Accept { job: JobId },
    /// Put the original text back into a page that was translated in place.
    Restore { job: JobId },
    /// Open the page on which models are installed, at one of them if it is named.
    OpenModels { model: Option<ModelId> },
    /// A page has loaded that the reader may want translated without being asked. Sent by the page's
    /// own script, where there is one.
    Arrived,
    /// Show a passage on the page a job worked on: scroll to it and highlight it, and set the page's
    /// video to its time.
    Reveal { job: JobId, text: String, place: Option<Place> },
    /// A job has ended: it needs no replay any more, and its result is kept for views opened later.
    /// Sent by the offscreen document.
    Ended { view: Box<JobView> },
    /// Whether a job or an installation is under way, when that changes. Sent by the offscreen
    /// document.
    Activity { is_busy: bool },
}

/// What of a page a job is to work on.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// All of it.
    #[default]
    Page,
    Selection,
}

/// The background's answer.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum CommandReply {
    /// Done.
    Ok,
    Started {
        job: JobId,
    },
    /// Could not be done.
    Failed {
        /// Why, and what to do.
        failure: Failure,
    },
}
