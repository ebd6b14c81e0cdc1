//! Gumbel noise in integers; `wgsl/shared/sampling.wgsl` has the same.

/// What the noise of all tokens of a draw has in common.
pub(super) fn stream(seed: u32, counter: u32) -> u32 {
    hash(hash(seed).wrapping_add(counter))
}

/// The noise of a token, in the units of distance, plus [`OFFSET`]: always above
/// [`FAR`](crate::ops::FAR).
pub(super) fn noise(stream: u32, id: u32) -> u32 {
    OFFSET.wrapping_add_signed(gumbel(hash(hash(id) ^ stream)))
}

/// Makes scores positive.
const OFFSET: u32 = 1 << 25;

/// The PCG hash (Jarzynski & Olano 2020, <https://jcgt.org/published/0009/03/02/>).
fn hash(x: u32) -> u32 {
    let state = x.wrapping_mul(747_796_405).wrapping_add(2_891_336_453);
    let word = ((state >> ((state >> 28) + 4)) ^ state).wrapping_mul(277_803_737);
    (word >> 22) ^ word
}

/// `-log2(-ln(1 - t))` of `t = random / 2^32` in units of 2^-19, exact to 2^-13.
///
/// What wins is close to `t = 0`: there `-ln(1 - t)` is `t` times a smooth function, whose
/// logarithm is a polynomial.
fn gumbel(random: u32) -> i32 {
    let random = random.max(1);
    let log = if random >> 31 == 0 {
        log2(random) - 32 * ONE + polynomial(&[13_593, 850, 10_754, 23_594, 0], small(random >> 17))
    } else {
        let exponential = 32 * ONE - log2(random.wrapping_neg());
        log2(exponential.unsigned_abs()) - 15 * ONE + LOG2_LN2
    };
    -log << 4
}

/// 1 in 15 binary places.
const ONE: i32 = 1 << 15;

/// `log2(ln 2)` in 15 binary places.
const LOG2_LN2: i32 = -17_327;

/// In 15 binary places; `x` is not 0.
fn log2(x: u32) -> i32 {
    let zeros = x.leading_zeros();
    let fraction = ((x << zeros) >> 16) & 0x7fff;
    let whole = small(31 - zeros) * ONE;
    whole + polynomial(&[-823, 3939, -9076, 14_995, -23_538, 47_270, 0], small(fraction))
}

/// In 15 binary places, the highest power first.
fn polynomial(coefficients: &[i32], x: i32) -> i32 {
    coefficients.iter().fold(0, |sum, c| c + ((sum * x + (1 << 14)) >> 15))
}

fn small(x: u32) -> i32 {
    x.cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_is_gumbels() {
        for random in (0..=u32::MAX).step_by(99_991).chain((0..32).map(|bit| 1 << bit)).chain([u32::MAX]) {
            let t = f64::from(random.max(1)) / 32_f64.exp2();
            let exact = -(-(-t).ln_1p()).log2();
            let found = f64::from(gumbel(random)) / 19_f64.exp2();
            assert!((found - exact).abs() < 2e-4, "{random}: {found}, not {exact}");
        }
    }
}
