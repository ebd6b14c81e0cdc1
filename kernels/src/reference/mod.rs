//! The reference: each operation in plain Rust that a person can check against its formula. It
//! defines what the operation means; SIMD and GPU versions are tested against it, and it against
//! naive `f64` arithmetic.

mod add;
mod add_bias;
mod argmax;
mod attention;
mod dequantize;
mod dot;
mod embed;
mod gelu_mul;
mod low_rank;
mod matmul;
mod quantize;
mod rms_norm;
mod rope;
mod sample;
mod silu_mul;
mod store_kv;

pub use add::add;
pub use add_bias::add_bias;
pub use argmax::argmax;
pub use attention::attention;
pub use dequantize::dequantize;
pub use embed::embed;
pub use gelu_mul::gelu_mul;
pub use low_rank::low_rank;
pub use matmul::matmul;
pub use quantize::{Quantized, quantize};
pub use rms_norm::rms_norm;
pub use rope::rope;
pub use sample::{adjust, sample, sample_candidates};
pub use silu_mul::silu_mul;
pub use store_kv::store_kv;
