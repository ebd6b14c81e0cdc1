//! How well a task could be done: decided by the engine, as it decides when the job runs.

use crate::{Ability, ModelId, ModelKind, Task};
use serde::{Deserialize, Serialize};

/// A task that a view stands ready for.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OfferQuestion {
    /// Chosen by whoever asks, the same for the same question.
    pub key: String,
    pub task: Task,
    /// The model that the reader has set for it; the best one for the task when absent.
    pub model: Option<ModelId>,
}

/// How far a task can be trusted now, and what it takes to do it better.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// The question's.
    pub key: String,
    /// How well it would be done if it were started now.
    pub ability: Ability,
    /// The model that would run; where two translators would, the first of them under the names of both.
    pub model: Option<OfferedModel>,
    /// A model that would do it better, where there is one: of two translators, the one to get first.
    pub instead: Option<OfferedModel>,
}

/// A model, as far as an offer names it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct OfferedModel {
    pub id: ModelId,
    pub kind: ModelKind,
    pub name: String,
    /// Whether a job can use it without asking the reader first.
    pub here: bool,
    /// Whether it is on a server, to which a job's text is sent.
    pub is_served: bool,
    /// Length of its files as they are fetched and kept.
    pub bytes: f64,
    /// The host that it is fetched from, where that is one.
    pub host: Option<String>,
}
