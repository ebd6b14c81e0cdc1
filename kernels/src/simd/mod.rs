//! SIMD versions of the hot operations, on several threads.
//!
//! [`Pool`] shares the work. Activations are quantised to 16 bits in blocks of 32 ([`activations`]), so that integer dot
//! products do the work at close to `f32` accuracy: against 16-bit activations the rounding of 4- or 8-bit weights is what
//! remains. [`attention()`] works on integers too, with the keys and values that a [`KvCache`] holds; the rest is `f32`. Vectors
//! come from `wide`, so that the same code runs, and is tested, on every target.

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod activations;
mod add;
mod attention;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod blocks;
mod exp;
mod gelu_mul;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod halves;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod matmul;
mod pool;
mod rms_norm;
mod rope;
mod rows;
mod silu_mul;

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use core::arch::wasm32::{v128, v128_load};

pub use add::add;
pub use attention::{KvCache, attention};
pub use gelu_mul::gelu_mul;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(crate) use matmul::matmul;
pub use pool::Pool;
pub use rms_norm::{norm_add, rms_norm};
pub use rope::{Rotations, rope};
pub use silu_mul::silu_mul;

/// The 16 bytes at `offset`.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline(always)]
fn load(bytes: &[u8], offset: usize) -> v128 {
    let bytes = &bytes[offset..offset + 16];
    #[expect(unsafe_code, reason = "the only way to load a vector from memory")]
    // SAFETY: `bytes` is 16 readable bytes, and `v128_load` asks for no alignment.
    unsafe {
        v128_load(bytes.as_ptr().cast())
    }
}
