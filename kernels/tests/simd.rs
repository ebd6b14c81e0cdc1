//! The SIMD versions against their twins, in WebAssembly: `cargo xtask test` runs this file on Node.
#![cfg(all(target_arch = "wasm32", target_feature = "simd128"))]

#[path = "simd/forward.rs"]
mod forward;

use gguf::TensorType;
use kernels::{Matrix, cpu};
use wasm_bindgen_test::wasm_bindgen_test;

/// Largest accepted ratio of squared error to squared value: 16-bit activations against `f32` ones.
const NMSE: f64 = 1e-7;

/// A small generator (Numerical Recipes' constants): test data need not be good, only varied and repeatable.
struct Lcg(u32);

impl Lcg {
    fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        self.0 >> 8
    }

    /// In [-1, 1).
    fn float(&mut self) -> f32 {
        self.next() as f32 / (1_u32 << 23) as f32 - 1.0
    }
}

/// Squared error of `values` over the squared values of the twin.
fn error(values: &[f32], twin: &[f32]) -> f64 {
    let square = |x: f64| x * x;
    let error: f64 = values.iter().zip(twin).map(|(a, b)| square(f64::from(*a) - f64::from(*b))).sum();
    error / twin.iter().map(|&x| square(f64::from(x))).sum::<f64>()
}

/// Random quants under finite scales: `halves`, offsets in a block, are finite, small numbers.
fn blocks(ty: TensorType, count: usize, halves: &[usize], random: &mut Lcg) -> Vec<u8> {
    let mut bytes: Vec<u8> = (0..count * ty.block_bytes()).map(|_| random.next().to_le_bytes()[0]).collect();
    for block in bytes.chunks_exact_mut(ty.block_bytes()) {
        for &offset in halves {
            // Some normal, some subnormal.
            let size = if random.next().is_multiple_of(2) { 0.1 } else { 5e-5 };
            let half = half::f16::from_f32(random.float() * size);
            block[offset..offset + 2].copy_from_slice(&half.to_le_bytes());
        }
    }
    bytes
}

#[wasm_bindgen_test]
fn matmul_matches_twin() {
    use TensorType::{F16, Q4_0, Q4_1, Q4K, Q5_0, Q5_1, Q5K, Q6K, Q8_0};
    let mut random = Lcg(1);
    let formats: [(TensorType, &[usize]); 9] = [
        (F16, &[0]),
        (Q8_0, &[0]),
        (Q4_0, &[0]),
        (Q4_1, &[0, 2]),
        (Q5_0, &[0]),
        (Q5_1, &[0, 2]),
        (Q4K, &[0, 2]),
        (Q5K, &[0, 2]),
        (Q6K, &[208]),
    ];
    for (ty, halves) in formats {
        for (rows, blocks_per_row, tokens) in [(1, 1, 1), (3, 2, 2), (7, 3, 4), (5, 18, 5), (33, 5, 11)] {
            let cols = blocks_per_row * ty.block_len();
            let bytes = blocks(ty, rows * blocks_per_row, halves, &mut random);
            let weight = Matrix::new(ty, rows, cols, &bytes).unwrap();
            let x: Vec<f32> = (0..tokens * cols).map(|_| random.float() * 3.0).collect();
            let (mut fast, mut twin) = (vec![0.0; tokens * rows], vec![0.0; tokens * rows]);
            kernels::matmul(&weight, &x, &mut fast);
            cpu::matmul(&weight, &x, &mut twin);
            let error = error(&fast, &twin);
            assert!(error <= NMSE, "{} {rows}x{cols}, {tokens} tokens: {error}", ty.name());
        }
    }
}

#[wasm_bindgen_test]
fn zero_activations_give_zero() {
    let mut random = Lcg(2);
    let bytes = blocks(TensorType::Q4_1, 4, &[0, 2], &mut random);
    let weight = Matrix::new(TensorType::Q4_1, 2, 64, &bytes).unwrap();
    let mut out = vec![1.0; 2];
    kernels::matmul(&weight, &[0.0; 64], &mut out);
    assert_eq!(out, [0.0; 2]);
}
