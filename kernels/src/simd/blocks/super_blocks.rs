//! Blocks of 256 weights; the layouts are told at their twins.

use super::{Format, Part, half_at, halves_at, load, nibbles, widen};
use crate::cpu::six_bits;
use core::arch::wasm32::{
    i16x8_mul, i16x8_splat, i16x8_sub, u8x16_shl, u8x16_shr, u8x16_splat, v128, v128_and, v128_or,
};

/// Eight parts, `x = d · s · q - dmin · m`.
pub(in crate::simd) struct Q4K;

/// As `Q4K`, with a fifth bit.
pub(in crate::simd) struct Q5K;

/// Sixteen parts of 16, `x = d · s · (q - 32)`.
pub(in crate::simd) struct Q6K;

impl Format for Q4K {
    const BYTES: usize = 144;
    const PARTS: usize = 8;

    #[inline(always)]
    fn expand(bytes: &[u8], mut visit: impl FnMut(usize, Part)) {
        let (d, dmin) = halves_at(bytes, 0);
        for pair in 0..4 {
            let (low0, high0) = nibbles(load(bytes, 16 + 32 * pair));
            let (low1, high1) = nibbles(load(bytes, 32 + 32 * pair));
            for (part, first, second) in [(2 * pair, low0, low1), (2 * pair + 1, high0, high1)] {
                let (scale, min) = six_bits(&bytes[4..16], part);
                let (scale, min) = (d * f32::from(scale), -dmin * f32::from(min));
                visit(part, Part { q: widen(first, second), scale, min });
            }
        }
    }
}

impl Format for Q5K {
    const BYTES: usize = 176;
    const PARTS: usize = 8;

    #[inline(always)]
    fn expand(bytes: &[u8], mut visit: impl FnMut(usize, Part)) {
        let (d, dmin) = halves_at(bytes, 0);
        let (fifth0, fifth1) = (load(bytes, 16), load(bytes, 32));
        let with_fifth = |q: v128, fifth: v128, part: u32| {
            let bit = v128_and(u8x16_shr(fifth, part), u8x16_splat(1));
            v128_or(q, u8x16_shl(bit, 4))
        };
        for pair in 0..4_u32 {
            let (low0, high0) = nibbles(load(bytes, 48 + 32 * pair as usize));
            let (low1, high1) = nibbles(load(bytes, 64 + 32 * pair as usize));
            for (part, first, second) in [(2 * pair, low0, low1), (2 * pair + 1, high0, high1)] {
                let (scale, min) = six_bits(&bytes[4..16], part as usize);
                let (scale, min) = (d * f32::from(scale), -dmin * f32::from(min));
                let q = widen(with_fifth(first, fifth0, part), with_fifth(second, fifth1, part));
                visit(part as usize, Part { q, scale, min });
            }
        }
    }
}

impl Format for Q6K {
    const BYTES: usize = 210;
    const PARTS: usize = 8;

    /// The small scales are multiplied into the integers: at most 128 · 32, and a part of 32 has the block's scale alone.
    #[inline(always)]
    fn expand(bytes: &[u8], mut visit: impl FnMut(usize, Part)) {
        let d = half_at(bytes, 208);
        for half in 0..2 {
            let low = [0, 16, 32, 48].map(|i| nibbles(load(bytes, 64 * half + i)));
            let high = [0, 16].map(|i| load(bytes, 128 + 32 * half + i));
            for run in 0..4_u32 {
                let six_bits = |i: usize| {
                    let (first, second) = low[2 * (run % 2) as usize + i];
                    let two = v128_and(u8x16_shr(high[i], 2 * run), u8x16_splat(3));
                    v128_or(if run < 2 { first } else { second }, u8x16_shl(two, 4))
                };
                let part = 4 * half + run as usize;
                let mut q = widen(six_bits(0), six_bits(1));
                for (i, q) in q.iter_mut().enumerate() {
                    let scale = i16::from(bytes[192 + 2 * part + i / 2].cast_signed());
                    *q = i16x8_mul(i16x8_sub(*q, i16x8_splat(32)), i16x8_splat(scale));
                }
                visit(part, Part { q, scale: d, min: 0.0 });
            }
        }
    }
}
