use crate::harness::{
    NMSE_F32, NMSE_INT, Pair, Random, cols, few, input, limited, nmse, output, read, result, run, tuned,
};
use gguf::TensorType;
use kernels::gpu::{
    Context, INT_TILES, QuantizedRows, Step, Store, Tile, has_int_kernel, matmul_int, matmul_int_tiled,
    quantize,
};
use kernels::reference;
use proptest::prelude::*;

/// Tokens that there is room for beside the step's: as after a step of more.
const SPARE: usize = 3;

/// What the device made of `x`: as the reference does, token by token.
fn quantized(gpu: &Context, x: &[f32], width: usize) -> (QuantizedRows, reference::Quantized) {
    let tokens = x.len() / width;
    let rows = QuantizedRows::new(gpu, "test", tokens + SPARE, width).unwrap();
    let step = Step::new(gpu);
    run(gpu, &quantize(gpu, &input(gpu, x, width), &rows, &step).unwrap(), &step, 0, tokens);
    let bytes = read::<i8>(gpu, rows.quants());
    let factors = read::<[f32; 2]>(gpu, rows.factors());
    let mut found = reference::Quantized { quants: Vec::new(), scales: Vec::new(), sums: Vec::new() };
    for token in 0..tokens {
        for block in 0..width / 32 {
            for half in 0..2 {
                let at = 16 * ((2 * block + half) * (tokens + SPARE) + token);
                found.quants.extend(&bytes[at..at + 16]);
            }
            let [scale, sum] = factors[block * (tokens + SPARE) + token];
            found.scales.push(scale);
            found.sums.push(sum);
        }
    }
    (rows, found)
}

/// The errors of a product: against that of the same integers, and against that of the activations
/// as they were.
fn errors(
    gpu: &Context,
    ty: TensorType,
    (rows, blocks, tokens): (usize, usize, usize),
    add: bool,
    tile: Option<Tile>,
    seed: u64,
) -> (f64, f64) {
    let mut random = Random::new(seed);
    let cols = cols(ty, blocks);
    let weight = Pair::new(gpu, &mut random, ty, rows, cols);
    let x = random.values(tokens * cols);
    let old = random.values(tokens * rows);
    let (quantized, values) = quantized(gpu, &x, cols);
    let expected = |x: &[f32]| {
        let mut expected = vec![0.0; tokens * rows];
        reference::matmul(&weight.cpu(), x, &mut expected);
        if add {
            reference::add(&mut expected, &old);
        }
        expected
    };
    let (out, step) = (output(gpu, &old, rows), Step::new(gpu));
    let store = if add { Store::Add } else { Store::At(0) };
    let dispatch = match tile {
        Some(tile) => matmul_int_tiled(gpu, &weight.gpu, &quantized, &out, store, &step, tile),
        None => matmul_int(gpu, &weight.gpu, &quantized, &out, store, &step),
    };
    run(gpu, &dispatch.unwrap(), &step, 0, tokens);
    let found = result(gpu, &out);
    (nmse(&found, &expected(&values.values())), nmse(&found, &expected(&x)))
}

proptest! {
    #![proptest_config(few(6))]

    #[test]
    fn quantize_matches_reference(blocks in 1_usize..20, tokens in 1_usize..40, size in -30_i32..30, seed: u64) {
        let gpu = tuned(true);
        let mut x = Random::new(seed).values(tokens * blocks * 32);
        x.iter_mut().for_each(|x| *x *= 2_f32.powi(size));
        let (_, found) = quantized(&gpu, &x, blocks * 32);
        let expected = reference::quantize(&x);
        let near = |a: f32, b: f32, size: f32| (a - b).abs() <= 1e-5 * size.abs();
        for (block, (&scale, &exact)) in found.scales.iter().zip(&expected.scales).enumerate() {
            prop_assert!(near(scale, exact, exact), "{scale} for {exact}");
            prop_assert!(near(found.sums[block], expected.sums[block], exact * 127.0));
        }
        for (i, x) in x.iter().enumerate() {
            // GPUs divide in a few units of the last place: only what lies half-way may be rounded
            // another way.
            let (found, exact, value) = (found.quants[i], expected.quants[i], x / expected.scales[i / 32]);
            prop_assert!(found == exact || (value - f32::from(found)).abs() < 0.501, "{found} for {exact}");
        }
    }

    #[test]
    fn matmul_int_matches_reference(
        ty in 3..TensorType::ALL.len(), rows in 1_usize..150, blocks in 1_usize..20, tokens in 1_usize..150, add: bool, seed: u64,
    ) {
        let (exact, real) = errors(&tuned(true), TensorType::ALL[ty], (rows, blocks, tokens), add, None, seed);
        prop_assert!(exact < NMSE_F32, "{exact}");
        prop_assert!(real < NMSE_INT, "{real}");
    }
}

/// Each type with some tile and each tile with some type: whole tiles and tails, odd numbers of
/// blocks too. Pipelines take software adapters long to make.
#[test]
fn every_tile_matches_reference() {
    let gpu = tuned(true);
    let types = TensorType::ALL.into_iter().filter(|&ty| has_int_kernel(ty));
    for (ty, tile) in types.zip(INT_TILES.into_iter().cycle()) {
        let (exact, real) = errors(&gpu, ty, (130, 5, 97), false, Some(tile), 19);
        assert!(exact < NMSE_F32, "{} by {tile:?}: {exact}", ty.name());
        assert!(real < NMSE_INT, "{} by {tile:?}: {real}", ty.name());
    }
}

/// A matrix in several shards.
#[test]
fn shards_match_reference() {
    let gpu = limited(1 << 16);
    for ty in [TensorType::Q8_0, TensorType::Q4K] {
        let (exact, _) = errors(&gpu, ty, (333, 16, 11), false, None, 5);
        assert!(exact < NMSE_F32, "{}: {exact}", ty.name());
    }
}

#[test]
fn types_without_blocks_are_refused() {
    let gpu = tuned(true);
    let weight = Pair::new(&gpu, &mut Random::new(1), TensorType::F16, 4, 32);
    let x = QuantizedRows::new(&gpu, "test", 1, 32).unwrap();
    let out = output(&gpu, &[0.0; 4], 4);
    assert!(matmul_int(&gpu, &weight.gpu, &x, &out, Store::At(0), &Step::new(&gpu)).is_err());
}
