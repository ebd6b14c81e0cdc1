//! Quantised tensor operations.
//!
//! Every operation has one name and up to three implementations:
//!
//! * [`cpu`]: the **twin**, plain Rust that a person can check against the formula. It defines what the operation means.
//! * [`simd`]: the hot ones again in vectors and on several threads.
//! * `gpu`: the same operation as a WGSL kernel (`wgsl/<name>.wgsl`), feature `gpu`.
//!
//! Tests hold each implementation to the twin within a named tolerance, and the twins to naive `f64` arithmetic.
//!
//! # Conventions
//!
//! Activations are row-major `[token][width]` in `f32`. Weights are GGUF matrices: `rows` output features, each a
//! contiguous row of `cols` input features in quantised blocks that stay quantised in memory ([`Matrix`]).
//! [`matmul`] picks the fastest implementation of this build; everything else is called by its module.

pub mod cpu;
mod matrix;
pub mod simd;

#[cfg(feature = "gpu")]
pub mod gpu;

pub use matrix::{Error, Matrix};

/// `out[t][r] = Σ_c weight[r][c] · x[t][c]`, by the fastest implementation this build has for the weight's type.
///
/// `x` is `[tokens][cols]`, `out` is `[tokens][rows]`.
pub fn matmul(weight: &Matrix<'_>, x: &[f32], out: &mut [f32]) {
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    if simd::matmul(weight, x, out) {
        return;
    }
    cpu::matmul(weight, x, out);
}
