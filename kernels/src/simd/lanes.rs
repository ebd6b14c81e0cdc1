//! Vector instructions that `wide` lacks, or has for some targets only: as WebAssembly has them,
//! and in plain Rust elsewhere.

use wide::{f32x4, i8x16, i16x8, i32x4, u8x16};

/// Below this, the bits of a half are those of a subnormal number (or zero): a multiple of 2^-24.
const LEAST_NORMAL: i32 = 0x400;
/// 2^-24.
const SUBNORMAL_STEP: f32 = f32::from_bits(0x3380_0000);
/// What the exponents of `f32` and half differ by, in place.
const REBIAS: i32 = (127 - 15) << 23;

/// The 16 bytes at `offset`.
#[inline(always)]
pub(super) fn load(bytes: &[u8], offset: usize) -> u8x16 {
    bytemuck::pod_read_unaligned(&bytes[offset..offset + 16])
}

/// The four halves at `offset`; finite ones only. Quickest where they are normal numbers.
#[inline(always)]
pub(super) fn halves(bytes: &[u8], offset: usize) -> f32x4 {
    // What the exponents of `f32` and half differ by, as a factor.
    const UNBIAS: f32 = f32::from_bits((127 + 127 - 15) << 23);
    let bits = low_i16(bytemuck::pod_read_unaligned(&bytes[offset..offset + 8]));
    let bits = (bits << 13_u32) & i32x4::splat(0x8fff_e000_u32.cast_signed());
    bytemuck::cast::<_, f32x4>(bits) * f32x4::splat(UNBIAS)
}

/// As [`halves`], for numbers that may all be subnormal, as the scales of 6-bit super-blocks are:
/// no subnormal `f32` comes up on the way, which processors are slow with.
#[inline(always)]
pub(super) fn small_halves(bytes: &[u8], offset: usize) -> f32x4 {
    let bits = low_i16(bytemuck::pod_read_unaligned(&bytes[offset..offset + 8]));
    let magnitude = bits & i32x4::splat(0x7fff);
    let normal = (magnitude << 13_u32) + i32x4::splat(REBIAS);
    let subnormal = f32x4::from_i32x4(magnitude) * f32x4::splat(SUBNORMAL_STEP);
    let is_subnormal = magnitude.simd_lt(i32x4::splat(LEAST_NORMAL));
    let magnitude = (is_subnormal & bytemuck::cast::<_, i32x4>(subnormal)) | (!is_subnormal & normal);
    let sign = bits & i32x4::splat(i32::MIN);
    bytemuck::cast(magnitude | sign)
}

/// The low and the high halves of 16 bytes.
#[inline(always)]
pub(super) fn nibbles(bytes: u8x16) -> (i8x16, i8x16) {
    (bytemuck::cast(bytes & u8x16::splat(15)), bytemuck::cast(shift_right_4(bytes)))
}

/// Sums of neighbours: those of `low`, then those of `high`.
#[inline(always)]
pub(super) fn pair_sums(low: i32x4, high: i32x4) -> i32x4 {
    let ([a, b, c, d], [e, f, g, h]) = (low.to_array(), high.to_array());
    i32x4::new([a, c, e, g]) + i32x4::new([b, d, f, h])
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod target {
    use super::{i8x16, i16x8, i32x4, u8x16};
    use bytemuck::cast;
    use core::arch::wasm32 as wasm;

    #[inline(always)]
    pub(in super::super) fn widen_low(x: i8x16) -> i16x8 {
        cast(wasm::i16x8_extend_low_i8x16(cast(x)))
    }

    #[inline(always)]
    pub(in super::super) fn widen_high(x: i8x16) -> i16x8 {
        cast(wasm::i16x8_extend_high_i8x16(cast(x)))
    }

    #[inline(always)]
    pub(super) fn low_i16(x: u64) -> i32x4 {
        cast(wasm::i32x4_extend_low_i16x8(wasm::u64x2_splat(x)))
    }

    #[inline(always)]
    pub(super) fn shift_right_4(x: u8x16) -> u8x16 {
        cast(wasm::u8x16_shr(cast(x), 4))
    }
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod target {
    use super::{i8x16, i16x8, i32x4, u8x16};
    use bytemuck::cast;

    /// The first eight bytes.
    #[inline(always)]
    pub(in super::super) fn widen_low(x: i8x16) -> i16x8 {
        cast::<_, i16x8>(u8x16::unpack_low(u8x16::ZERO, cast(x))) >> 8_u32
    }

    /// The last eight bytes.
    #[inline(always)]
    pub(in super::super) fn widen_high(x: i8x16) -> i16x8 {
        cast::<_, i16x8>(u8x16::unpack_high(u8x16::ZERO, cast(x))) >> 8_u32
    }

    /// Four 16-bit integers.
    #[inline(always)]
    pub(super) fn low_i16(x: u64) -> i32x4 {
        let x: [i16; 4] = cast(x);
        i32x4::new(x.map(i32::from))
    }

    #[inline(always)]
    pub(super) fn shift_right_4(x: u8x16) -> u8x16 {
        u8x16::new(x.to_array().map(|x| x >> 4))
    }
}

use target::{low_i16, shift_right_4};
pub(super) use target::{widen_high, widen_low};

/// Sums of 8-bit products on the way, of as few vectors as fit into 16 bits.
///
/// x86 multiplies 8-bit integers only so, which takes half of what 16-bit ones do.
#[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
#[derive(Clone, Copy)]
pub(super) struct Run(i16x8);

#[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
impl Run {
    pub(super) const ZERO: Self = Self(i16x8::ZERO);

    /// Adds products of `x` with `w`, which has no sign.
    #[inline(always)]
    pub(super) fn add(&mut self, x: i8x16, w: i8x16) {
        use bytemuck::cast;
        let products: i16x8 = cast(core::arch::wasm32::i16x8_relaxed_dot_i8x16_i7x16(cast(x), cast(w)));
        self.0 += products;
    }

    /// The sums of four in each lane.
    #[inline(always)]
    pub(super) fn total(self) -> i32x4 {
        bytemuck::cast(core::arch::wasm32::i32x4_extadd_pairwise_i16x8(bytemuck::cast(self.0)))
    }
}

/// Sums of 8-bit products.
#[cfg(not(all(target_arch = "wasm32", target_feature = "relaxed-simd")))]
#[derive(Clone, Copy)]
pub(super) struct Run([i32x4; 2]);

#[cfg(not(all(target_arch = "wasm32", target_feature = "relaxed-simd")))]
impl Run {
    pub(super) const ZERO: Self = Self([i32x4::ZERO; 2]);

    /// Adds products of `x` with `w`.
    #[inline(always)]
    pub(super) fn add(&mut self, x: i8x16, w: i8x16) {
        self.0[0] += widen_low(x).dot(widen_low(w));
        self.0[1] += widen_high(x).dot(widen_high(w));
    }

    /// The sums of four in each lane.
    #[inline(always)]
    pub(super) fn total(self) -> i32x4 {
        pair_sums(self.0[0], self.0[1])
    }
}
