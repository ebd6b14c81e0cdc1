//! Blocks of 32 weights; the layouts are told at their twins.

use super::{Format, Part, half_at, halves_at, load, nibbles, widen};
use core::arch::wasm32::{
    i8x16, i8x16_eq, i8x16_shuffle, i16x8_extend_high_i8x16, i16x8_extend_low_i8x16, i32x4_splat,
    u8x16_splat, v128, v128_and, v128_or,
};

/// `x = d · q`.
pub(in crate::simd) struct Q8_0;

/// `x = d · (q - 8)`.
pub(in crate::simd) struct Q4_0;

/// `x = d · q + m`.
pub(in crate::simd) struct Q4_1;

/// `x = d · (q - 16)`.
pub(in crate::simd) struct Q5_0;

/// `x = d · q + m`.
pub(in crate::simd) struct Q5_1;

impl Format for Q8_0 {
    const BYTES: usize = 34;
    const PARTS: usize = 1;

    #[inline(always)]
    fn expand(bytes: &[u8], mut visit: impl FnMut(usize, Part)) {
        let (low, high) = (load(bytes, 2), load(bytes, 18));
        let q = [
            i16x8_extend_low_i8x16(low),
            i16x8_extend_high_i8x16(low),
            i16x8_extend_low_i8x16(high),
            i16x8_extend_high_i8x16(high),
        ];
        visit(0, Part { q, scale: half_at(bytes, 0), min: 0.0 });
    }
}

impl Format for Q4_0 {
    const BYTES: usize = 18;
    const PARTS: usize = 1;

    #[inline(always)]
    fn expand(bytes: &[u8], mut visit: impl FnMut(usize, Part)) {
        let scale = half_at(bytes, 0);
        visit(0, Part { q: four_bits(bytes, 2), scale, min: -8.0 * scale });
    }
}

impl Format for Q4_1 {
    const BYTES: usize = 20;
    const PARTS: usize = 1;

    #[inline(always)]
    fn expand(bytes: &[u8], mut visit: impl FnMut(usize, Part)) {
        let (scale, min) = halves_at(bytes, 0);
        visit(0, Part { q: four_bits(bytes, 4), scale, min });
    }
}

impl Format for Q5_0 {
    const BYTES: usize = 22;
    const PARTS: usize = 1;

    #[inline(always)]
    fn expand(bytes: &[u8], mut visit: impl FnMut(usize, Part)) {
        let scale = half_at(bytes, 0);
        visit(0, Part { q: five_bits(bytes, 2), scale, min: -16.0 * scale });
    }
}

impl Format for Q5_1 {
    const BYTES: usize = 24;
    const PARTS: usize = 1;

    #[inline(always)]
    fn expand(bytes: &[u8], mut visit: impl FnMut(usize, Part)) {
        let (scale, min) = halves_at(bytes, 0);
        visit(0, Part { q: five_bits(bytes, 4), scale, min });
    }
}

/// 16 bytes at `offset`: the low nibbles come first.
#[inline(always)]
fn four_bits(bytes: &[u8], offset: usize) -> [v128; 4] {
    let (low, high) = nibbles(load(bytes, offset));
    widen(low, high)
}

/// 32 fifth bits at `offset`, then nibbles as in `four_bits`.
#[inline(always)]
fn five_bits(bytes: &[u8], offset: usize) -> [v128; 4] {
    /// Of a byte that is repeated eight times, the bit that each copy stands for.
    const BIT: v128 = i8x16(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128);
    let fifth = [bytes[offset], bytes[offset + 1], bytes[offset + 2], bytes[offset + 3]];
    let fifth = i32x4_splat(i32::from_le_bytes(fifth));
    let spread = |copies: v128| v128_and(i8x16_eq(v128_and(copies, BIT), BIT), u8x16_splat(16));
    let low_fifth = i8x16_shuffle::<0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1>(fifth, fifth);
    let high_fifth = i8x16_shuffle::<2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3>(fifth, fifth);
    let (low, high) = nibbles(load(bytes, offset + 4));
    widen(v128_or(low, spread(low_fifth)), v128_or(high, spread(high_fifth)))
}
