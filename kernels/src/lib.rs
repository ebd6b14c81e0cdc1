//! Quantised tensor operations.
//!
//! Every operation has one name, parameters of one type ([`ops`]) and up to three implementations:
//!
//! * [`mod@reference`]: plain Rust that a person can check against the formula. It defines what the
//!   operation means.
//! * [`simd`]: again with SIMD and on several threads, for WebAssembly and natively.
//! * `gpu`: the same operation as a WGSL kernel (`wgsl/<name>.wgsl`), feature `gpu`.
//!
//! Tests hold SIMD and GPU to the reference within a named tolerance, and the reference to naive
//! `f64` arithmetic.
//!
//! # Conventions
//!
//! Activations are row-major `[token][width]` in `f32`. Weights are GGUF matrices: `rows` output
//! features, each a contiguous row of `cols` input features in quantised blocks that stay quantised
//! in memory ([`Matrix`]).

mod low_rank;
mod matrix;
pub mod ops;
pub mod reference;
pub mod simd;

#[cfg(feature = "gpu")]
pub mod gpu;

pub use low_rank::LowRank;
pub use matrix::{Error, Matrix};
