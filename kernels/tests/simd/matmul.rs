use crate::random::{Lcg, nmse};
use gguf::TensorType;
use kernels::simd::{Packed, Pool, Precision, matmul};
use kernels::{Matrix, reference};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// 16-bit activations against `f32` ones.
const NMSE_16_BITS: f64 = 1e-7;
/// 8-bit activations against the values that they stand for: the same integers, summed in another order.
const NMSE_8_BITS: f64 = 1e-11;

const TYPES: [TensorType; 11] = [
    TensorType::F32,
    TensorType::F16,
    TensorType::Bf16,
    TensorType::Q8_0,
    TensorType::Q4_0,
    TensorType::Q4_1,
    TensorType::Q5_0,
    TensorType::Q5_1,
    TensorType::Q4K,
    TensorType::Q5K,
    TensorType::Q6K,
];

const PRECISIONS: [Precision; 2] = [Precision::Bits8, Precision::Bits16];

/// What is multiplied with 8-bit activations, where asked to.
fn is_rounded(ty: TensorType) -> bool {
    let has_8_bits = cfg!(any(not(target_arch = "wasm32"), target_feature = "relaxed-simd"));
    has_8_bits && ty.block_len() > 1 && ty != TensorType::Q8_0
}

/// Weights, as the file has them and packed.
struct Weight {
    packed: Packed,
    bytes: Vec<u8>,
}

impl Weight {
    /// Blocks of floats are as many values.
    fn new(ty: TensorType, rows: usize, blocks: usize, random: &mut Lcg) -> Self {
        let blocks = if ty.block_len() == 1 { 32 * blocks } else { blocks };
        let bytes = random.blocks(ty, rows * blocks);
        let mut packed = Packed::new(ty, rows, blocks * ty.block_len()).expect("whole blocks");
        // In two pieces that end within a row.
        let middle = (rows * blocks / 2) * ty.block_bytes();
        packed.write(0, &bytes[..middle]);
        packed.write(middle, &bytes[middle..]);
        Self { packed, bytes }
    }

    fn twin(&self) -> Matrix<'_> {
        Matrix::new(self.packed.ty(), self.packed.rows(), self.packed.cols(), &self.bytes).expect("its shape")
    }

    fn product(&self, x: &[f32], precision: Precision) -> Vec<f32> {
        let mut out = vec![f32::NAN; x.len() / self.packed.cols() * self.packed.rows()];
        matmul(&Pool::new(), &self.packed, x, precision, &mut out);
        out
    }
}

#[test]
fn matmul_matches_twin() {
    let mut random = Lcg(1);
    for ty in TYPES {
        for (rows, blocks, tokens) in
            [(5, 1, 1), (3, 2, 2), (7, 3, 4), (5, 18, 5), (33, 5, 16), (6, 2, 17), (9, 3, 23)]
        {
            let weight = Weight::new(ty, rows, blocks, &mut random);
            let x = random.floats(tokens * weight.packed.cols());
            for precision in PRECISIONS {
                let is_rounded = precision == Precision::Bits8 && is_rounded(ty);
                let (meant, most) = if is_rounded {
                    (reference::quantize(&x).values(), NMSE_8_BITS)
                } else {
                    (x.clone(), NMSE_16_BITS)
                };
                let mut expected = vec![0.0; tokens * rows];
                reference::matmul(&weight.twin(), &meant, &mut expected);
                let error = nmse(&weight.product(&x, precision), &expected);
                let name = ty.name();
                assert!(
                    error <= most,
                    "{name} {rows} rows, {blocks} blocks, {tokens} tokens, {precision:?}: {error}"
                );
            }
        }
    }
}

#[test]
fn tokens_are_multiplied_as_if_alone() {
    let mut random = Lcg(5);
    for ty in TYPES {
        let weight = Weight::new(ty, 10, 3, &mut random);
        let cols = weight.packed.cols();
        let x = random.floats(17 * cols);
        for (tokens, precision) in [2, 3, 4, 7, 17].into_iter().flat_map(|n| PRECISIONS.map(|p| (n, p))) {
            let x = &x[..tokens * cols];
            let alone: Vec<f32> = x.chunks_exact(cols).flat_map(|x| weight.product(x, precision)).collect();
            assert_eq!(weight.product(x, precision), alone, "{tokens} tokens, {}, {precision:?}", ty.name());
        }
    }
}

#[test]
fn zero_activations_give_zero() {
    let weight = Weight::new(TensorType::Q4_1, 2, 2, &mut Lcg(2));
    assert_eq!(weight.product(&[0.0; 64], Precision::Bits8), [0.0; 2]);
}

#[test]
fn rows_come_back_as_they_were() {
    let mut random = Lcg(3);
    for ty in TYPES {
        let weight = Weight::new(ty, 6, 3, &mut random);
        let (mut found, mut expected) = (vec![0.0; weight.packed.cols()], vec![0.0; weight.packed.cols()]);
        for row in 0..6 {
            weight.packed.row(row, &mut found);
            reference::dequantize(ty, weight.twin().row(row), &mut expected);
            assert_eq!(found, expected, "row {row}, {}", ty.name());
        }
    }
}

#[test]
fn columns_that_are_no_whole_blocks_are_refused() {
    assert!(Packed::new(TensorType::Q4_0, 4, 33).is_err());
    assert!(Packed::new(TensorType::F32, usize::MAX, 8).is_err());
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn threads_change_nothing() {
    let pool: &'static Pool = Box::leak(Box::default());
    for _ in 0..2 {
        std::thread::spawn(|| pool.serve());
    }
    while pool.helpers() < 2 {
        std::thread::yield_now();
    }
    let mut random = Lcg(4);
    for ty in [TensorType::Q4_1, TensorType::Q8_0, TensorType::F16] {
        for tokens in [1, 5, 40] {
            let weight = Weight::new(ty, 600, 18, &mut random);
            let x = random.floats(tokens * weight.packed.cols());
            let mut out = vec![0.0; tokens * 600];
            matmul(pool, &weight.packed, &x, Precision::Bits8, &mut out);
            assert_eq!(out, weight.product(&x, Precision::Bits8), "{tokens} tokens, {}", ty.name());
        }
    }
}
