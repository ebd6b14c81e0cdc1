//! Expanding blocks of weights to 16-bit integers.
//!
//! - `small`: blocks of 32 weights;
//! - `super_blocks`: blocks of 256 weights, in parts with small scales of their own.

mod small;
mod super_blocks;

use super::halves::{half_at, halves_at};
use super::load;
use core::arch::wasm32::{
    i16x8_extend_high_u8x16, i16x8_extend_low_u8x16, u8x16_shr, u8x16_splat, v128, v128_and,
};

pub(super) use small::{Q4_0, Q4_1, Q5_0, Q5_1, Q8_0};
pub(super) use super_blocks::{Q4K, Q5K, Q6K};

/// 32 weights `scale · q + min`: `q` as four vectors of eight 16-bit integers, none beyond ±4096, so that their products
/// with 16-bit activations add up within 32 bits.
pub(super) struct Part {
    pub(super) q: [v128; 4],
    pub(super) scale: f32,
    pub(super) min: f32,
}

/// How one type of block is read.
pub(super) trait Format {
    /// Bytes of a block.
    const BYTES: usize;

    /// Parts of 32 weights in a block.
    const PARTS: usize;

    /// Expands the block that `bytes` holds, part by part in order.
    fn expand(bytes: &[u8], visit: impl FnMut(usize, Part));
}

/// The low and the high halves of 16 bytes.
#[inline(always)]
fn nibbles(bytes: v128) -> (v128, v128) {
    (v128_and(bytes, u8x16_splat(15)), u8x16_shr(bytes, 4))
}

/// 32 unsigned bytes as 16-bit integers.
#[inline(always)]
fn widen(first: v128, second: v128) -> [v128; 4] {
    [
        i16x8_extend_low_u8x16(first),
        i16x8_extend_high_u8x16(first),
        i16x8_extend_low_u8x16(second),
        i16x8_extend_high_u8x16(second),
    ]
}
