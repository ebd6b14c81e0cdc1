//! The search for the largest product.

use crate::common::{Lcg, pools};
use gguf::TensorType;
use kernels::reference;
use kernels::simd::{Packed, Precision, argmax, matmul};
use proptest::prelude::*;

const TYPE: TensorType = TensorType::Q8_0;

/// The same weights in one piece and in planes.
fn both(rows: usize, blocks: usize, bytes: &[u8]) -> [Packed; 2] {
    [Packed::new, Packed::in_planes].map(|new| {
        let mut packed = new(TYPE, rows, blocks * TYPE.block_len()).expect("whole blocks");
        packed.write(0, bytes);
        packed
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn argmax_is_that_of_all_products(
        (rows, blocks, tokens) in (1_usize..400, 1_usize..6, 1_usize..9),
        twins in 0_usize..40,
        seed in any::<u32>(),
    ) {
        let random = &mut Lcg(seed);
        let mut bytes = random.blocks(TYPE, rows * blocks);
        let row = blocks * TYPE.block_bytes();
        // Some are the first row again, or nearly.
        for twin in 1..=twins.min(rows - 1) {
            bytes.copy_within(..row, twin * row);
            if twin % 3 == 0 {
                bytes[twin * row + 7] ^= 1;
            }
        }
        let [whole, planes] = both(rows, blocks, &bytes);
        let mut x = random.floats(tokens * whole.cols());
        whole.row(0, &mut x[..whole.cols()]);
        for pool in *pools() {
            let [expected, found] = [&whole, &planes].map(|weight| {
                let mut out = vec![f32::NAN; tokens * rows];
                matmul(pool, weight, &x, Precision::Bits16, &mut out);
                out
            });
            prop_assert_eq!(&found, &expected);
            let expected: Vec<_> = expected.chunks_exact(rows).map(reference::argmax).collect();
            prop_assert_eq!(argmax(pool, &planes, &x), Some(expected));
            prop_assert_eq!(argmax(pool, &whole, &x), None);
        }
    }
}

#[test]
fn rows_in_planes_come_back_as_they_were() {
    let (rows, blocks) = (7, 3);
    let packed = both(rows, blocks, &Lcg(4).blocks(TYPE, rows * blocks));
    for row in 0..rows {
        let [expected, found] = packed.each_ref().map(|packed| {
            let mut out = vec![f32::NAN; packed.cols()];
            packed.row(row, &mut out);
            out
        });
        assert_eq!(found, expected);
    }
}

#[test]
fn the_first_of_equals_is_found() {
    let [_, planes] = both(9, 1, &Lcg(6).blocks(TYPE, 9));
    for pool in *pools() {
        assert_eq!(argmax(pool, &planes, &[0.0; 32]), Some(vec![0]));
    }
}
