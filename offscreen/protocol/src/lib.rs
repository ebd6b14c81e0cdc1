//! Every message between Sotto's parts, in one place.
//!
//! Three parties talk: **views** (popup, side panel), the **background** service worker and the **engine** (the Rust
//! code in the offscreen document's worker). [`Command`] goes from a view to the background, [`Request`] from anyone to
//! the engine, [`Event`] from the engine to every attached view.
//!
//! Messages cross `chrome.runtime` as JSON, so nothing here holds maps, byte arrays or 64-bit integers. The TypeScript
//! declarations are generated from these types (feature `typescript`) and committed; the tests compare them.

mod command;
mod event;
mod job;
mod request;

pub use command::{Command, CommandReply};
pub use event::{Backend, DeviceInfo, ErrorCode, Event, Failure, ModelState, Phase, Progress, Stats};
pub use job::{JobState, JobView, Passage, Section, SectionStatus};
pub use request::{Choice, PageCapture, Request, SummaryFormat, SummaryLength, SummaryType, Task};

/// Identifies one job for its whole life. Chosen by whoever starts it; unique within the extension.
#[cfg_attr(feature = "typescript", tsify::declare)]
pub type JobId = String;
