use super::Pool;
use super::exp::exp;
use super::rows::{part, zip};
use wide::f32x4;

/// `-2 · √(2/π)`.
const ROOT: f32 = -2.0 * std::f32::consts::FRAC_2_SQRT_PI * std::f32::consts::FRAC_1_SQRT_2;

/// As [`reference::gelu_mul`](crate::reference::gelu_mul).
pub fn gelu_mul(pool: &Pool, gate: &mut [f32], up: &[f32]) {
    let len = part(1);
    pool.chunks(gate, len, |index, gate| {
        zip(gate, &up[index * len..][..gate.len()], |x, up| {
            let y = f32x4::splat(ROOT) * (x + f32x4::splat(0.044_715) * x * x * x);
            x / (f32x4::ONE + exp(y)) * up
        });
    });
}
