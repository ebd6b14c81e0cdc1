//! Model families as plans of tensor operations, run by a CPU or a GPU backend.
//!
//! The way from a file to text, one module a step:
//!
//! 1. [`family`] turns a GGUF header into a [`Config`] and a [`Plan`]: the [`Op`]s of one forward
//!    pass, in order, with the tensors and the activations they work on.
//! 2. [`fuse()`] rewrites the plan for a GPU: what it can launch together becomes one [`FusedOp`].
//! 3. `backend` executes the fused plan: `cpu` goes through it with the SIMD kernels, on several
//!    threads, `gpu` compiles it once into pipelines and bind groups, for steps of one token, of
//!    few and of many. Both keep the weights quantised and hold the KV cache. `load` streams the
//!    weights to them.
//! 4. [`Decoder`] feeds tokens through a backend: [`Decoder::prefill`] computes a prompt in chunks
//!    (what is already in the KV cache is not computed again), [`Decoder::generate`] decodes: a
//!    [`Generation`] gives one token after the other, drafted by `lookup` where the text repeats
//!    itself. When the context is full, its oldest part is dropped.
//!    Where several texts are wanted at once, a `batch` of them shares each step:
//!    [`Decoder::join`], [`Decoder::step`], [`Decoder::leave`].
//! 5. An `adapter` changes what the matrices do, without touching them: [`Decoder::add_adapter`]
//!    places one beside the weights, [`Decoder::use_adapter`] says which is at work.
//! 6. [`Sampler`] says how a token is picked from the logits. The CPU does so by it; a GPU does the
//!    same in its own memory, and several steps ahead.
//!
//! A [`Probe`] is a small model of the sort of a given one, with [`random`] weights: whoever distrusts a
//! device computes it there and elsewhere.
//!
//! Nothing here knows the browser. What must be waited for is `async`, and a [`Scheduler`] is
//! called between pieces of work so that an event loop can run, progress can be shown and work can
//! be stopped.

mod adapter;
mod backend;
mod batch;
mod config;
mod decoder;
mod error;
pub mod family;
mod fuse;
mod fused;
mod generation;
mod header;
mod load;
mod lookup;
mod plan;
mod probe;
pub mod random;
mod read_ahead;
mod sampler;
mod scheduler;
mod sequence;
mod source;

pub use backend::Device;
pub use batch::{SequenceOptions, Step};
pub use config::{Config, cache_bytes};
pub use decoder::{Decoder, Perplexity, Prefill};
pub use error::Error;
pub use fuse::fuse;
pub use fused::{FusedOp, Heads};
pub use generation::{GenerateOptions, Generation};
pub use header::{bytes_per_token, check, memory, read_header};
pub use kernels::ops::KvFormat;
pub use kernels::simd::Precision;
pub use lookup::LookupStats;
pub use plan::{Activation, Head, Op, Part, Plan, Rotary, Slot, SlotShape, TensorShape, Weight};
pub use probe::Probe;
pub use sampler::{Sampler, SamplerOptions};
pub use scheduler::{Scheduler, Uninterrupted};
pub use sequence::SequenceId;
pub use source::Source;
