//! Expanding a block of 32 weights to 16-bit integers.

use super::load;
use core::arch::wasm32::{
    i16x8_extend_high_i8x16, i16x8_extend_high_u8x16, i16x8_extend_low_i8x16, i16x8_extend_low_u8x16,
    u8x16_shr, u8x16_splat, v128, v128_and,
};

/// 32 weights `scale · q + min`: `q` as four vectors of eight 16-bit integers.
pub(super) struct Block {
    pub(super) q: [v128; 4],
    pub(super) scale: f32,
    pub(super) min: f32,
}

/// How one type of block is read.
pub(super) trait Format {
    /// Bytes of a block.
    const BYTES: usize;

    /// Expands the block that `bytes` holds.
    fn expand(bytes: &[u8]) -> Block;
}

/// `x = d · q`.
pub(super) struct Q8_0;

/// `x = d · (q - 8)`.
pub(super) struct Q4_0;

/// `x = d · q + m`.
pub(super) struct Q4_1;

impl Format for Q8_0 {
    const BYTES: usize = 34;

    #[inline(always)]
    fn expand(bytes: &[u8]) -> Block {
        let (low, high) = (load(bytes, 2), load(bytes, 18));
        let q = [
            i16x8_extend_low_i8x16(low),
            i16x8_extend_high_i8x16(low),
            i16x8_extend_low_i8x16(high),
            i16x8_extend_high_i8x16(high),
        ];
        Block { q, scale: half_at(bytes, 0), min: 0.0 }
    }
}

impl Format for Q4_0 {
    const BYTES: usize = 18;

    #[inline(always)]
    fn expand(bytes: &[u8]) -> Block {
        let scale = half_at(bytes, 0);
        Block { q: nibbles(load(bytes, 2)), scale, min: -8.0 * scale }
    }
}

impl Format for Q4_1 {
    const BYTES: usize = 20;

    #[inline(always)]
    fn expand(bytes: &[u8]) -> Block {
        Block { q: nibbles(load(bytes, 4)), scale: half_at(bytes, 0), min: half_at(bytes, 2) }
    }
}

#[inline(always)]
fn nibbles(bytes: v128) -> [v128; 4] {
    let (low, high) = (v128_and(bytes, u8x16_splat(15)), u8x16_shr(bytes, 4));
    [
        i16x8_extend_low_u8x16(low),
        i16x8_extend_high_u8x16(low),
        i16x8_extend_low_u8x16(high),
        i16x8_extend_high_u8x16(high),
    ]
}

/// A finite half as `f32`: its bits moved into place, then the exponent's bias mended by one multiplication, which is
/// right for subnormals too and several times cheaper than the general conversion.
#[inline(always)]
fn half_at(bytes: &[u8], offset: usize) -> f32 {
    let bits = u32::from(u16::from_le_bytes([bytes[offset], bytes[offset + 1]]));
    let magnitude = f32::from_bits((bits & 0x7fff) << 13) * f32::from_bits(0x7780_0000);
    f32::from_bits(magnitude.to_bits() | (bits & 0x8000) << 16)
}
