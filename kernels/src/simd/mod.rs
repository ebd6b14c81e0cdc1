//! WebAssembly SIMD versions of the hot operations.
//!
//! Activations are quantised to 16 bits in blocks of 32 ([`activations`]), so that integer dot products do the work at
//! close to `f32` accuracy: against 16-bit activations the rounding of 4- or 8-bit weights is what remains.

mod activations;
mod blocks;
mod halves;
mod matmul;

use core::arch::wasm32::{v128, v128_load};

pub(crate) use matmul::matmul;

/// The 16 bytes at `offset`.
#[inline(always)]
fn load(bytes: &[u8], offset: usize) -> v128 {
    let bytes = &bytes[offset..offset + 16];
    #[expect(unsafe_code, reason = "the only way to load a vector from memory")]
    // SAFETY: `bytes` is 16 readable bytes, and `v128_load` asks for no alignment.
    unsafe {
        v128_load(bytes.as_ptr().cast())
    }
}
