//! Quantised matrix times 16-bit activations.

use super::activations::{Activations, BLOCK};
use super::blocks::{Block, Format, Q4_0, Q4_1, Q8_0};
use super::load;
use crate::Matrix;
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
        _ => return false,
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
            let block = F::expand(bytes);
            for (t, (q, scales, sums)) in tokens.iter().enumerate() {
                let dot = f32x4_convert_i32x4(dot(&block, &q[b]));
                products[t] = f32x4_add(products[t], f32x4_mul(dot, f32x4_splat(block.scale * scales[b])));
                minima[t] += block.min * sums[b];
            }
        }
        for t in 0..T {
            out[(first + t) * rows + r] = sum(products[t]) + minima[t];
        }
    }
}

/// Four partial sums of a block's integer products.
#[inline(always)]
fn dot(block: &Block, x: &[i16; BLOCK]) -> v128 {
    let x = bytemuck::bytes_of(x);
    let part = |i: usize| i32x4_dot_i16x8(block.q[i], load(x, 16 * i));
    i32x4_add(i32x4_add(part(0), part(1)), i32x4_add(part(2), part(3)))
}

#[inline(always)]
fn sum(x: v128) -> f32 {
    let pairs = f32x4_extract_lane::<0>(x) + f32x4_extract_lane::<1>(x);
    pairs + (f32x4_extract_lane::<2>(x) + f32x4_extract_lane::<3>(x))
}
