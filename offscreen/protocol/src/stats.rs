//! What a job took, and where.

use serde::{Deserialize, Serialize};

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
    /// Tokens written by the model, also those thrown away by a check. Of a server all these are what it
    /// counts, and nothing where it does not.
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

/// Where the model runs.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct DeviceInfo {
    /// GPU or CPU, or neither.
    pub backend: Backend,
    /// The adapter's or processor's description, as far as the browser tells it; the host of a server.
    pub adapter: String,
    /// Why it is not the GPU, where the reader did not ask for the CPU; or what befell the GPU that
    /// it is; or what the server does not do.
    pub reason: Option<String>,
    /// Tokens that the model reads at once, where memory is too short for more.
    pub shortage: Option<u32>,
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
    /// A server of the reader's.
    Server,
}
