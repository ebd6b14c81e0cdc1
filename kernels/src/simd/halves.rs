//! Halves as `f32`, several times cheaper than the general conversion: finite ones only.
//!
//! No subnormal `f32` comes up on the way: processors are slow with those, and the scales of 6-bit super-blocks are
//! subnormal halves as a rule.

use super::load;
use core::arch::wasm32::{
    f32x4_convert_i32x4, f32x4_extract_lane, f32x4_mul, i32x4_add, i32x4_lt, i32x4_shl,
    u32x4_extend_high_u16x8, u32x4_extend_low_u16x8, u32x4_splat, v128, v128_and, v128_bitselect, v128_or,
};
use half::f16;

/// Below this, the bits of a half are those of a subnormal number (or zero): a multiple of 2^-24.
const LEAST_NORMAL: u16 = 0x400;

/// 2^-24 as the bits of an `f32`.
const SUBNORMAL_STEP: u32 = 0x3380_0000;

/// What the exponents of `f32` and half differ by, in place.
const REBIAS: u32 = (127 - 15) << 23;

/// The half at `offset`.
#[inline(always)]
pub(super) fn half_at(bytes: &[u8], offset: usize) -> f32 {
    let bits = u16::from_le_bytes([bytes[offset], bytes[offset + 1]]);
    let (magnitude, sign) = (bits & 0x7fff, u32::from(bits & 0x8000) << 16);
    let magnitude = if magnitude < LEAST_NORMAL {
        (f32::from(magnitude) * f32::from_bits(SUBNORMAL_STEP)).to_bits()
    } else {
        (u32::from(magnitude) << 13) + REBIAS
    };
    f32::from_bits(magnitude | sign)
}

/// Two halves that follow each other, for little more than the price of one.
#[inline(always)]
pub(super) fn halves_at(bytes: &[u8], offset: usize) -> (f32, f32) {
    let both = u32::from_le_bytes([bytes[offset], bytes[offset + 1], bytes[offset + 2], bytes[offset + 3]]);
    let both = four(u32x4_extend_low_u16x8(u32x4_splat(both)));
    (f32x4_extract_lane::<0>(both), f32x4_extract_lane::<1>(both))
}

/// Expands a row of halves.
pub(super) fn expand(row: &[u8], out: &mut [f32]) {
    let (out_body, out_tail) = out.as_chunks_mut::<8>();
    let (body, tail) = row.split_at(16 * out_body.len());
    for (i, out) in out_body.iter_mut().enumerate() {
        let bits = load(body, 16 * i);
        let (low, high) = (four(u32x4_extend_low_u16x8(bits)), four(u32x4_extend_high_u16x8(bits)));
        *out = bytemuck::cast([low, high].map(lanes));
    }
    for (out, half) in out_tail.iter_mut().zip(tail.as_chunks().0) {
        *out = f16::from_le_bytes(*half).to_f32();
    }
}

fn lanes(x: v128) -> [f32; 4] {
    [
        f32x4_extract_lane::<0>(x),
        f32x4_extract_lane::<1>(x),
        f32x4_extract_lane::<2>(x),
        f32x4_extract_lane::<3>(x),
    ]
}

/// Four halves, each in the lower bits of a lane.
#[inline(always)]
fn four(bits: v128) -> v128 {
    let (magnitude, sign) = (v128_and(bits, u32x4_splat(0x7fff)), v128_and(bits, u32x4_splat(0x8000)));
    let normal = i32x4_add(i32x4_shl(magnitude, 13), u32x4_splat(REBIAS));
    let subnormal = f32x4_mul(f32x4_convert_i32x4(magnitude), u32x4_splat(SUBNORMAL_STEP));
    let is_subnormal = i32x4_lt(magnitude, u32x4_splat(u32::from(LEAST_NORMAL)));
    let magnitude = v128_bitselect(subnormal, normal, is_subnormal);
    v128_or(magnitude, i32x4_shl(sign, 16))
}
