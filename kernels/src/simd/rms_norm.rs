use super::Pool;
use super::rows::{load, part, zip3};
use wide::f32x4;

/// Sums that go on side by side: one alone would wait for each addition.
const SUMS: usize = 4;

/// As [`reference::rms_norm`](crate::reference::rms_norm).
pub fn rms_norm(pool: &Pool, x: &[f32], weight: &[f32], eps: f32, out: &mut [f32]) {
    each_row(pool, x, weight, eps, out, |_, x, factor| x * factor);
}

/// `out[t] += rms_norm(x)[t]`.
pub fn norm_add(pool: &Pool, x: &[f32], weight: &[f32], eps: f32, out: &mut [f32]) {
    each_row(pool, x, weight, eps, out, |out, x, factor| out + x * factor);
}

/// `out = f(out, x · scale, weight)` with the scale that norms a row.
fn each_row(
    pool: &Pool,
    x: &[f32],
    weight: &[f32],
    eps: f32,
    out: &mut [f32],
    f: impl Fn(f32x4, f32x4, f32x4) -> f32x4 + Sync,
) {
    let width = weight.len();
    let len = part(width);
    pool.chunks(out, len, |index, out| {
        let x = &x[index * len..][..out.len()];
        for (x, out) in x.chunks_exact(width).zip(out.chunks_exact_mut(width)) {
            let scale = f32x4::splat(1.0 / (square_sum(x) / width as f32 + eps).sqrt());
            zip3(out, x, weight, |out, x, weight| f(out, x * scale, weight));
        }
    });
}

fn square_sum(x: &[f32]) -> f32 {
    let (body, tail) = x.as_chunks::<{ 4 * SUMS }>();
    let mut sums = [f32x4::ZERO; SUMS];
    for x in body {
        let x: [f32x4; SUMS] = bytemuck::cast(*x);
        for (sum, x) in sums.iter_mut().zip(x) {
            *sum = x.mul_add(x, *sum);
        }
    }
    for (sum, x) in sums.iter_mut().zip(tail.chunks(4)) {
        let x = load(x);
        *sum = x.mul_add(x, *sum);
    }
    sums.into_iter().fold(f32x4::ZERO, |sum, part| sum + part).reduce_add()
}
