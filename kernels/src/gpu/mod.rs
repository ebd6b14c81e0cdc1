//! The operations as WGSL kernels, on any device wgpu reaches: WebGPU in a browser, Vulkan natively.
//!
//! # Tour
//!
//! * [`Context`] is a device with the pipelines made on it so far. [`Context::request`] asks for one.
//! * Memory: [`Weight`] (a quantised matrix, filled piece by piece), [`Rows`] (activations), [`KvCache`] (a layer's keys and
//!   values), [`Partials`] (attention's results by parts), [`Ids`] (token ids), [`Rotations`] (rotary angles) and [`Step`]
//!   (position and number of tokens).
//! * One constructor per kernel binds memory and gives a [`Dispatch`]; sizes are checked there. A pipeline is compiled when it
//!   is used first, or by [`Context::compile`] and a [`Compiler`] that compiles several at a time; nothing else is created
//!   later.
//!   * For one token: [`linear()`], a product with what comes before and after it in one launch ([`Input`], [`Output`]); for the
//!     few of a draft: [`linear_few()`].
//!   * For many: [`matmul()`], or [`quantize()`] and [`matmul_int()`]; [`rms_norm()`], [`add_bias()`], [`last_row()`].
//!   * For any number: [`embed()`], [`heads()`], [`gate()`], [`norm_add()`], [`attention()`] (or its two halves,
//!     [`attention_split()`] and [`attention_combine()`]).
//!   * For choosing tokens [`Sampler`] gives several, [`Choices`].
//! * A step encodes its dispatches into **one** compute pass and is submitted once. [`Ring`] has several under way, each with
//!   what it gives to read back: the sampler advances [`Step`] and writes [`Ids`], so that no step waits for another to be
//!   read. [`Readback`] brings larger results back. Neither blocks an event loop.
//!
//! [`read_bandwidth`] tells how fast all this could be at best.
//!
//! Each kernel is `wgsl/<name>.wgsl`, every permutation of it checked when the crate is built, and tested by `tests/gpu`
//! against its twin `reference::<name>`, or those that it joins. Kernels need nothing beyond WebGPU's default limits and no optional
//! feature; what a device has ([`Features`]) they use.

mod add_bias;
mod attention;
mod compile;
mod context;
mod dispatch;
mod embed;
mod error;
mod gate;
mod heads;
mod kv_cache;
mod last_row;
mod linear;
mod matmul;
mod matmul_int;
mod memory;
mod norm_add;
mod partials;
mod pipeline;
mod product;
mod quantize;
mod read;
mod readback;
mod ring;
mod rms_norm;
mod sampler;
mod shader;
mod shard;
mod sharing;
mod tile;
mod weight;

pub use add_bias::add_bias;
pub use attention::{attention, attention_combine, attention_split};
pub use compile::{Compilation, Compiler, Compiling, KernelSource};
pub use context::{Context, Features, Tuning};
pub use dispatch::Dispatch;
pub use embed::embed;
pub use error::Error;
pub use gate::gate;
pub use heads::{Heads, heads};
pub use kv_cache::KvCache;
pub use last_row::last_row;
pub use linear::{Input, Output, Qkv, can_fuse, linear, linear_few, linear_shared};
pub use matmul::{matmul, matmul_tiled};
pub use matmul_int::{has_int_kernel, matmul_int, matmul_int_tiled};
pub use memory::{Ids, Order, Rotations, Rows, Step};
pub use norm_add::norm_add;
pub use partials::Partials;
pub use product::Store;
pub use quantize::{QuantizedRows, quantize};
pub use read::{read, read_bandwidth};
pub use readback::Readback;
pub use ring::Ring;
pub use rms_norm::rms_norm;
pub use sampler::{Choices, Sampler};
pub use shader::Access;
pub use sharing::Sharing;
pub use tile::{FLOAT_TILES, INT_TILES, Tile};
pub use weight::Weight;
