use crate::harness::{NMSE_F16, NMSE_F32, Pair, Random, cols, few, input, nmse, output, result, run, tuned};
use gguf::TensorType;
use kernels::gpu::{Context, FLOAT_TILES, Step, Store, Tile, matmul, matmul_tiled};
use kernels::reference;
use proptest::prelude::*;

/// Multiplies with `tokens` tokens on both, replacing random values or adding to them; returns the
/// error.
pub(crate) fn error(
    gpu: &Context,
    ty: usize,
    rows: usize,
    blocks: usize,
    tokens: usize,
    add: bool,
    seed: u64,
) -> f64 {
    let (mut random, cols) = (Random::new(seed), cols(TensorType::ALL[ty], blocks));
    let weight = Pair::new(gpu, &mut random, TensorType::ALL[ty], rows, cols);
    product_error(gpu, &weight, random, tokens, add)
}

fn product_error(gpu: &Context, weight: &Pair, mut random: Random, tokens: usize, add: bool) -> f64 {
    let (rows, cols) = (weight.gpu.rows(), weight.gpu.cols());
    let x = random.values(tokens * cols);
    let old = random.values(tokens * rows);
    let mut expected = vec![0.0; tokens * rows];
    reference::matmul(&weight.cpu(), &x, &mut expected);
    if add {
        reference::add(&mut expected, &old);
    }
    let (x, out, step) = (input(gpu, &x, cols), output(gpu, &old, rows), Step::new(gpu));
    let store = if add { Store::Add } else { Store::At(0) };
    let dispatch = matmul(gpu, &weight.gpu, &x, &out, store, &step).unwrap();
    run(gpu, &dispatch, &step, 0, tokens);
    nmse(&result(gpu, &out), &expected)
}

proptest! {
    #![proptest_config(few(8))]

    #[test]
    fn matmul_matches_reference(
        hardware: bool, ty in 0..TensorType::ALL.len(), rows in 1_usize..150, blocks in 1_usize..20, tokens in 1_usize..80,
        add: bool, seed: u64,
    ) {
        let error = error(&tuned(hardware), ty, rows, blocks, tokens, add, seed);
        prop_assert!(error < NMSE_F32, "{error}");
    }
}

#[test]
fn every_type_matches_reference() {
    for hardware in [true, false] {
        let gpu = tuned(hardware);
        for (ty, name) in TensorType::ALL.iter().enumerate() {
            for tokens in [1, 3, 9] {
                let error = error(&gpu, ty, 67, 19, tokens, false, 7);
                assert!(error < NMSE_F32, "{} with {tokens} tokens: {error}", name.name());
            }
        }
    }
}

/// The scales of super-blocks are often too small to be normal halves, which a device must not take
/// for zero.
#[test]
fn subnormal_scales_match_reference() {
    for hardware in [true, false] {
        let gpu = tuned(hardware);
        for ty in TensorType::ALL.into_iter().filter(|ty| ty.is_quantized()) {
            let mut random = Random::new(13);
            let weight = Pair::with_scale(&gpu, &mut random, ty, 9, 512, 3e-5);
            for tokens in [1, 9] {
                let error = product_error(&gpu, &weight, Random::new(14), tokens, false);
                assert!(error < NMSE_F32, "{} with {tokens} tokens: {error}", ty.name());
            }
        }
    }
}

fn tile_error(gpu: &Context, ty: TensorType, tile: Tile) -> f64 {
    let (rows, tokens) = (130, 97);
    let mut random = Random::new(17);
    let weight = Pair::new(gpu, &mut random, ty, rows, cols(ty, 5));
    let x = random.values(tokens * weight.gpu.cols());
    let mut expected = vec![0.0; tokens * rows];
    reference::matmul(&weight.cpu(), &x, &mut expected);
    let (x, out) = (input(gpu, &x, weight.gpu.cols()), output(gpu, &vec![0.0; tokens * rows], rows));
    let step = Step::new(gpu);
    let dispatch = matmul_tiled(gpu, &weight.gpu, &x, &out, Store::At(0), &step, tile).unwrap();
    run(gpu, &dispatch, &step, 0, tokens);
    nmse(&result(gpu, &out), &expected)
}

/// Each tile with some type, each type with some tile: whole tiles and tails. Pipelines take
/// software adapters long to make.
#[test]
fn every_tile_matches_reference() {
    let gpu = tuned(true);
    for (ty, tile) in TensorType::ALL.into_iter().zip(FLOAT_TILES.into_iter().cycle()) {
        let error = tile_error(&gpu, ty, tile);
        assert!(error < NMSE_F32, "{} by {tile:?}: {error}", ty.name());
    }
}

#[test]
fn tiles_in_f16_match_reference() {
    let gpu = tuned(true);
    if !gpu.features().f16 {
        return;
    }
    for (ty, tile) in TensorType::ALL.into_iter().skip(3).step_by(2).zip(FLOAT_TILES) {
        let error = tile_error(&gpu, ty, tile.in_f16());
        assert!(error < NMSE_F16, "{} by {tile:?}: {error}", ty.name());
    }
}
