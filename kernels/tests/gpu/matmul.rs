use crate::harness::{NMSE_F32, Pair, Random, TYPES, cols, few, input, nmse, output, result, run, tuned};
use gguf::TensorType;
use kernels::cpu;
use kernels::gpu::{Context, Step, Store, matmul};
use proptest::prelude::*;

/// Multiplies with `tokens` tokens on both, replacing random values or adding to them; returns the error.
pub(crate) fn error(
    gpu: &Context,
    ty: usize,
    rows: usize,
    blocks: usize,
    tokens: usize,
    add: bool,
    seed: u64,
) -> f64 {
    let (mut random, cols) = (Random::new(seed), cols(TYPES[ty], blocks));
    let weight = Pair::new(gpu, &mut random, TYPES[ty], rows, cols);
    product_error(gpu, &weight, random, tokens, add)
}

fn product_error(gpu: &Context, weight: &Pair, mut random: Random, tokens: usize, add: bool) -> f64 {
    let (rows, cols) = (weight.gpu.rows(), weight.gpu.cols());
    let x = random.values(tokens * cols);
    let old = random.values(tokens * rows);
    let mut expected = vec![0.0; tokens * rows];
    cpu::matmul(&weight.cpu(), &x, &mut expected);
    if add {
        cpu::add(&mut expected, &old);
    }
    let (x, out, step) = (input(gpu, &x, cols), output(gpu, &old, rows), Step::new(gpu));
    let store = if add { Store::Add } else { Store::Replace };
    let dispatch = matmul(gpu, &weight.gpu, &x, &out, store, &step).unwrap();
    run(gpu, &dispatch, &step, 0, tokens);
    nmse(&result(gpu, &out), &expected)
}

proptest! {
    #![proptest_config(few(16))]

    #[test]
    fn matvec_matches_twin(
        hardware: bool, ty in 0..TYPES.len(), rows in 1_usize..150, blocks in 1_usize..40, add: bool, seed: u64,
    ) {
        let error = error(&tuned(hardware), ty, rows, blocks, 1, add, seed);
        prop_assert!(error < NMSE_F32, "{error}");
    }

    #[test]
    fn matmul_matches_twin(
        hardware: bool, ty in 0..TYPES.len(), rows in 1_usize..150, blocks in 1_usize..20, tokens in 2_usize..80,
        add: bool, seed: u64,
    ) {
        let error = error(&tuned(hardware), ty, rows, blocks, tokens, add, seed);
        prop_assert!(error < NMSE_F32, "{error}");
    }
}

#[test]
fn every_type_matches_twin() {
    for hardware in [true, false] {
        let gpu = tuned(hardware);
        for (ty, name) in TYPES.iter().enumerate() {
            for tokens in [1, 3, 9] {
                let error = error(&gpu, ty, 67, 19, tokens, false, 7);
                assert!(error < NMSE_F32, "{} with {tokens} tokens: {error}", name.name());
            }
        }
    }
}

/// As many rows as the largest vocabularies have: 65,535 workgroups are a dimension's limit.
#[test]
fn many_rows_match_twin() {
    let q8_0 = TYPES.iter().position(|&ty| ty == TensorType::Q8_0).unwrap();
    for hardware in [true, false] {
        let error = error(&tuned(hardware), q8_0, 262_144, 1, 1, false, 3);
        assert!(error < NMSE_F32, "{error}");
    }
}

/// The scales of super-blocks are often too small to be normal halves, which a device must not take for zero.
#[test]
fn subnormal_scales_match_twin() {
    for hardware in [true, false] {
        let gpu = tuned(hardware);
        for ty in TYPES.into_iter().filter(|ty| ty.block_len() > 1) {
            let mut random = Random::new(13);
            let weight = Pair::with_scale(&gpu, &mut random, ty, 9, 512, 3e-5);
            for tokens in [1, 9] {
                let error = product_error(&gpu, &weight, Random::new(14), tokens, false);
                assert!(error < NMSE_F32, "{} with {tokens} tokens: {error}", ty.name());
            }
        }
    }
}
