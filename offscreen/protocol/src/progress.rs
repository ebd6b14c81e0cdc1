//! How far work has come.

use serde::{Deserialize, Serialize};

/// How far a phase of work has come.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    pub phase: Phase,
    /// Done share of this phase, from 0 to 1, where it is known.
    pub fraction: Option<f32>,
    /// Tokens written a second, so far.
    pub tokens_per_second: Option<f32>,
}

/// What is being done.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Copying the model into the browser's storage, checking its hash.
    Installing,
    /// Loading weights onto the device.
    Loading,
    /// Reading the page.
    Reading,
    /// Writing text.
    Writing,
}
