//! Quantised matrix times 16-bit activations.

use super::activations::{Activations, BLOCK};
use super::blocks::{Format, Part, Q4_0, Q4_1, Q4K, Q5_0, Q5_1, Q5K, Q6K, Q8_0};
use super::{halves, load};
use crate::Matrix;
use crate::cpu::matmul_by;
use core::arch::wasm32::{
    f32x4_add, f32x4_convert_i32x4, f32x4_extract_lane, f32x4_mul, f32x4_splat, i32x4_add, i32x4_dot_i16x8,
    v128,
};
use gguf::TensorType;

/// As [`crate::matmul`] for the types that have a SIMD version; false, with nothing written, for the others.
pub(crate) fn matmul(weight: &Matrix<'_>, x: &[f32], out: &mut [f32]) -> bool {
    match weight.ty() {
        TensorType::Q8_0 => by_format::<Q8_0>(weight, x, out),
        TensorType::Q4_0 => by_format::<Q4_0>(weight, x, out),
        TensorType::Q4_1 => by_format::<Q4_1>(weight, x, out),
        TensorType::Q5_0 => by_format::<Q5_0>(weight, x, out),
        TensorType::Q5_1 => by_format::<Q5_1>(weight, x, out),
        TensorType::Q4K => by_format::<Q4K>(weight, x, out),
        TensorType::Q5K => by_format::<Q5K>(weight, x, out),
        TensorType::Q6K => by_format::<Q6K>(weight, x, out),
        TensorType::F16 => matmul_by(weight, x, out, halves::expand),
        // Plain enough for the compiler.
        TensorType::F32 | TensorType::Bf16 => return false,
    }
    true
}

fn by_format<F: Format>(weight: &Matrix<'_>, x: &[f32], out: &mut [f32]) {
    let tokens = x.len() / weight.cols();
    let x = Activations::quantize(x);
    let mut t = 0;
    while t + 4 <= tokens {
        tile::<F, 4>(weight, &x, t, out);
        t += 4;
    }
    while t < tokens {
        tile::<F, 1>(weight, &x, t, out);
        t += 1;
    }
}

/// The products of all rows with tokens `first .. first + T`: each block of weights is expanded once for `T` tokens.
fn tile<F: Format, const T: usize>(weight: &Matrix<'_>, x: &Activations, first: usize, out: &mut [f32]) {
    let (rows, blocks) = (weight.rows(), weight.cols() / BLOCK);
    let tokens: [_; T] = std::array::from_fn(|t| {
        let range = (first + t) * blocks..(first + t + 1) * blocks;
        (&x.q[range.clone()], &x.scales[range.clone()], &x.sums[range])
    });
    for r in 0..rows {
        let mut products = [f32x4_splat(0.0); T];
        let mut minima = [0.0_f32; T];
        for (b, bytes) in weight.row(r).chunks_exact(F::BYTES).enumerate() {
            F::expand(bytes, |part, weights| {
                let b = b * F::PARTS + part;
                for (t, (q, scales, sums)) in tokens.iter().enumerate() {
                    let dot = f32x4_convert_i32x4(dot(&weights, &q[b]));
                    let scale = f32x4_splat(weights.scale * scales[b]);
                    products[t] = f32x4_add(products[t], f32x4_mul(dot, scale));
                    minima[t] += weights.min * sums[b];
                }
            });
        }
        for t in 0..T {
            out[(first + t) * rows + r] = sum(products[t]) + minima[t];
        }
    }
}

/// Four partial sums of 32 integer products.
#[inline(always)]
fn dot(weights: &Part, x: &[i16; BLOCK]) -> v128 {
    let x = bytemuck::bytes_of(x);
    let part = |i: usize| i32x4_dot_i16x8(weights.q[i], load(x, 16 * i));
    i32x4_add(i32x4_add(part(0), part(1)), i32x4_add(part(2), part(3)))
}

#[inline(always)]
fn sum(x: v128) -> f32 {
    let pairs = f32x4_extract_lane::<0>(x) + f32x4_extract_lane::<1>(x);
    pairs + (f32x4_extract_lane::<2>(x) + f32x4_extract_lane::<3>(x))
}
