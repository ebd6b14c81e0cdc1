//! Element-wise operations.

use crate::common::{check, pools};
use kernels::ops::{RopeStyle, rope_frequencies};
use kernels::reference;
use kernels::simd::{self, Pool, Rotations};
use proptest::prelude::*;

/// Rows of a width that is seldom a whole number of vectors, many enough for several parts at
/// times.
fn rows() -> impl Strategy<Value = (usize, Vec<f32>, Vec<f32>)> {
    (1_usize..700, prop_oneof![1_usize..4, 30_usize..60]).prop_flat_map(|(width, tokens)| {
        let values = || prop::collection::vec(-20.0_f32..20.0, width * tokens);
        (Just(width), values(), values())
    })
}

/// Largest accepted ratio of squared error to squared value: `f32` in another order.
const NMSE: f64 = 1e-12;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn element_wise_matches_reference((_, x, y) in rows()) {
        type Simd = fn(&Pool, &mut [f32], &[f32]);
        type Reference = fn(&mut [f32], &[f32]);
        let kernels: [(&str, Simd, Reference); 3] = [
            ("add", simd::add, reference::add),
            ("silu_mul", simd::silu_mul, reference::silu_mul),
            ("gelu_mul", simd::gelu_mul, reference::gelu_mul),
        ];
        for (name, simd, reference) in kernels {
            let mut expected = x.clone();
            reference(&mut expected, &y);
            for pool in *pools() {
                let mut values = x.clone();
                simd(pool, &mut values, &y);
                check(name, NMSE, &values, &expected);
            }
        }
    }

    #[test]
    fn rms_norm_matches_reference((width, x, y) in rows(), eps in 1e-6_f32..1e-2) {
        let weight = &y[..width];
        let mut normed = vec![0.0; x.len()];
        reference::rms_norm(&x, weight, eps, &mut normed);
        let mut added = y.clone();
        reference::add(&mut added, &normed);
        for pool in *pools() {
            let mut values = vec![f32::NAN; x.len()];
            simd::rms_norm(pool, &x, weight, eps, &mut values);
            check("rms_norm", NMSE, &values, &normed);
            let mut values = y.clone();
            simd::norm_add(pool, &x, weight, eps, &mut values);
            check("norm_add", NMSE, &values, &added);
        }
    }

    #[test]
    fn rope_matches_reference(
        half in 1_usize..40,
        heads in 1_usize..5,
        tokens in prop_oneof![1_usize..4, Just(150)],
        positions in [0_usize..9000, 0_usize..9000],
        seed in -1.0_f32..1.0,
    ) {
        let frequencies = rope_frequencies(10_000.0, 2 * half);
        let width = 2 * half * heads;
        let x: Vec<f32> = (0..width * tokens).map(|i| (i as f32 * 0.37 + seed).sin()).collect();
        for style in [RopeStyle::Interleaved, RopeStyle::Halves] {
            let mut rotations = Rotations::new(&frequencies);
            for pos in positions {
                let mut expected = x.clone();
                reference::rope(&mut expected, width, &frequencies, style, pos);
                let positions: Vec<usize> = (pos..pos + tokens).collect();
                for pool in *pools() {
                    let mut values = x.clone();
                    simd::rope(pool, &mut values, width, &mut rotations, style, &positions);
                    check("rope", NMSE, &values, &expected);
                }
            }
        }
    }
}

/// Rows of several texts, each at a position of its own, are rotated as each by itself.
#[test]
fn rows_stand_where_they_are_said_to() {
    let (frequencies, width, positions) = (rope_frequencies(10_000.0, 8), 16, [7, 7, 3000, 0]);
    let x: Vec<f32> = (0..width * positions.len()).map(|i| (i as f32 * 0.37).sin()).collect();
    let mut rotations = Rotations::new(&frequencies);
    let mut together = x.clone();
    simd::rope(pools()[0], &mut together, width, &mut rotations, RopeStyle::Halves, &positions);
    for (i, pos) in positions.into_iter().enumerate() {
        let mut alone = x[i * width..][..width].to_vec();
        simd::rope(pools()[0], &mut alone, width, &mut rotations, RopeStyle::Halves, &[pos]);
        assert_eq!(alone, together[i * width..][..width]);
    }
}

#[test]
fn gates_far_out_are_finite() {
    let far = [-1e4_f32, -300.0, 300.0, 1e4, 0.0];
    for gate in [simd::silu_mul, simd::gelu_mul] {
        let mut values = far;
        gate(pools()[0], &mut values, &[1.0; 5]);
        assert!(values[..2].iter().all(|x| x.abs() < 1e-30), "{values:?}");
        assert_eq!(values[2..], far[2..]);
    }
}
