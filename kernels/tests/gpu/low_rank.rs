//! Low-rank updates: in the launch of a product of one token or of few, and after one of many.

use crate::harness::{
    NMSE_F32, Pair, Random, few, input, interleaved, nmse, output, result, run, tuned, variants, vector,
};
use gguf::TensorType;
use half::f16;
use kernels::gpu::{
    Context, Input, LowRank, Matrix, Output, Step, Store, low_rank, matmul, matvec, matvec_few,
};
use kernels::{LowRank as Update, reference};
use proptest::prelude::*;

const EPS: f32 = 1e-5;

fn update(random: &mut Random, rank: usize, cols: usize, parts: Vec<usize>) -> Update {
    let (inner, rows) = (rank * parts.len(), parts.iter().sum::<usize>());
    let mut halves = |count| random.values(count).into_iter().map(f16::from_f32).collect();
    let (a, b) = (halves(inner * cols), halves(rows * rank));
    Update { rank, cols, parts, scale: 0.3, a, b }
}

/// A product of so many normalised tokens with a matrix that is updated, by the kernel for one, for
/// few or for many; the error.
fn error(gpu: &Context, tokens: usize, rank: usize, blocks: usize, parts: Vec<usize>, seed: u64) -> f64 {
    /// Steps of more tokens are computed by other kernels.
    const FEW: usize = 16;
    let (mut random, cols, rows) = (Random::new(seed), 32 * blocks, parts.iter().sum::<usize>());
    let weight = Pair::new(gpu, &mut random, TensorType::Q4_1, rows, cols);
    let update = update(&mut random, rank, cols, parts);
    let (x, norm) = (random.values(tokens * cols), random.values(cols));
    let mut normed = x.clone();
    reference::rms_norm(&x, &norm, EPS, &mut normed);
    let mut expected = vec![0.0; tokens * rows];
    reference::matmul(&weight.cpu(), &normed, &mut expected);
    reference::low_rank(&update, &normed, &mut expected);

    let (step, placed) = (Step::new(gpu), LowRank::new(gpu, &update).unwrap());
    let out = output(gpu, &vec![0.0; tokens * rows], rows);
    if tokens > FEW {
        let (x, store) = (input(gpu, &normed, cols), Store::At(0));
        for dispatch in
            [matmul(gpu, &weight.gpu, &x, &out, store, &step), low_rank(gpu, &placed, &x, &out, store, &step)]
        {
            run(gpu, &dispatch.unwrap(), &step, 0, tokens);
        }
    } else {
        let rows: Vec<f32> = x.chunks(cols).flat_map(interleaved).collect();
        let (x, norm) = (input(gpu, &rows, cols), vector(gpu, &norm));
        let from = Input::Normed { x: &x, weight: &norm, eps: EPS };
        let (matrix, to) = (Matrix { weight: &weight.gpu, update: Some(&placed) }, Output::Store(&out, 0));
        let dispatch = match tokens {
            1 => matvec(gpu, matrix, from, to),
            _ => matvec_few(gpu, matrix, from, to, &step),
        };
        run(gpu, &dispatch.unwrap(), &step, 0, tokens);
    }
    nmse(&result(gpu, &out), &expected)
}

proptest! {
    #![proptest_config(few(6))]

    #[test]
    fn low_rank_matches_reference(
        hardware: bool, tokens in prop_oneof![1_usize..6, 17_usize..40], rank in 1_usize..65, blocks in 1_usize..20,
        parts in prop::collection::vec(1_usize..150, 1..4), seed: u64,
    ) {
        let error = error(&tuned(hardware), tokens, rank, blocks, parts, seed);
        prop_assert!(error < NMSE_F32, "{error}");
    }
}

/// Parts in which workgroups end, and parts in which they do not.
#[test]
fn parts_have_updates_of_their_own() {
    for gpu in variants() {
        for parts in [vec![576, 192, 192], vec![97, 35]] {
            for tokens in [1, 5] {
                let error = error(&gpu, tokens, 16, 18, parts.clone(), 3);
                assert!(error < NMSE_F32, "{parts:?}, {tokens} tokens: {error}");
            }
        }
    }
}

#[test]
fn updates_of_another_size_are_refused() {
    let gpu = &tuned(true);
    let random = &mut Random::new(4);
    let weight = Pair::new(gpu, random, TensorType::F32, 64, 64).gpu;
    let (x, out) = (input(gpu, &[0.0; 64], 64), output(gpu, &[0.0; 64], 64));
    for (cols, parts) in [(96, vec![64]), (64, vec![96])] {
        let update = LowRank::new(gpu, &update(random, 4, cols, parts)).unwrap();
        let matrix = Matrix { weight: &weight, update: Some(&update) };
        assert!(matvec(gpu, matrix, Input::Plain(&x), Output::Store(&out, 0)).is_err());
    }
    assert!(LowRank::new(gpu, &update(random, 4, 64, vec![16; 4])).is_err());
    assert!(LowRank::new(gpu, &update(random, 4, 33, vec![16])).is_err());
}
