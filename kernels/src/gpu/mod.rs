//! The operations as WGSL kernels, on any device wgpu reaches: WebGPU in a browser, Vulkan
//! natively.
//!
//! # Tour
//!
//! * `device`: [`Context`] is a device with the pipelines made on it so far. [`Context::request`]
//!   asks for one.
//! * `memory`: [`Weight`] (a quantised matrix, filled piece by piece), [`Rows`] (activations),
//!   [`KvCache`] (a layer's keys and values), [`Partials`] (attention's results by parts), [`Ids`]
//!   (token ids), [`Rotations`] (rotary angles) and [`Step`] (position and number of tokens, or where
//!   each token of several texts stands).
//! * `ops`: one constructor per kernel binds memory and gives a [`Dispatch`]; sizes are checked
//!   there. A pipeline is compiled when it is used first, or by [`Context::compile`] and a
//!   [`Compiler`] that compiles several at a time; nothing else is created later.
//!   * For one token: [`matvec()`], a product with what comes before and after it in one launch
//!     ([`Input`], [`Output`]); for the few of a draft: [`matvec_few()`].
//!   * For many: [`matmul()`], or [`quantize()`] and [`matmul_int()`]; [`low_rank()`],
//!     [`rms_norm()`], [`add_bias()`], [`last_row()`].
//!   * For any number: [`embed()`], [`heads()`], [`gate()`], [`norm_add()`], [`attention()`] (or
//!     its two halves, [`attention_split()`] and [`attention_combine()`]).
//!   * For choosing tokens [`Sampler`] gives several, [`Choices`]; [`TextSampler`] those that choose
//!     for several texts.
//! * `wgsl`: the kernels as types that `build.rs` makes of `wgsl/<name>.wgsl`. What a launch lacks
//!   does not compile.
//! * A step encodes its dispatches into **one** compute pass and is submitted once. [`Ring`] has
//!   several under way, each with what it gives to read back: the sampler advances [`Step`] and
//!   writes [`Ids`], so that no step waits for another to be read. [`Readback`] brings larger
//!   results back. Neither blocks an event loop.
//!
//! [`read_bandwidth`] tells how fast all this could be at best.
//!
//! Each constructor's kernel has its name, and so has the reference that `tests/gpu` holds it to:
//! `reference::<name>`, or those that it joins. That every permutation is valid, `tests/wgsl` says.
//! Kernels need nothing beyond WebGPU's default limits and no optional feature; what a device has
//! ([`Features`]) they use.

mod device;
mod error;
mod memory;
mod ops;
mod shape;
mod wgsl;

pub use device::{
    Access, Compilation, Compiler, Compiling, Context, Dispatch, Features, KernelSource, Readback, Ring,
    Tuning,
};
pub use error::Error;
pub use memory::{
    Ids, KvCache, LowRank, Partials, Place, QuantizedRows, Rotations, RowLayout, Rows, Step, Weight,
};
pub use ops::{
    Choices, FLOAT_TILES, Heads, INT_TILES, Input, Matrix, Output, Qkv, Sampler, Sharing, Store, TextRow,
    TextSampler, Tile, add_bias, attention, attention_combine, attention_split, can_fuse, embed, gate,
    has_int_kernel, heads, last_row, low_rank, matmul, matmul_int, matmul_int_tiled, matmul_tiled, matvec,
    matvec_few, matvec_shared, norm_add, quantize, read, read_bandwidth, rms_norm,
};
