//! Products of packed matrices.

use crate::common::{Lcg, check, pools};
use gguf::TensorType;
use half::f16;
use kernels::simd::{Packed, Pool, Precision, matmul};
use kernels::{Matrix, reference};

/// 16-bit activations against `f32` ones.
const NMSE_16_BITS: f64 = 1e-7;
/// 8-bit activations against the values that they stand for: the same integers, summed in another
/// order.
const NMSE_8_BITS: f64 = 1e-11;

const PRECISIONS: [Precision; 2] = [Precision::Bits8, Precision::Bits16];

/// What is multiplied with 8-bit activations, where asked to.
fn is_rounded(ty: TensorType) -> bool {
    let has_8_bits = cfg!(any(not(target_arch = "wasm32"), target_feature = "relaxed-simd"));
    has_8_bits && ty.is_quantized() && ty != TensorType::Q8_0
}

/// Weights, as the file has them and packed.
struct Weight {
    packed: Packed,
    bytes: Vec<u8>,
}

impl Weight {
    /// Blocks of floats are as many values.
    fn new(ty: TensorType, rows: usize, blocks: usize, random: &mut Lcg) -> Self {
        let blocks = if ty.is_quantized() { blocks } else { 32 * blocks };
        Self::of(ty, rows, blocks, random.blocks(ty, rows * blocks))
    }

    fn of(ty: TensorType, rows: usize, blocks: usize, bytes: Vec<u8>) -> Self {
        let mut packed = Packed::new(ty, rows, blocks * ty.block_len()).expect("whole blocks");
        // In two pieces that end within a row.
        let middle = (rows * blocks / 2) * ty.block_bytes();
        packed.write(0, &bytes[..middle]);
        packed.write(middle, &bytes[middle..]);
        Self { packed, bytes }
    }

    fn matrix(&self) -> Matrix<'_> {
        Matrix::new(self.packed.ty(), self.packed.rows(), self.packed.cols(), &self.bytes).expect("its shape")
    }

    fn product(&self, pool: &Pool, x: &[f32], precision: Precision) -> Vec<f32> {
        let mut out = vec![f32::NAN; x.len() / self.packed.cols() * self.packed.rows()];
        matmul(pool, &self.packed, x, precision, &mut out);
        out
    }

    /// Holds the products with `x` to the reference's.
    fn check(&self, x: &[f32]) {
        let (ty, rows, cols) = (self.packed.ty(), self.packed.rows(), self.packed.cols());
        for precision in PRECISIONS {
            let (meant, most) = if precision == Precision::Bits8 && is_rounded(ty) {
                (reference::quantize(x).values(), NMSE_8_BITS)
            } else {
                (x.to_vec(), NMSE_16_BITS)
            };
            let mut expected = vec![0.0; x.len() / cols * rows];
            reference::matmul(&self.matrix(), &meant, &mut expected);
            let name = format!("{}, {rows} x {cols}, {} values, {precision:?}", ty.name(), x.len());
            check(&name, most, &self.product(&Pool::new(), x, precision), &expected);
        }
    }
}

#[test]
fn matmul_matches_reference() {
    let mut random = Lcg(1);
    for ty in TensorType::ALL {
        for (rows, blocks, tokens) in
            [(5, 1, 1), (3, 2, 2), (7, 3, 4), (5, 18, 5), (33, 5, 16), (6, 2, 17), (9, 3, 23)]
        {
            let weight = Weight::new(ty, rows, blocks, &mut random);
            weight.check(&random.floats(tokens * weight.packed.cols()));
        }
    }
}

/// Sums of 8-bit products are kept in 16 bits for a while: they fit, whatever is multiplied.
#[test]
fn largest_products_match_reference() {
    for ty in TensorType::ALL.into_iter().filter(|ty| ty.is_quantized()) {
        let (rows, blocks) = (4, 2);
        // Every bit set: the largest integers, under the largest 6-bit scales or an 8-bit one of
        // -1.
        let mut bytes = vec![0xff; rows * blocks * ty.block_bytes()];
        for block in bytes.chunks_exact_mut(ty.block_bytes()) {
            for &at in ty.halves() {
                block[at..at + 2].copy_from_slice(&f16::from_f32(0.5).to_le_bytes());
            }
        }
        let weight = Weight::of(ty, rows, blocks, bytes);
        for x in [1.0, -1.0] {
            weight.check(&vec![x; 5 * weight.packed.cols()]);
        }
    }
}

#[test]
fn tokens_are_multiplied_as_if_alone() {
    let mut random = Lcg(5);
    for ty in TensorType::ALL {
        let weight = Weight::new(ty, 10, 3, &mut random);
        let cols = weight.packed.cols();
        let x = random.floats(17 * cols);
        for (tokens, precision) in [2, 3, 4, 7, 17].into_iter().flat_map(|n| PRECISIONS.map(|p| (n, p))) {
            let x = &x[..tokens * cols];
            let alone: Vec<f32> =
                x.chunks_exact(cols).flat_map(|x| weight.product(&Pool::new(), x, precision)).collect();
            assert_eq!(
                weight.product(&Pool::new(), x, precision),
                alone,
                "{tokens} tokens, {}, {precision:?}",
                ty.name()
            );
        }
    }
}

#[test]
fn zero_activations_give_zero() {
    let weight = Weight::new(TensorType::Q4_1, 2, 2, &mut Lcg(2));
    assert_eq!(weight.product(&Pool::new(), &[0.0; 64], Precision::Bits8), [0.0; 2]);
}

#[test]
fn rows_come_back_as_they_were() {
    let mut random = Lcg(3);
    for ty in TensorType::ALL {
        let weight = Weight::new(ty, 6, 3, &mut random);
        let (mut found, mut expected) = (vec![0.0; weight.packed.cols()], vec![0.0; weight.packed.cols()]);
        for row in 0..6 {
            weight.packed.row(row, &mut found);
            reference::dequantize(ty, weight.matrix().row(row), &mut expected);
            assert_eq!(found, expected, "row {row}, {}", ty.name());
        }
    }
}

#[test]
fn columns_that_are_no_whole_blocks_are_refused() {
    assert!(Packed::new(TensorType::Q4_0, 4, 33).is_err());
    assert!(Packed::new(TensorType::F32, usize::MAX, 8).is_err());
}

#[test]
fn threads_change_nothing() {
    let mut random = Lcg(4);
    for ty in TensorType::ALL {
        for tokens in [1, 5, 40] {
            let weight = Weight::new(ty, 600, 18 * 32 / ty.block_len().max(32), &mut random);
            let x = random.floats(tokens * weight.packed.cols());
            let [alone, shared] = pools().map(|pool| weight.product(pool, &x, Precision::Bits8));
            assert_eq!(alone, shared, "{tokens} tokens, {}", ty.name());
        }
    }
}
