use crate::harness::{Pair, Random, cols, device, few, output, result, run};
use gguf::TensorType;
use kernels::gpu::{Context, Ids, RowLayout, Step, embed};
use kernels::reference;
use proptest::prelude::*;

/// Gathers the rows of `tokens` random ids, and the first and the last one, on both; returns the
/// largest error.
pub(crate) fn error(gpu: &Context, ty: usize, rows: usize, blocks: usize, tokens: usize, seed: u64) -> f32 {
    let (mut random, width) = (Random::new(seed), cols(TensorType::ALL[ty], blocks));
    let table = Pair::new(gpu, &mut random, TensorType::ALL[ty], rows, width);
    let id = |row: usize| u32::try_from(row).unwrap();
    let mut ids: Vec<u32> = (0..tokens).map(|_| id(random.below(rows))).collect();
    ids.extend([0, id(rows - 1)]);
    let mut expected = vec![0.0; ids.len() * width];
    // A power of two: scaling before or after the sum is the same.
    reference::embed(&table.cpu(), &ids, 4.0, &mut expected);
    let (ids_gpu, out, step) = (
        Ids::new(gpu, ids.len()).unwrap(),
        output(gpu, &vec![0.0; ids.len() * width], width),
        Step::new(gpu),
    );
    ids_gpu.write(gpu, &ids);
    run(gpu, &embed(gpu, &table.gpu, &ids_gpu, &out, 4.0, RowLayout::Plain).unwrap(), &step, 0, ids.len());
    let errors = result(gpu, &out).into_iter().zip(expected);
    errors.map(|(found, expected)| (found - expected).abs() / expected.abs().max(1.0)).fold(0.0, f32::max)
}

/// One rounding apart at most: a device may fuse the multiplication and the addition.
pub(crate) const TOLERANCE: f32 = 1e-6;

proptest! {
    #![proptest_config(few(8))]

    #[test]
    fn embed_matches_reference(
        ty in 0..TensorType::ALL.len(), rows in 1_usize..99, blocks in 1_usize..40, tokens in 0_usize..9, seed: u64,
    ) {
        let error = error(&device(), ty, rows, blocks, tokens, seed);
        prop_assert!(error <= TOLERANCE, "{error}");
    }
}

/// The first four values of each block of 32 come first, then the second four, and so on.
#[test]
fn rows_are_interleaved() {
    let (gpu, mut random, width) = (device(), Random::new(5), 96);
    let table = Pair::new(&gpu, &mut random, gguf::TensorType::F32, 3, width);
    let (ids, step) = (Ids::new(&gpu, 1).unwrap(), Step::new(&gpu));
    ids.write(&gpu, &[2]);
    let gathered = |layout| {
        let out = output(&gpu, &vec![0.0; width], width);
        run(&gpu, &embed(&gpu, &table.gpu, &ids, &out, 1.0, layout).unwrap(), &step, 0, 1);
        result(&gpu, &out)
    };
    let (plain, interleaved) = (gathered(RowLayout::Plain), gathered(RowLayout::Interleaved));
    let quads = |first: usize| plain.chunks(4).skip(first).step_by(8).flatten().copied();
    assert_eq!(interleaved, (0..8).flat_map(quads).collect::<Vec<_>>());
}

#[test]
fn every_type_matches_reference() {
    for (ty, name) in TensorType::ALL.iter().enumerate() {
        let error = error(&device(), ty, 20, 8, 5, 3);
        assert!(error <= TOLERANCE, "{}: {error}", name.name());
    }
}
