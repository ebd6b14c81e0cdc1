//! The twins: each operation in plain Rust, the definition that SIMD and GPU versions are tested against.

mod add;
mod add_bias;
mod argmax;
mod attention;
mod dequantize;
mod dot;
mod embed;
mod gelu_mul;
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
pub use attention::{Attention, attention};
pub use dequantize::dequantize;
pub use embed::embed;
pub use gelu_mul::gelu_mul;
pub use matmul::matmul;
pub use quantize::{Quantized, quantize};
pub use rms_norm::rms_norm;
pub use rope::{RopeStyle, rope, rope_frequencies};
pub use sample::{SampleOptions, adjust, sample, sample_candidates};
#[cfg(feature = "gpu")]
pub(crate) use sample::{Thresholds, WHOLE};
pub use silu_mul::silu_mul;
pub use store_kv::{KvFormat, store_kv};
