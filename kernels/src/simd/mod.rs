//! SIMD versions of the operations of a forward pass, on several threads.
//!
//! # Tour
//!
//! * [`Pool`]: the threads, which share the parts of one operation at a time. Results don't depend
//!   on how many there are.
//! * [`Packed`]: a quantised matrix, repacked in groups of four rows, and [`matmul()`], which
//!   multiplies it with activations that are rounded to integers ([`Precision`] says to which).
//!   `formats` expands the blocks of each type to small integers, `tile` sums their products;
//!   `floats` does the same for matrices of floats.
//! * [`argmax()`]: the largest product without computing all, of a matrix whose weights lie in two
//!   halves (`planes`).
//! * [`low_rank()`]: what an adapter adds to products.
//! * [`KvCache`] and [`attention()`]: in 16-bit integers.
//! * The rest, named as in [`reference`](crate::reference), over vectors of four (`rows`, `exp`).
//!
//! Vectors are those of `wide`: SIMD128 in WebAssembly, SSE2 or NEON natively, so that the same
//! code is tested and measured without a browser. `lanes` adds what it lacks.

mod activations;
mod add;
mod argmax;
mod attention;
mod exp;
mod floats;
mod formats;
mod gelu_mul;
mod lanes;
mod low_rank;
mod matmul;
mod output;
mod packed;
mod planes;
mod pool;
mod rms_norm;
mod rope;
mod rows;
mod silu_mul;
mod tile;
mod unrolled;

pub use add::add;
pub use argmax::argmax;
pub use attention::{KvCache, attention};
pub use gelu_mul::gelu_mul;
pub use low_rank::{PackedLowRank, low_rank};
pub use matmul::{Precision, matmul};
pub use packed::Packed;
pub use pool::Pool;
pub use rms_norm::{norm_add, rms_norm};
pub use rope::{Rotations, rope};
pub use silu_mul::silu_mul;
