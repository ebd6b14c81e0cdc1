//! Low-rank updates.

use crate::common::{Lcg, check, pools};
use half::f16;
use kernels::simd::{PackedLowRank, Pool};
use kernels::{LowRank, reference, simd};
use proptest::prelude::*;

/// Largest accepted ratio of squared error to squared value: `f32` in another order.
const NMSE: f64 = 1e-11;

fn update(random: &mut Lcg, rank: usize, cols: usize, parts: Vec<usize>) -> LowRank {
    let (inner, rows) = (rank * parts.len(), parts.iter().sum::<usize>());
    let mut halves = |count| random.floats(count).into_iter().map(f16::from_f32).collect();
    let (a, b) = (halves(inner * cols), halves(rows * rank));
    LowRank { rank, cols, parts, scale: 0.3, a, b }
}

fn added(pool: &Pool, update: &LowRank, x: &[f32], out: &[f32]) -> Vec<f32> {
    let mut out = out.to_vec();
    simd::low_rank(pool, &PackedLowRank::new(update), x, &mut out);
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn low_rank_matches_reference(
        (rank, cols, tokens) in (1_usize..20, 1_usize..150, 1_usize..6),
        parts in prop::collection::vec(1_usize..70, 1..4),
        seed in any::<u32>(),
    ) {
        let random = &mut Lcg(seed);
        let update = update(random, rank, cols, parts);
        let (x, out) = (random.floats(tokens * cols), random.floats(tokens * update.rows()));
        let mut expected = out.clone();
        reference::low_rank(&update, &x, &mut expected);
        for pool in *pools() {
            check("low_rank", NMSE, &added(pool, &update, &x, &out), &expected);
        }
    }
}

#[test]
fn tokens_and_threads_change_nothing() {
    let random = &mut Lcg(6);
    let update = update(random, 16, 576, vec![576, 192, 192]);
    let (x, out) = (random.floats(40 * 576), random.floats(40 * 960));
    let together = pools().map(|pool| added(pool, &update, &x, &out));
    for (x, (out, i)) in x.chunks_exact(576).zip(out.chunks_exact(960).zip(0..)) {
        let alone = added(&Pool::new(), &update, x, out);
        assert!(together.iter().all(|all| all[960 * i..960 * (i + 1)] == alone), "token {i}");
    }
}
