//! How much less probable than the best a token is, in whole steps; `wgsl/shared/sampling.wgsl` has
//! the same.

use crate::ops::{FAR, STEPS};

/// An integer that grows with the logit, alike for both zeros; 0 for those that are not finite.
pub(super) fn order(logit: f32) -> u32 {
    let bits = if logit == 0.0 { 0 } else { logit.to_bits() };
    if !logit.is_finite() {
        0
    } else if bits >> 31 == 0 {
        bits | 1 << 31
    } else {
        !bits
    }
}

/// `log2` of how many times less probable than the best a token is, in units of 2^-19 (a millionth
/// of a nat), up to [`FAR`].
///
/// One subtraction and one multiplication, which every device rounds alike.
#[expect(clippy::cast_possible_truncation, reason = "at most FAR")]
#[expect(clippy::cast_sign_loss, reason = "no logit is above the best")]
pub(super) fn distance(logit: f32, best: f32, scale: f32) -> u32 {
    if logit.is_finite() { ((best - logit) * scale).min(FAR as f32) as u32 } else { FAR }
}

/// The probability of a token at this distance, where the best token's is 2^24. Its relative error
/// is below 10^-4.
pub(super) fn weight(distance: u32) -> u32 {
    // 2^-f = 2^(1-f) / 2, in 15 binary places.
    let g = (1 << 15) - ((distance % STEPS) >> 4);
    let power = [1699, 7912, 22_709, 32_768].iter().fold(448, |sum, c| c + ((sum * g + (1 << 14)) >> 15));
    (power << 8) >> (distance / STEPS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_that_of_finite_numbers() {
        let ordered = [f32::MIN, -2.0, -1e-30, 0.0, 1e-30, 2.0, f32::MAX];
        assert!(ordered.windows(2).all(|pair| order(pair[0]) < order(pair[1])));
        assert_eq!(order(-0.0), order(0.0));
        assert!([f32::NAN, -f32::NAN, f32::INFINITY, f32::NEG_INFINITY].iter().all(|&x| order(x) == 0));
        assert!(order(f32::MIN) > 0);
    }

    #[test]
    fn weights_are_powers_of_two() {
        for distance in (0..FAR).step_by(997) {
            let exact = (24.0 - f64::from(distance) / f64::from(STEPS)).exp2();
            let error = (f64::from(weight(distance)) - exact).abs();
            assert!(error <= exact * 1e-4 + 1.0, "{distance}: {error} of {exact}");
        }
        assert_eq!(weight(0), 1 << 24);
        assert!((0..STEPS).all(|distance| weight(distance) >= weight(distance + 1)));
    }
}
