use super::rows::ROUND;
use wide::{f32x4, i32x4};

/// Arguments are kept within these, so that results are normal numbers.
const RANGE: (f32, f32) = (-87.0, 88.0);

/// `ln 2` in two parts, the first of few bits: its products with small integers are exact.
const LN_2: (f32, f32) = (0.693_359_4, -2.121_944_4e-4);

/// `e^r - 1 - r` over `r²` for `|r| ≤ ln(2)/2`, highest power first (Cephes' `expf`,
/// <https://www.netlib.org/cephes/>).
const SERIES: [f32; 6] = [1.987_569_1e-4, 1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5];

/// `e^x` to two units in the last place, for `-87 ≤ x ≤ 88`; beyond that, as at the limit.
#[inline(always)]
pub(super) fn exp(x: f32x4) -> f32x4 {
    let x = x.fast_max(f32x4::splat(RANGE.0)).fast_min(f32x4::splat(RANGE.1));
    let rounded = x.mul_add(f32x4::splat(std::f32::consts::LOG2_E), f32x4::splat(ROUND));
    let n = rounded - f32x4::splat(ROUND);
    let r = n.mul_add(f32x4::splat(-LN_2.0), x);
    let r = n.mul_add(f32x4::splat(-LN_2.1), r);
    let [first, rest @ ..] = SERIES.map(f32x4::splat);
    let series = rest.into_iter().fold(first, |sum, factor| sum.mul_add(r, factor));
    let fraction = series.mul_add(r * r, r) + f32x4::ONE;
    fraction * power(rounded)
}

/// `2^x - 1` over `x` for `|x| ≤ 1/2`, highest power first (Cephes' `exp2f`).
const SERIES_2: [f32; 6] =
    [1.535_336_2e-4, 1.339_887_4e-3, 9.618_437e-3, 5.550_332_5e-2, 2.402_264_8e-1, 6.931_472e-1];

/// `2^x` to two units in the last place, for `-126 ≤ x ≤ 0`; below that, as at the limit. Cheaper
/// than [`exp`].
#[inline(always)]
pub(super) fn exp2(x: f32x4) -> f32x4 {
    let x = x.fast_max(f32x4::splat(-126.0));
    let rounded = x + f32x4::splat(ROUND);
    let rest = x - (rounded - f32x4::splat(ROUND));
    let [first, factors @ ..] = SERIES_2.map(f32x4::splat);
    let series = factors.into_iter().fold(first, |sum, factor| sum.mul_add(rest, factor));
    series.mul_add(rest, f32x4::ONE) * power(rounded)
}

/// `2^n`, for `n + ROUND`.
#[inline(always)]
fn power(rounded: f32x4) -> f32x4 {
    // The integer in the lowest bits, biased, in the place of the exponent. The other bits are
    // shifted out.
    let bits: i32x4 = bytemuck::cast(rounded);
    bytemuck::cast((bits + i32x4::splat(127)) << 23_u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_f64() {
        for i in -87_000..=88_000 {
            let x = i as f32 / 1000.0;
            let exact = f64::from(x).exp();
            let error = (f64::from(exp(f32x4::splat(x)).to_array()[2]) - exact).abs() / exact;
            assert!(error < 2.5e-7, "{x}: {error:e}");
        }
    }

    #[test]
    fn exp2_agrees_with_f64() {
        for i in -126_000..=0 {
            let x = i as f32 / 1000.0;
            let exact = f64::from(x).exp2();
            let error = (f64::from(exp2(f32x4::splat(x)).to_array()[2]) - exact).abs() / exact;
            assert!(error < 2.5e-7, "{x}: {error:e}");
        }
        assert_eq!(exp2(f32x4::ZERO), f32x4::ONE);
        assert_eq!(exp2(f32x4::splat(f32::NEG_INFINITY)), f32x4::splat(f32::MIN_POSITIVE));
    }

    #[test]
    fn stays_finite() {
        let [least, low, high, most] =
            exp(f32x4::new([f32::NEG_INFINITY, -200.0, 100.0, f32::INFINITY])).to_array();
        assert!(least == low && 0.0 < low && low < 2e-38);
        assert!(high == most && 1e38 < high && high.is_finite());
    }
}
