use crate::simd::rows::{larger, largest, round};
use wide::{f32x4, i16x8, i32x4, i32x8};

/// Length of the rows whose products are summed.
pub(super) const INNER: usize = 32;

/// Rows of a tile.
pub(super) const OUTER: usize = 8;

/// Integers in a tile are no larger: half of what 16 bits hold, so that more is left for what they
/// meet.
pub(super) const LIMIT: i16 = 16_383;

/// The sum of a [`Strip`]'s magnitudes is at most this and what rounding adds, so that its products
/// with a tile stay within 32 bits: `(131,000 + 16) · 16,383 < 2^31`.
const STRIP_SUM: f32 = 131_000.0;

/// Eight rows of 32 integers, two of each row side by side: `[inner / 2][outer][inner % 2]`.
pub(super) type Tile = [[i16x8; 2]; INNER / 2];

/// A row of 32 integers, in pairs.
pub(super) type Strip = [i32; INNER / 2];

/// `Σ strip · row`, for each strip and each row of the tile.
#[inline(always)]
pub(super) fn products<const STRIPS: usize>(strips: [&Strip; STRIPS], tile: &Tile) -> [[f32x4; 2]; STRIPS] {
    let mut sums = [[i32x4::ZERO; 2]; STRIPS];
    for i in 0..INNER / 2 {
        let [low, high] = tile[i];
        for (sums, strip) in sums.iter_mut().zip(strips) {
            let pair: i16x8 = bytemuck::cast(i32x4::splat(strip[i]));
            sums[0] += low.dot(pair);
            sums[1] += high.dot(pair);
        }
    }
    sums.map(|sums| sums.map(i32x4::round_float))
}

/// The scale with which `values` become a [`Strip`]: 0 where they are all next to nothing.
pub(super) fn strip_scale(values: &[f32; INNER]) -> f32 {
    let (mut sum, mut max) = (f32x4::ZERO, f32x4::ZERO);
    for values in values.as_chunks().0 {
        let magnitude = f32x4::new(*values).abs();
        sum += magnitude;
        max = max.fast_max(magnitude);
    }
    let scale = larger(sum.reduce_add() / STRIP_SUM, largest(max) / f32::from(i16::MAX));
    if scale < f32::MIN_POSITIVE { 0.0 } else { scale }
}

/// `1 / scale`, and 0 for 0.
pub(super) fn inverse(scale: f32) -> f32 {
    if scale > 0.0 { scale.recip() } else { 0.0 }
}

/// Integers nearest to `values · inverse`.
#[inline(always)]
pub(super) fn quantize(values: &[f32; INNER], inverse: f32) -> Strip {
    let mut strip = [i16x8::ZERO; INNER / 8];
    for (strip, values) in strip.iter_mut().zip(values.as_chunks::<8>().0) {
        let values: [f32x4; 2] = bytemuck::cast(*values);
        let integers: i32x8 = bytemuck::cast(values.map(|values| round(values * f32x4::splat(inverse))));
        *strip = i16x8::from_i32x8_saturate(integers);
    }
    bytemuck::cast(strip)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_exact_at_the_limits() {
        let largest = LIMIT;
        let tile: Tile = [[i16x8::splat(-largest), i16x8::splat(largest)]; INNER / 2];
        for values in [[1.0; INNER], std::array::from_fn(|i| if i < 4 { 7.5 } else { 1e-3 })] {
            let strip = quantize(&values, inverse(strip_scale(&values)));
            let integers: [i16; INNER] = bytemuck::cast(strip);
            let sum: i64 = integers.iter().map(|&q| i64::from(q)).sum();
            assert!(sum > 120_000, "{sum}");
            let [[low, high]] = products([&strip], &tile);
            let exact = (sum * i64::from(largest)) as f32;
            assert_eq!((low, high), (f32x4::splat(-exact), f32x4::splat(exact)));
        }
    }

    #[test]
    fn next_to_nothing_is_zero() {
        assert_eq!(strip_scale(&[1e-38; INNER]), 0.0);
        assert_eq!(quantize(&[1e-38; INNER], inverse(0.0)), [0; INNER / 2]);
    }
}
