//! A job as a view sees it: enough to draw it from nothing.

use crate::{Failure, Input, JobId, LeftOut, Progress, ServedModel, Span, Stats, Task};
use serde::{Deserialize, Serialize};

/// The whole visible state of one job.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct JobView {
    pub job: JobId,
    pub task: Task,
    /// Address of the page it works on.
    pub url: String,
    pub title: String,
    /// What of the page it works on.
    pub subject: Subject,
    pub state: JobState,
    /// The last progress reported.
    pub progress: Option<Progress>,
    /// The output so far, in order.
    pub sections: Vec<Section>,
    /// Share of the page's text that was read, from 0 to 1; known once the page has been read.
    pub coverage: Option<f32>,
    /// What of it was not captured.
    pub left_out: LeftOut,
    /// Of a page with a video, what was read of that; known once the page has been read.
    pub video: Option<Video>,
    /// Who writes it, where that is not this device.
    pub server: Option<Box<ServedModel>>,
}

/// What was read of a page that shows a video.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Video {
    /// What is said in it, from a transcript that the page shows; not the text around it.
    Transcript,
    /// The text around it: the page shows no transcript.
    Unread,
}

/// What of a page a job works on.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "subject", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Subject {
    /// The whole page, read.
    Page,
    /// Selected text.
    Selection {
        /// Whether a result can replace it.
        editable: bool,
    },
    /// The page's blocks, replaced in place.
    Blocks {
        /// How many.
        count: u32,
    },
    /// A whole file, read.
    Document,
}

impl From<&Input> for Subject {
    fn from(input: &Input) -> Self {
        match input {
            Input::Page { .. } => Self::Page,
            Input::Selection { selection } => Self::Selection { editable: selection.editable },
            Input::Blocks { blocks } => {
                Self::Blocks { count: u32::try_from(blocks.blocks.len()).unwrap_or(u32::MAX) }
            }
            Input::Document { .. } => Self::Document,
        }
    }
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

impl JobState {
    /// Whether a job in this state will not change any more.
    #[must_use]
    pub fn is_over(&self) -> bool {
        match self {
            Self::Queued | Self::Running => false,
            Self::Done { .. } | Self::Cancelled | Self::Failed { .. } => true,
        }
    }
}

/// One piece of output: a point of a list, a sentence of a prose text, a translated block.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Section {
    /// Position in the output, from 0.
    pub index: u32,
    /// What stands between the section before and this one (spaces, line breaks); empty in a
    /// summary.
    pub before: String,
    pub text: String,
    /// How far it can be trusted.
    pub status: SectionStatus,
    /// The passage it was made of or that supports it.
    pub source: Option<Passage>,
    /// The text of a finished block under the inline markup of its original.
    pub spans: Vec<Span>,
    /// Names, numbers and links of the source that the text lost.
    pub lost: Vec<String>,
    /// Why the source's own words stand here, where the model was to write others.
    pub note: Option<String>,
}

/// How far a section can be trusted.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum SectionStatus {
    /// The source's own words, shown while the model has not reached them yet.
    #[default]
    Preview,
    /// Being written by the model; not checked yet.
    Draft,
    /// Written by the model and checked against its source.
    Checked,
    /// The source's own words: the model's version did not pass the check, or none was needed.
    Quoted,
}

/// A passage of the page, in the page's own words.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Passage {
    /// The text as it stands on the page.
    pub text: String,
    /// The heading it stands under, if any.
    pub heading: Option<String>,
    /// Where its source says that it begins.
    pub place: Option<Place>,
}

/// A place in what a text was taken from.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "place", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Place {
    /// A page of a document.
    Page {
        /// From 1.
        number: u32,
    },
    /// A time of a video.
    Time {
        /// From its beginning.
        seconds: u32,
    },
}
