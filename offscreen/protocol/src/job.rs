//! A job as a view sees it: enough to draw it from nothing.

use crate::{Failure, JobId, Progress, Stats, Task};
use serde::{Deserialize, Serialize};

/// The whole visible state of one job.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct JobView {
    /// The job.
    pub job: JobId,
    /// What it does.
    pub task: Task,
    /// Address of the page it works on.
    pub url: String,
    /// Title of that page.
    pub title: String,
    /// Where it stands.
    pub state: JobState,
    /// The last progress reported.
    pub progress: Option<Progress>,
    /// The output so far, in order.
    pub sections: Vec<Section>,
    /// Share of the page's text that was read, from 0 to 1; known once the page has been read.
    pub coverage: Option<f32>,
}

/// Where a job stands.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "state", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum JobState {
    /// Waits for the jobs before it.
    Queued,
    /// Being worked on.
    Running,
    /// Finished.
    Done {
        /// What it took.
        stats: Stats,
        /// The finished text in the format asked for.
        text: String,
    },
    /// Stopped by the reader; what was written stays.
    Cancelled,
    /// Ended by an error.
    Failed {
        /// What happened and what to do.
        failure: Failure,
    },
}

/// One piece of output: a point of a list or a sentence of a tl;dr.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Section {
    /// Position in the output, from 0.
    pub index: u32,
    /// The text so far.
    pub text: String,
    /// How far it can be trusted.
    pub status: SectionStatus,
    /// The passage of the page that supports it.
    pub source: Option<Passage>,
}

/// How far a section can be trusted.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum SectionStatus {
    /// A sentence of the page, shown while the model has not reached it yet.
    Preview,
    /// Being written by the model; not checked yet.
    Draft,
    /// Written by the model and checked against its source.
    Checked,
    /// The page's own sentence: the model's version did not pass the check, or none was needed.
    Quoted,
}

/// A passage of the page, in the page's own words.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Passage {
    /// The text as it stands on the page.
    pub text: String,
    /// The heading it stands under, if any.
    pub heading: Option<String>,
}
