//! Expanding blocks of weights to 16-bit integers.
//!
//! - `small`: blocks of 32 weights;
//! - `super_blocks`: blocks of 256 weights, in parts with small scales of their own.

mod small;
mod super_blocks;

use super::load;
use core::arch::wasm32::{
    f32x4_convert_i32x4, f32x4_extract_lane, f32x4_mul, i16x8_extend_high_u8x16, i16x8_extend_low_u8x16,
    i32x4_add, i32x4_lt, i32x4_shl, u8x16_shr, u8x16_splat, u32x4_extend_low_u16x8, u32x4_splat, v128,
    v128_and, v128_bitselect, v128_or,
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

/// Below this, the bits of a half are those of a subnormal number (or zero): a multiple of 2^-24.
const LEAST_NORMAL: u16 = 0x400;

/// 2^-24 as the bits of an `f32`.
const SUBNORMAL_STEP: u32 = 0x3380_0000;

/// What the exponents of `f32` and half differ by, in place.
const REBIAS: u32 = (127 - 15) << 23;

/// A finite half as `f32`, several times cheaper than the general conversion. No subnormal `f32` comes up on the way:
/// processors are slow with those, and the scales of 6-bit super-blocks are subnormal halves as a rule.
#[inline(always)]
fn half_at(bytes: &[u8], offset: usize) -> f32 {
    let bits = u16::from_le_bytes([bytes[offset], bytes[offset + 1]]);
    let (magnitude, sign) = (bits & 0x7fff, u32::from(bits & 0x8000) << 16);
    let magnitude = if magnitude < LEAST_NORMAL {
        (f32::from(magnitude) * f32::from_bits(SUBNORMAL_STEP)).to_bits()
    } else {
        (u32::from(magnitude) << 13) + REBIAS
    };
    f32::from_bits(magnitude | sign)
}

/// Two halves that follow each other, as `half_at`, for little more than the price of one.
#[inline(always)]
fn halves_at(bytes: &[u8], offset: usize) -> (f32, f32) {
    let both = u32::from_le_bytes([bytes[offset], bytes[offset + 1], bytes[offset + 2], bytes[offset + 3]]);
    let bits = u32x4_extend_low_u16x8(u32x4_splat(both));
    let (magnitude, sign) = (v128_and(bits, u32x4_splat(0x7fff)), v128_and(bits, u32x4_splat(0x8000)));
    let normal = i32x4_add(i32x4_shl(magnitude, 13), u32x4_splat(REBIAS));
    let subnormal = f32x4_mul(f32x4_convert_i32x4(magnitude), u32x4_splat(SUBNORMAL_STEP));
    let is_subnormal = i32x4_lt(magnitude, u32x4_splat(u32::from(LEAST_NORMAL)));
    let magnitude = v128_bitselect(subnormal, normal, is_subnormal);
    let both = v128_or(magnitude, i32x4_shl(sign, 16));
    (f32x4_extract_lane::<0>(both), f32x4_extract_lane::<1>(both))
}
