//! Matrices of floats times activations.
#![expect(unsafe_code, reason = "threads write different columns of the result: see Output")]

use super::output::Output;
use super::{Packed, Pool, lanes};
use crate::reference;
use gguf::TensorType;
use wide::f32x4;

/// As [`reference::matmul`], of weights that are floats.
pub(super) fn matmul(pool: &Pool, weight: &Packed, x: &[f32], out: &mut [f32]) {
    let (rows, cols) = (weight.rows(), weight.cols());
    let out = Output::new(out, rows);
    let share = pool.share(rows, x.len());
    pool.run(rows.div_ceil(share), |part| {
        let mut expanded = vec![0.0; cols];
        for row in part * share..rows.min((part + 1) * share) {
            expand(weight.ty(), weight.plain_row(row), &mut expanded);
            for (t, x) in x.chunks_exact(cols).enumerate() {
                // SAFETY: each row is in one part, and one column of the result.
                unsafe { out.put_one(t, row, dot(&expanded, x)) };
            }
        }
    });
}

/// Expands a row.
fn expand(ty: TensorType, row: &[u8], out: &mut [f32]) {
    if ty != TensorType::F16 {
        return reference::dequantize(ty, row, out);
    }
    let ((body, tail), (from, rest)) = (out.as_chunks_mut::<4>(), row.as_chunks::<8>());
    for (out, from) in body.iter_mut().zip(from) {
        *out = lanes::halves(from, 0).to_array();
    }
    reference::dequantize(ty, rest, tail);
}

/// A sum in sixteen parts, whatever stands beside it.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let ((a, a_tail), (b, b_tail)) = (a.as_chunks::<16>(), b.as_chunks::<16>());
    let mut sums = [f32x4::ZERO; 4];
    for (a, b) in a.iter().zip(b) {
        let (a, b): ([f32x4; 4], [f32x4; 4]) = (bytemuck::cast(*a), bytemuck::cast(*b));
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    let tail: f32 = a_tail.iter().zip(b_tail).map(|(a, b)| a * b).sum();
    ((sums[0] + sums[1]) + (sums[2] + sums[3])).reduce_add() + tail
}
