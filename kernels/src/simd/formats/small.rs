//! Blocks of 32 weights.

use super::format::{Format, Part};
use crate::simd::lanes::{halves, load, nibbles};
use gguf::TensorType;
use wide::{f32x4, i8x16, u32x4};

/// `d · (q - 8)`, 4 bits.
pub(in super::super) struct Q4_0;
/// `d · q + m`, 4 bits.
pub(in super::super) struct Q4_1;
/// `d · (q - 16)`, 5 bits.
pub(in super::super) struct Q5_0;
/// `d · q + m`, 5 bits.
pub(in super::super) struct Q5_1;
/// `d · q`, 8 bits.
pub(in super::super) struct Q8_0;

impl Format for Q4_0 {
    const TYPE: TensorType = TensorType::Q4_0;
    const RUN: usize = 4;

    #[inline(always)]
    fn expand(group: &[u8], mut visit: impl FnMut(usize, Part)) {
        let group = &group[..Self::BYTES];
        let d = halves(group, 0);
        visit(0, part(four_bits(group, 8), d, d * f32x4::splat(-8.0)));
    }
}

impl Format for Q4_1 {
    const TYPE: TensorType = TensorType::Q4_1;
    const RUN: usize = 4;

    #[inline(always)]
    fn expand(group: &[u8], mut visit: impl FnMut(usize, Part)) {
        let group = &group[..Self::BYTES];
        visit(0, part(four_bits(group, 16), halves(group, 0), halves(group, 8)));
    }
}

impl Format for Q5_0 {
    const TYPE: TensorType = TensorType::Q5_0;
    const RUN: usize = 4;

    #[inline(always)]
    fn expand(group: &[u8], mut visit: impl FnMut(usize, Part)) {
        let group = &group[..Self::BYTES];
        let d = halves(group, 0);
        visit(0, part(five_bits(group, 8), d, d * f32x4::splat(-16.0)));
    }
}

impl Format for Q5_1 {
    const TYPE: TensorType = TensorType::Q5_1;
    const RUN: usize = 4;

    #[inline(always)]
    fn expand(group: &[u8], mut visit: impl FnMut(usize, Part)) {
        let group = &group[..Self::BYTES];
        visit(0, part(five_bits(group, 16), halves(group, 0), halves(group, 8)));
    }
}

impl Format for Q8_0 {
    const TYPE: TensorType = TensorType::Q8_0;
    const RUN: usize = 0;

    #[inline(always)]
    fn expand(group: &[u8], mut visit: impl FnMut(usize, Part)) {
        let group = &group[..Self::BYTES];
        let q = std::array::from_fn(|c| bytemuck::cast(load(group, 8 + 16 * c)));
        visit(0, part(q, halves(group, 0), f32x4::ZERO));
    }
}

/// A part whose halves are alike.
#[inline(always)]
pub(super) fn part(q: [i8x16; 8], scale: f32x4, min: f32x4) -> Part {
    Part { q, scale: [scale; 2], min: [min; 2] }
}

/// The low halves of 16 bytes of each row, then the high ones.
#[inline(always)]
fn four_bits(group: &[u8], at: usize) -> [i8x16; 8] {
    let mut q = [i8x16::ZERO; 8];
    for c in 0..4 {
        (q[c], q[c + 4]) = nibbles(load(group, at + 16 * c));
    }
    q
}

/// A word of fifth bits for each row, then the others.
#[inline(always)]
fn five_bits(group: &[u8], at: usize) -> [i8x16; 8] {
    let fifths: u32x4 = bytemuck::cast(load(group, at));
    let mut q = four_bits(group, at + 16);
    for (c, q) in (0_u32..).zip(&mut q) {
        // A factor that puts each of four bits into a byte of its own.
        let bits = (fifths >> (4 * c)) & u32x4::splat(15);
        let bytes = (bits * u32x4::splat(0x0020_4081)) & u32x4::splat(0x0101_0101);
        *q |= bytemuck::cast::<_, i8x16>(bytes << 4_u32);
    }
    q
}
