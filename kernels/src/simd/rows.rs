//! Walking over rows of floats in vectors of four. What is left at an end is filled up with zeros.

use wide::{f32x4, i32x4};

/// Values that are worth a part of their own: fewer take less time than waking a thread.
const PART: usize = 8192;

/// Values in a part of whole rows.
pub(super) fn part(width: usize) -> usize {
    width * (PART / width.max(1)).max(1)
}

/// `1.5 · 2^23`: added to a small number, it leaves the nearest integer in the lowest bits.
pub(super) const ROUND: f32 = 12_582_912.0;

/// The nearest integers, within ±2^22.
#[inline(always)]
pub(super) fn round(x: f32x4) -> i32x4 {
    let bits: i32x4 = bytemuck::cast(x + f32x4::splat(ROUND));
    bits - bytemuck::cast::<_, i32x4>(f32x4::splat(ROUND))
}

/// The larger one. (`f32::max` is a call in WebAssembly.)
#[inline(always)]
pub(super) fn larger(a: f32, b: f32) -> f32 {
    if a < b { b } else { a }
}

/// The largest lane.
#[inline(always)]
pub(super) fn largest(x: f32x4) -> f32 {
    let [a, _, b, _] = x.unpack_lo(x).fast_max(x.unpack_hi(x)).to_array();
    larger(a, b)
}

/// Four values or fewer.
#[inline(always)]
pub(super) fn load(values: &[f32]) -> f32x4 {
    f32x4::new(values.try_into().unwrap_or_else(|_| {
        let mut lanes = [0.0; 4];
        lanes[..values.len()].copy_from_slice(values);
        lanes
    }))
}

/// `x = f(x, y)`.
#[inline(always)]
pub(super) fn zip(x: &mut [f32], y: &[f32], f: impl Fn(f32x4, f32x4) -> f32x4) {
    let ((x_body, x_tail), (y_body, y_tail)) = (x.as_chunks_mut(), y.as_chunks());
    for (x, y) in x_body.iter_mut().zip(y_body) {
        *x = f(f32x4::new(*x), f32x4::new(*y)).to_array();
    }
    if !x_tail.is_empty() {
        let result = f(load(x_tail), load(y_tail)).to_array();
        x_tail.copy_from_slice(&result[..x_tail.len()]);
    }
}

/// `x = f(x, y, z)`.
#[inline(always)]
pub(super) fn zip3(x: &mut [f32], y: &[f32], z: &[f32], f: impl Fn(f32x4, f32x4, f32x4) -> f32x4) {
    let ((x_body, x_tail), (y_body, y_tail), (z_body, z_tail)) =
        (x.as_chunks_mut(), y.as_chunks(), z.as_chunks());
    for ((x, y), z) in x_body.iter_mut().zip(y_body).zip(z_body) {
        *x = f(f32x4::new(*x), f32x4::new(*y), f32x4::new(*z)).to_array();
    }
    if !x_tail.is_empty() {
        let result = f(load(x_tail), load(y_tail), load(z_tail)).to_array();
        x_tail.copy_from_slice(&result[..x_tail.len()]);
    }
}
