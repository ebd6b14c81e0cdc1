//! What the engine says.

use crate::{DeviceInfo, Failure, JobId, JobView, ModelCard, Offer, Progress, Section, ServerAnswer};
use serde::{Deserialize, Serialize};

/// A message from the engine to every attached view.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Event {
    /// The whole state: the answer to [`crate::Request::Attach`]. What follows are changes to it.
    Snapshot {
        model: ModelState,
        /// Every model that can be had or is there.
        models: Vec<ModelCard>,
        /// Every job still known, oldest first.
        jobs: Vec<JobView>,
    },
    /// The model or its device changed.
    Model { model: ModelState },
    /// What models there are changed: replaces what was known.
    Models { models: Vec<ModelCard> },
    /// A job appeared or changed its state: replaces what was known of it.
    Job { view: JobView },
    /// A running job moved on.
    Progress { job: JobId, progress: Progress },
    /// A section appeared, changed its status or was rewritten: replaces the section of that index.
    Section { job: JobId, section: Section },
    /// Text to append to a section.
    Token {
        job: JobId,
        section: u32,
        /// The text: one token or a few.
        text: String,
    },
    /// The answers to [`crate::Request::Offers`], in its order. Whoever asked finds its own by
    /// their keys: every view hears them.
    Offers { offers: Vec<Offer> },
    /// The answer to [`crate::Request::Server`].
    Server {
        /// The request's.
        key: String,
        answer: ServerAnswer,
    },
    /// How an installation ended, for whoever asked for it.
    InstallEnded {
        /// The request's.
        key: String,
        end: InstallEnd,
    },
    /// What lies in the browser's storage and nothing uses: the answer to [`crate::Request::Unused`].
    Unused { files: u32, bytes: f64 },
    /// What was removed of the browser's storage.
    Freed { bytes: f64 },
    /// A request the engine could not read or refuses.
    Rejected {
        /// What was wrong with it.
        failure: Failure,
        /// The job that it was to start, if it was that.
        job: Option<JobId>,
    },
}

/// How an installation ended.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "end", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum InstallEnd {
    /// The model is there.
    Installed { name: String },
    /// Stopped by the reader.
    Stopped,
    /// Stopped by the reader, and can go on.
    Paused,
    /// By an error.
    Failed {
        /// Why, and what to do.
        failure: Failure,
    },
}

/// The model and where it runs.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "state", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ModelState {
    /// Nothing is loaded.
    #[default]
    Idle,
    /// Being installed or loaded.
    Loading { model: String, progress: Progress },
    /// Loaded.
    Ready {
        model: String,
        device: DeviceInfo,
        /// Milliseconds from the start of the load to readiness.
        load_ms: f64,
    },
    /// Could not be loaded.
    Failed {
        /// Why, and what to do.
        failure: Failure,
    },
}
