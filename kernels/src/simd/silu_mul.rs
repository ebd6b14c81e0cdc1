use super::Pool;
use super::exp::exp;
use super::rows::{part, zip};
use wide::f32x4;

/// As [`reference::silu_mul`](crate::reference::silu_mul).
pub fn silu_mul(pool: &Pool, gate: &mut [f32], up: &[f32]) {
    let len = part(1);
    pool.chunks(gate, len, |index, gate| {
        zip(gate, &up[index * len..][..gate.len()], |gate, up| gate / (f32x4::ONE + exp(-gate)) * up);
    });
}
