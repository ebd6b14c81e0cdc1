//! What a view, or the offscreen document, asks of the background service worker: the things only it can do.

use crate::{Choice, Failure, JobId, JobView, Task};
use serde::{Deserialize, Serialize};

/// A message to the background. Answered with a [`CommandReply`].
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// See that the offscreen document is there, so that a Port to it can be opened.
    EnsureEngine,
    /// Capture the active tab's page and start a job on it.
    Run {
        /// What to do.
        task: Task,
        /// Where to run.
        choice: Choice,
    },
    /// Show a passage on the page a job worked on: scroll to it and highlight it.
    Reveal {
        /// The job.
        job: JobId,
        /// The passage's text.
        text: String,
    },
    /// A job has ended: it needs no replay any more, and its result is kept for views opened later. Sent by the
    /// offscreen document.
    Ended {
        /// The job as it ended.
        view: Box<JobView>,
    },
}

/// The background's answer.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum CommandReply {
    /// Done.
    Ok,
    /// The job that was started.
    Started {
        /// Its id.
        job: JobId,
    },
    /// Could not be done.
    Failed {
        /// Why, and what to do.
        failure: Failure,
    },
}
