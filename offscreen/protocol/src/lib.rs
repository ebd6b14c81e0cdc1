//! Every message between Sotto's parts, in one place.
//!
//! Three parties talk: **views** (popup, side panel), the **background** service worker and the
//! **engine** (the Rust code in the offscreen document's worker). [`Command`] goes from a view to
//! the background, [`Request`] from anyone to the engine, [`Event`] from the engine to every
//! attached view. A fourth, the **card** on a page, sees the events of its own job alone.
//!
//! Messages cross `chrome.runtime` as JSON, so nothing here holds maps, byte arrays or 64-bit
//! integers. The TypeScript declarations are generated from these types (feature `typescript`) and
//! committed; the tests compare them.

#![expect(missing_docs, reason = "a field whose name says it all has no comment")]

mod command;
mod event;
mod failure;
mod input;
mod job;
mod models;
mod offer;
mod progress;
mod request;
mod server;
mod stats;
mod task;

pub use command::{Command, CommandReply, Scope};
pub use event::{Event, InstallEnd, ModelState};
pub use failure::{ErrorCode, Failure};
pub use input::{
    Block, Document, Input, LeftOut, PageBlocks, PageCapture, PageStart, Selection, Span, TextBlock, TextKind,
};
pub use job::{JobState, JobView, Passage, Place, Section, SectionStatus, Subject, Video};
pub use models::{
    Abilities, Ability, Fit, InstallStep, ModelCard, ModelCardState, ModelKind, RewriteAbility,
    TranslateAbility,
};
pub use offer::{Offer, OfferQuestion, OfferedModel};
pub use progress::{Phase, Progress};
pub use request::{BackendChoice, ModelSource, Request};
pub use server::{ServedModel, ServerAnswer, ServerPlace};
pub use stats::{Backend, DeviceInfo, Stats, Threads};
pub use task::{
    RewriteGoal, RewriteLength, RewriteOperation, RewriteOptions, RewriteTone, SummaryFormat, SummaryLength,
    SummaryType, Task,
};

/// Identifies one job for its whole life. Chosen by whoever starts it; unique within the extension.
#[cfg_attr(feature = "typescript", tsify::declare)]
pub type JobId = String;

/// Identifies a model: a short name of the catalogue, the SHA-256 of a file that is not in it, or that of
/// the address and name of one on a server.
#[cfg_attr(feature = "typescript", tsify::declare)]
pub type ModelId = String;
