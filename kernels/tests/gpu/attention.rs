use crate::harness::{NMSE_F32, Random, device, few, input, nmse, output, read, result, run, tuned};
use kernels::cpu::{self, Attention};
use kernels::gpu::{Context, KvCache, Step, attention, store_kv};
use proptest::prelude::*;

/// Attends from random queries to random entries on both; returns the error.
fn error(gpu: &Context, shape: &Attention, pos: usize, tokens: usize, seed: u64) -> f64 {
    let Attention { heads, kv_heads, head_dim, .. } = *shape;
    let (q_width, kv_width, end) = (heads * head_dim, kv_heads * head_dim, pos + tokens);
    let mut random = Random::new(seed);
    let q = random.values(tokens * q_width);
    let (keys, values) = (random.values(end * kv_width), random.values(end * kv_width));
    let mut expected = vec![0.0; tokens * q_width];
    cpu::attention(shape, &q, &keys, &values, pos, &mut expected);

    let cache = KvCache { keys: input(gpu, &keys, kv_width), values: input(gpu, &values, kv_width) };
    let (q, out, step) =
        (input(gpu, &q, q_width), output(gpu, &vec![0.0; tokens * q_width], q_width), Step::new(gpu));
    run(gpu, &attention(gpu, shape, &q, &cache, &out, &step).unwrap(), &step, pos, tokens);
    nmse(&result(gpu, &out), &expected)
}

proptest! {
    #![proptest_config(few(24))]

    #[test]
    fn attention_matches_twin(
        kv_heads in 1_usize..4, share in 1_usize..4, quads in 1_usize..65, pos in 0_usize..150,
        tokens in 1_usize..11, window in proptest::option::of(1_usize..100), hardware: bool, seed: u64,
    ) {
        let (head_dim, heads) = (4 * quads, kv_heads * share);
        let shape = Attention { heads, kv_heads, head_dim, scale: 3.0 / (head_dim as f32).sqrt(), window };
        let error = error(&tuned(hardware), &shape, pos, tokens, seed);
        prop_assert!(error < NMSE_F32, "{error}");
    }

    #[test]
    fn store_kv_writes_the_steps_entries_only(
        quads in 1_usize..70, pos in 0_usize..9, tokens in 1_usize..6, seed: u64,
    ) {
        let (gpu, mut random, width) = (device(), Random::new(seed), 4 * quads);
        let (keys, values) = (random.values(tokens * width), random.values(tokens * width));
        let cache = KvCache::new(&gpu, pos + tokens + 1, width).unwrap();
        let step = Step::new(&gpu);
        let (keys_gpu, values_gpu) = (input(&gpu, &keys, width), input(&gpu, &values, width));
        run(&gpu, &store_kv(&gpu, &keys_gpu, &values_gpu, &cache, &step).unwrap(), &step, pos, tokens);
        for (cache, written) in [(&cache.keys, keys), (&cache.values, values)] {
            let expected = [vec![0.0; pos * width], written, vec![0.0; width]].concat();
            prop_assert_eq!(read::<f32>(&gpu, cache.buffer()), expected);
        }
    }
}

/// The largest heads, one entry for all of them, and a window that begins and moves on within a step.
#[test]
fn a_window_passed_over_matches_twin() {
    let shape = Attention { heads: 4, kv_heads: 1, head_dim: 256, scale: 0.0625, window: Some(512) };
    for hardware in [true, false] {
        for (pos, tokens) in [(0, 64), (505, 16), (511, 1), (512, 1), (700, 64)] {
            let error = error(&tuned(hardware), &shape, pos, tokens, 11);
            assert!(error < NMSE_F32, "{tokens} tokens at {pos}: {error}");
        }
    }
}
