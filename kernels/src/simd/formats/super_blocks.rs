//! Blocks of 256 weights, in parts of 32 under scales of their own.

use super::format::{Format, Part};
use super::small::part;
use crate::simd::lanes::{halves, load, nibbles, small_halves};
use gguf::TensorType;
use wide::{f32x4, i8x16, i32x4, u32x4};

/// `d · s · q - dmin · m`, 4 bits, `s` and `m` of 6 bits for each 32.
pub(in super::super) struct Q4K;
/// As [`Q4K`], 5 bits.
pub(in super::super) struct Q5K;
/// `d · s · (q - 32)`, 6 bits, `s` of 8 bits for each 16.
pub(in super::super) struct Q6K;

impl Format for Q4K {
    const TYPE: TensorType = TensorType::Q4K;
    const RUN: usize = 4;

    #[inline(always)]
    fn expand(group: &[u8], mut visit: impl FnMut(usize, Part)) {
        let group = &group[..Self::BYTES];
        for pair in 0..4 {
            let (low, high) = nibble_parts(group, 64 + 128 * pair);
            for (p, q) in [(2 * pair, low), (2 * pair + 1, high)] {
                let (scale, min) = scale_and_min(group, p);
                visit(p, part(q, scale, min));
            }
        }
    }
}

impl Format for Q5K {
    const TYPE: TensorType = TensorType::Q5K;
    const RUN: usize = 4;

    #[inline(always)]
    fn expand(group: &[u8], mut visit: impl FnMut(usize, Part)) {
        let group = &group[..Self::BYTES];
        for pair in 0..4 {
            let (low, high) = nibble_parts(group, 192 + 128 * pair);
            for (p, mut q) in [(2 * pair, low), (2 * pair + 1, high)] {
                for (c, q) in q.iter_mut().enumerate() {
                    let fifths: u32x4 = bytemuck::cast(load(group, 64 + 16 * c));
                    let bits = (fifths >> p as u64) & u32x4::splat(0x0101_0101);
                    *q |= bytemuck::cast::<_, i8x16>(bits << 4_u32);
                }
                let (scale, min) = scale_and_min(group, p);
                visit(p, part(q, scale, min));
            }
        }
    }
}

impl Format for Q6K {
    const TYPE: TensorType = TensorType::Q6K;
    const RUN: usize = 2;
    const HALVED: bool = true;

    #[inline(always)]
    fn expand(group: &[u8], mut visit: impl FnMut(usize, Part)) {
        /// Where the upper two bits begin, and the scales.
        const UPPER: usize = 8 + 512;
        const SCALES: usize = UPPER + 256;
        let group = &group[..Self::BYTES];
        let d = small_halves(group, 0);
        for p in 0..8 {
            // The lower bits of parts 0 and 2 (of each four) are in the same bytes, so are those of
            // 1 and 3.
            let (half, quarter) = (p / 4, p % 4);
            let lower = 8 + 256 * half + 128 * (quarter % 2);
            let q = std::array::from_fn(|c| {
                let (low, high) = nibbles(load(group, lower + 16 * c));
                let upper: u32x4 = bytemuck::cast(load(group, UPPER + 128 * half + 16 * c));
                let bits = ((upper >> (2 * quarter) as u64) & u32x4::splat(0x0303_0303)) << 4_u32;
                (if quarter < 2 { low } else { high }) | bytemuck::cast::<_, i8x16>(bits)
            });
            // Four scales to a word: a byte of it, its sign kept.
            let scale = [2 * p, 2 * p + 1].map(|s| {
                let word: i32x4 = bytemuck::cast(load(group, SCALES + 16 * (s / 4)));
                d * f32x4::from_i32x4((word << (24 - 8 * (s % 4)) as u64) >> 24_i32)
            });
            visit(p, Part { q, scale, min: scale.map(|scale| scale * f32x4::splat(-32.0)) });
        }
    }
}

/// The low and the high halves of 32 bytes of each row.
#[inline(always)]
fn nibble_parts(group: &[u8], at: usize) -> ([i8x16; 8], [i8x16; 8]) {
    let (mut low, mut high) = ([i8x16::ZERO; 8], [i8x16::ZERO; 8]);
    for c in 0..8 {
        (low[c], high[c]) = nibbles(load(group, at + 16 * c));
    }
    (low, high)
}

/// Scale and minimum of a part: 6 bits of each, the first four in bytes of their own, the others in
/// what those leave.
#[inline(always)]
fn scale_and_min(group: &[u8], part: usize) -> (f32x4, f32x4) {
    let words: [u32x4; 3] = std::array::from_fn(|i| bytemuck::cast(load(group, 16 + 16 * i)));
    let shift = 8 * (part % 4) as u64;
    let byte = |word: usize| (words[word] >> shift) & u32x4::splat(0xff);
    let (scale, min) = if part < 4 {
        (byte(0) & u32x4::splat(63), byte(1) & u32x4::splat(63))
    } else {
        let upper = |word: usize| (byte(word) >> 6_u32) << 4_u32;
        ((byte(2) & u32x4::splat(15)) | upper(0), (byte(2) >> 4_u32) | upper(1))
    };
    let float = |x: u32x4| f32x4::from_i32x4(bytemuck::cast(x));
    (halves(group, 0) * float(scale), halves(group, 8) * -float(min))
}
