//! The SIMD versions against their twins, in WebAssembly: `cargo xtask test` runs this file on Node.
#![cfg(all(target_arch = "wasm32", target_feature = "simd128"))]

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

/// Random quants under finite scales: the halves at the start of each block get moderate exponents.
fn blocks(ty: TensorType, count: usize, halves: usize, random: &mut Lcg) -> Vec<u8> {
    let mut bytes = Vec::new();
    for _ in 0..count {
        let start = bytes.len();
        for _ in 0..halves {
            bytes.extend(half::f16::from_f32(random.float() * 0.1).to_le_bytes());
        }
        while bytes.len() < start + ty.block_bytes() {
            bytes.push(random.next().to_le_bytes()[0]);
        }
    }
    bytes
}

#[wasm_bindgen_test]
fn matmul_matches_twin() {
    let mut random = Lcg(1);
    for (ty, halves) in [(TensorType::Q8_0, 1), (TensorType::Q4_0, 1), (TensorType::Q4_1, 2)] {
        for (rows, cols, tokens) in [(1, 32, 1), (3, 64, 2), (7, 96, 4), (5, 576, 5), (33, 160, 11)] {
            let bytes = blocks(ty, rows * cols / 32, halves, &mut random);
            let weight = Matrix::new(ty, rows, cols, &bytes).unwrap();
            let x: Vec<f32> = (0..tokens * cols).map(|_| random.float() * 3.0).collect();
            let (mut fast, mut twin) = (vec![0.0; tokens * rows], vec![0.0; tokens * rows]);
            kernels::matmul(&weight, &x, &mut fast);
            cpu::matmul(&weight, &x, &mut twin);
            let square = |x: f64| x * x;
            let error: f64 = fast.iter().zip(&twin).map(|(a, b)| square(f64::from(a - b))).sum();
            let value: f64 = twin.iter().map(|&x| square(f64::from(x))).sum();
            assert!(error <= NMSE * value, "{} {rows}x{cols}, {tokens} tokens: {}", ty.name(), error / value);
        }
    }
}

#[wasm_bindgen_test]
fn zero_activations_give_zero() {
    let mut random = Lcg(2);
    let bytes = blocks(TensorType::Q4_1, 4, 2, &mut random);
    let weight = Matrix::new(TensorType::Q4_1, 2, 64, &bytes).unwrap();
    let mut out = vec![1.0; 2];
    kernels::matmul(&weight, &[0.0; 64], &mut out);
    assert_eq!(out, [0.0; 2]);
}
