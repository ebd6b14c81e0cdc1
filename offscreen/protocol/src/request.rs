//! What the engine can be asked.

use crate::JobId;
use serde::{Deserialize, Serialize};

/// A message to the engine.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Request {
    /// Asks for the whole state; the answer is [`crate::Event::Snapshot`], and live events follow it.
    Attach,
    /// Installs (when needed) and loads the model ahead of the first job, on this device.
    Warm {
        /// Where to run.
        choice: Choice,
    },
    /// Queues a job. Jobs run one at a time, in order. An id seen before is not started again.
    Start {
        /// The new job's id.
        job: JobId,
        /// What to do.
        task: Task,
        /// On what.
        page: PageCapture,
        /// Where to run.
        choice: Choice,
    },
    /// Stops a job, whatever it is doing; a finished or unknown job is left as it is.
    Cancel {
        /// The job to stop.
        job: JobId,
    },
}

/// What is to be done with a page.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "task", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Task {
    /// Summarise the page.
    Summarize {
        /// Kind of summary.
        summary_type: SummaryType,
        /// How much of it.
        length: SummaryLength,
        /// How the text is marked up.
        format: SummaryFormat,
    },
}

/// Kind of summary, in the vocabulary of the browser's own Summarizer interface.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum SummaryType {
    /// The most important points as a list.
    #[default]
    KeyPoints,
    /// A short overview in prose.
    Tldr,
}

/// How long a summary is. In points: 3, 5, 7; in sentences of a tl;dr: 1, 3, 5.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum SummaryLength {
    /// The least.
    Short,
    /// The default.
    #[default]
    Medium,
    /// The most.
    Long,
}

/// Markup of the finished text (what "copy" copies).
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum SummaryFormat {
    /// Points as `- ` items.
    #[default]
    Markdown,
    /// No markup.
    PlainText,
}

/// Where the reader wants the model to run.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// The GPU where there is one, else the CPU; the reason is shown.
    #[default]
    Auto,
    /// The GPU or nothing: without one the job fails.
    Gpu,
    /// The CPU.
    Cpu,
}

/// What the content script found on a page. All of it is hostile input.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PageCapture {
    /// The page's address.
    pub url: String,
    /// The document's title, possibly empty.
    pub title: String,
    /// The document's declared language (BCP 47), if it declares one.
    pub lang: Option<String>,
    /// The text selected on the page, if any.
    pub selection: Option<String>,
    /// Serialised HTML: open shadow roots and same-origin frames inlined, hidden elements dropped.
    pub html: String,
    /// True when `html` was cut at the capture limit.
    pub truncated: bool,
}
