//! What the engine says.

use crate::{JobId, JobView, ModelCard, ModelId, Offer, Section};
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
    /// How an installation ended, for whoever asked for it.
    InstallEnded {
        /// The request's.
        key: String,
        end: InstallEnd,
    },
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

/// Where the model runs.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct DeviceInfo {
    /// GPU or CPU.
    pub backend: Backend,
    /// The adapter's or processor's description, as far as the browser tells it.
    pub adapter: String,
    /// Why it is not the GPU, where the reader did not ask for the CPU; or what befell the GPU that
    /// it is.
    pub reason: Option<String>,
    /// Threads that compute, on the CPU.
    pub threads: Option<Threads>,
}

/// Threads that compute.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Threads {
    /// How many: as many as make it faster.
    pub count: u32,
    /// Why there are not more to choose from, where the browser or a failure is the cause.
    pub reason: Option<String>,
}

/// What executes the model.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Backend {
    /// WebGPU (Vulkan natively).
    Gpu,
    /// WebAssembly (native code natively).
    Cpu,
}

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

/// What a finished job took.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Stats {
    pub device: DeviceInfo,
    pub model: String,
    /// Tokens read by the model, over all its prompts.
    pub prompt_tokens: u32,
    /// Of those, tokens that were in its cache already and cost nothing.
    pub cached_tokens: u32,
    /// Tokens written by the model, also those thrown away by a check.
    pub output_tokens: u32,
    /// Milliseconds the model took to load (earlier than the job, when it was warm).
    pub load_ms: f64,
    /// Milliseconds from the job's start to the model's first token.
    pub first_token_ms: f64,
    /// Milliseconds from the job's start to its end.
    pub total_ms: f64,
    /// Tokens of the prompts a second, without the cached ones.
    pub prefill_tps: f64,
    /// Tokens written a second.
    pub decode_tps: f64,
    /// Share of the page's text that was read, from 0 to 1.
    pub coverage: f32,
}

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
    /// Models are not fetched from there.
    Address,
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
