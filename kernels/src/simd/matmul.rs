//! Packed matrix times activations.
#![expect(unsafe_code, reason = "threads write different columns of the result: see Output")]

use super::activations::{BLOCK, Block, Quant, quantize};
use super::formats::{Format, GROUP, by_format};
use super::output::Output;
use super::tile::{Dot, add_part, tiles};
use super::{Packed, Pool, floats};
use std::ops::Range;
use wide::f32x4;

/// What activations are rounded to before they are multiplied with quantised weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// Integers of 8 bits, for prompts: faster (`benches/cpu`). Of 16 where weights have a sign
    /// ([`Q8_0`](gguf::TensorType::Q8_0)) or WebAssembly no relaxed SIMD.
    Bits8,
    /// Integers of 16 bits: as good as `f32` in practice.
    Bits16,
}

/// WebAssembly has no fast products of 8 bits without relaxed SIMD.
const HAS_8_BITS: bool = cfg!(any(not(target_arch = "wasm32"), target_feature = "relaxed-simd"));

/// As [`reference::matmul`](crate::reference::matmul()), for activations rounded to integers in
/// blocks of 32: `out[t][r] = Σ_c weight[r][c] · x[t][c]`. Weights that are floats meet floats.
/// Each token's results are the same however many there are.
pub fn matmul(pool: &Pool, weight: &Packed, x: &[f32], precision: Precision, out: &mut [f32]) {
    if let Some(planes) = weight.planes() {
        return planes.matmul(pool, x, out);
    }
    by_format!(
        weight.ty(),
        F => quantized::<F>(pool, weight, x, precision, out),
        floats => floats::matmul(pool, weight, x, out)
    );
}

fn quantized<F: Format>(pool: &Pool, weight: &Packed, x: &[f32], precision: Precision, out: &mut [f32]) {
    if precision == Precision::Bits8 && HAS_8_BITS && F::RUN > 0 {
        multiply::<F, i8>(pool, weight, &quantize(pool, x, weight.cols()), out);
    } else {
        multiply::<F, i16>(pool, weight, &quantize(pool, x, weight.cols()), out);
    }
}

fn multiply<F: Format, Q: Quant + Dot>(pool: &Pool, weight: &Packed, x: &[Block<Q>], out: &mut [f32]) {
    let (groups, width) = (weight.rows().div_ceil(GROUP), weight.cols() / BLOCK);
    let x: Vec<&[Block<Q>]> = x.chunks_exact(width).collect();
    let out = Output::new(out, weight.rows());
    let share = pool.share(groups, GROUP * weight.cols() * x.len());
    pool.run(groups.div_ceil(share), |part| {
        let groups = part * share..groups.min((part + 1) * share);
        match x[..] {
            [x] => one::<F, Q>(weight, groups, x, &out),
            _ => many::<F, Q>(weight, groups, &x, &out),
        }
    });
}

/// One token: weights are expanded as they are used.
fn one<F: Format, Q: Dot>(weight: &Packed, groups: Range<usize>, x: &[Block<Q>], out: &Output<'_>) {
    for group in groups {
        let mut sums = [f32x4::ZERO];
        for (blocks, x) in weight.group(group).chunks_exact(F::BYTES).zip(x.chunks_exact(F::PARTS)) {
            F::expand(blocks, |p, part| add_part::<F, Q, 1>(&part, [&x[p]], &mut sums));
        }
        // SAFETY: each group is in one part.
        unsafe { out.put(0, GROUP * group, sums[0]) };
    }
}

/// Several tokens: weights are expanded once for all of them.
fn many<F: Format, Q: Dot>(weight: &Packed, groups: Range<usize>, x: &[&[Block<Q>]], out: &Output<'_>) {
    let mut parts = Vec::with_capacity(weight.cols() / BLOCK);
    for group in groups {
        parts.clear();
        for blocks in weight.group(group).chunks_exact(F::BYTES) {
            F::expand(blocks, |_, part| parts.push(part));
        }
        tiles::<F, Q>(&parts, group, x, out);
    }
}
