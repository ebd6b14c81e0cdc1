use crate::harness::{NMSE_F32, Random, device, few, input, nmse, output, result, run, tuned};
use crate::kv::{FORMATS, NMSE_WRITTEN, contents, filled, head_dim};
use kernels::cpu::{self, Attention, KvFormat};
use kernels::gpu::{Context, KvCache, Step, attention, store_kv};
use proptest::prelude::*;

/// Attends from random queries to random entries on both; returns the error. The twin sees what the format keeps.
fn error(gpu: &Context, format: KvFormat, shape: &Attention, pos: usize, tokens: usize, seed: u64) -> f64 {
    let Attention { heads, kv_heads, head_dim, .. } = *shape;
    let (q_width, kv_width, end) = (heads * head_dim, kv_heads * head_dim, pos + tokens);
    let mut random = Random::new(seed);
    let q = random.values(tokens * q_width);
    let (mut keys, mut values) = (random.values(end * kv_width), random.values(end * kv_width));
    let cache = filled(gpu, format, (kv_heads, head_dim), &mut keys, &mut values);
    let mut expected = vec![0.0; tokens * q_width];
    cpu::attention(shape, &q, &keys, &values, pos, &mut expected);

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
        tokens in 1_usize..11, window in proptest::option::of(1_usize..100), hardware: bool,
        format in proptest::sample::select(&FORMATS[..]), seed: u64,
    ) {
        let (head_dim, heads) = (head_dim(format, quads), kv_heads * share);
        let shape = Attention { heads, kv_heads, head_dim, scale: 3.0 / (head_dim as f32).sqrt(), window };
        let error = error(&tuned(hardware), format, &shape, pos, tokens, seed);
        prop_assert!(error < NMSE_F32, "{error}");
    }

    #[test]
    fn store_kv_matches_twin_and_writes_the_steps_entries_only(
        kv_heads in 1_usize..4, quads in 1_usize..30, pos in 0_usize..9, tokens in 1_usize..6,
        format in proptest::sample::select(&FORMATS[..]), seed: u64,
    ) {
        let (gpu, mut random, head_dim) = (device(), Random::new(seed), head_dim(format, quads));
        let width = kv_heads * head_dim;
        let (mut keys, mut values) = (random.values(tokens * width), random.values(tokens * width));
        let cache = KvCache::new(&gpu, pos + tokens + 1, kv_heads, head_dim, format).unwrap();
        let step = Step::new(&gpu);
        let (keys_gpu, values_gpu) = (input(&gpu, &keys, width), input(&gpu, &values, width));
        run(&gpu, &store_kv(&gpu, &keys_gpu, &values_gpu, &cache, &step).unwrap(), &step, pos, tokens);
        cpu::store_kv(format, &mut keys);
        cpu::store_kv(format, &mut values);
        let (found_keys, found_values) = contents(&gpu, &cache);
        for (found, written) in [(found_keys, keys), (found_values, values)] {
            let (before, rest) = found.split_at(pos * width);
            let (found, after) = rest.split_at(tokens * width);
            prop_assert!(before.iter().chain(after).all(|&value| value == 0.0));
            let error = nmse(found, &written);
            prop_assert!(error < if format == KvFormat::F32 { f64::MIN_POSITIVE } else { NMSE_WRITTEN }, "{error}");
        }
    }
}

/// The largest heads, one entry for all of them, and a window that begins and moves on within a step.
#[test]
fn a_window_passed_over_matches_twin() {
    let shape = Attention { heads: 4, kv_heads: 1, head_dim: 256, scale: 0.0625, window: Some(512) };
    for hardware in [true, false] {
        for (pos, tokens) in [(0, 64), (505, 16), (511, 1), (512, 1), (700, 64)] {
            let error = error(&tuned(hardware), KvFormat::F16, &shape, pos, tokens, 11);
            assert!(error < NMSE_F32, "{tokens} tokens at {pos}: {error}");
        }
    }
}

#[test]
fn a_grown_cache_begins_as_the_old_one() {
    let (gpu, mut random) = (device(), Random::new(3));
    for format in FORMATS {
        let (mut keys, mut values) = (random.values(5 * 96), random.values(5 * 96));
        let cache = filled(&gpu, format, (3, 32), &mut keys, &mut values);
        let grown = cache.grown(&gpu, 9).unwrap();
        assert_eq!(grown.positions(), 9);
        let (found_keys, found_values) = contents(&gpu, &grown);
        assert_eq!(found_keys[..5 * 96], keys);
        assert_eq!(found_values[..5 * 96], values);
        assert!(found_keys[6 * 96..].iter().chain(&found_values[6 * 96..]).all(|&value| value == 0.0));
    }
}
