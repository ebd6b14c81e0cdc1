//! What went wrong.

use crate::ModelId;
use serde::{Deserialize, Serialize};

/// An error as a person reads it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    pub code: ErrorCode,
    pub message: String,
    /// What to do about it.
    pub remedy: String,
    /// The model that would do it, where installing or choosing that one is the remedy.
    pub model: Option<ModelId>,
}

/// Kinds of failure.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum ErrorCode {
    /// A message that is not of this protocol.
    BadRequest,
    /// The browser does not let extensions read this page.
    PageNotReadable,
    /// The page or the selection has no text to work on.
    NoText,
    /// The model file is missing, damaged or not supported.
    Model,
    /// Models are not fetched from there, or no text is sent there.
    Address,
    /// The reader's own server does not answer, or not as it should.
    Server,
    /// The model cannot do this; another can.
    Unsupported,
    /// The model tried, and nothing it wrote passed the checks.
    NoResult,
    /// The browser's storage refused or is full.
    Storage,
    /// The GPU was asked for and there is none, or it failed.
    Gpu,
    /// Not enough memory.
    Memory,
    /// As many jobs as may wait are waiting already.
    Busy,
    /// A fault of Sotto's own.
    Internal,
}
