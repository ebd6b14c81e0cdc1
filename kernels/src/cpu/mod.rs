//! The twins: each operation in plain Rust, the definition that SIMD and GPU versions are tested against.

mod add;
mod argmax;
mod attention;
mod dequantize;
mod dot;
mod embed;
mod matmul;
mod rms_norm;
mod rope;
mod silu_mul;

pub use add::add;
pub use argmax::argmax;
pub use attention::{Attention, attention};
pub use dequantize::{can_dequantize, dequantize};
pub use embed::embed;
pub use matmul::matmul;
pub use rms_norm::rms_norm;
pub use rope::{RopeStyle, rope, rope_frequencies};
pub use silu_mul::silu_mul;
