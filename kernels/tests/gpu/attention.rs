use crate::harness::{NMSE_F32, Random, device, few, input, nmse, output, result, run, tuned};
use crate::kv::{FORMATS, contents, filled, head_dim};
use kernels::gpu::{Context, Features, Partials, Step, attention};
use kernels::ops::{Attention, KvFormat};
use kernels::reference;
use proptest::prelude::*;

/// Steps of up to so many tokens are split.
const FEW: usize = 4;

/// A device for each variant of the kernels.
fn variant(hardware: bool, subgroups: bool) -> Context {
    let gpu = tuned(hardware);
    let subgroup = if subgroups { gpu.features().subgroup } else { 0 };
    gpu.with_features(Features { subgroup, ..Features::default() })
}

/// Attends from random queries to random entries on both; returns the error. The reference sees
/// what the format keeps.
fn error(gpu: &Context, format: KvFormat, shape: &Attention, pos: usize, tokens: usize, seed: u64) -> f64 {
    let Attention { heads, kv_heads, head_dim, .. } = *shape;
    let (q_width, kv_width, end) = (heads * head_dim, kv_heads * head_dim, pos + tokens);
    let mut random = Random::new(seed);
    let q = random.values(tokens * q_width);
    let (mut keys, mut values) = (random.values(end * kv_width), random.values(end * kv_width));
    let cache = filled(gpu, format, (kv_heads, head_dim), &mut keys, &mut values);
    let mut expected = vec![0.0; tokens * q_width];
    reference::attention(shape, &q, &keys, &values, pos, &mut expected);

    let (q, out, step) =
        (input(gpu, &q, q_width), output(gpu, &vec![0.0; tokens * q_width], q_width), Step::new(gpu));
    let partials = Partials::new(gpu, FEW, heads, head_dim).unwrap();
    run(gpu, &attention(gpu, shape, &q, &cache, &partials, &out, &step).unwrap(), &step, pos, tokens);
    nmse(&result(gpu, &out), &expected)
}

proptest! {
    #![proptest_config(few(8))]

    #[test]
    fn attention_matches_reference(
        kv_heads in 1_usize..4, share in 1_usize..4, quads in 1_usize..65, pos in 0_usize..400,
        tokens in 1_usize..80, window in proptest::option::of(1_usize..100), hardware: bool, subgroups: bool,
        format in proptest::sample::select(&FORMATS[..]), seed: u64,
    ) {
        let (head_dim, heads) = (head_dim(format, quads), kv_heads * share);
        let shape = Attention { heads, kv_heads, head_dim, scale: 3.0 / (head_dim as f32).sqrt(), window };
        let error = error(&variant(hardware, subgroups), format, &shape, pos, tokens, seed);
        prop_assert!(error < NMSE_F32, "{error}");
    }
}

/// Every number of spans, one more position and one less than what makes another; windows that
/// begin and move on within a step; heads as models have them.
#[test]
fn positions_across_splits_match_reference() {
    for (heads, kv_heads, head_dim) in [(14, 2, 64), (2, 1, 80), (3, 1, 96), (4, 2, 128), (4, 1, 256)] {
        let scale = 1.0 / (head_dim as f32).sqrt();
        for (pos, tokens, window) in [
            (0, 1, None),
            (127, 1, None),
            (128, 2, None),
            (255, 3, None),
            (1023, 2, None),
            (1500, 1, None),
            (511, 2, Some(512)),
            (900, 1, Some(512)),
            (1300, 1, Some(100)),
            (254, 4, Some(128)),
        ] {
            for (hardware, subgroups) in [(true, true), (true, false), (false, true)] {
                let shape = Attention { heads, kv_heads, head_dim, scale, window };
                let error = error(&variant(hardware, subgroups), KvFormat::F16, &shape, pos, tokens, 11);
                assert!(error < NMSE_F32, "{shape:?}, {tokens} tokens at {pos}: {error}");
            }
        }
    }
}

/// Tiles of queries and of positions, whole and not; windows that leave tiles out.
#[test]
fn tokens_across_tiles_match_reference() {
    for (heads, kv_heads, head_dim) in [(4, 2, 64), (2, 1, 80), (1, 1, 96), (2, 2, 128), (2, 1, 256)] {
        let scale = 1.0 / (head_dim as f32).sqrt();
        for (pos, tokens, window) in [
            (0, 64, None),
            (0, 65, None),
            (31, 33, None),
            (200, 31, None),
            (505, 16, Some(512)),
            (300, 70, Some(40)),
            (700, 64, Some(512)),
        ] {
            for (hardware, subgroups) in [(true, true), (true, false), (false, true)] {
                let shape = Attention { heads, kv_heads, head_dim, scale, window };
                let error = error(&variant(hardware, subgroups), KvFormat::F16, &shape, pos, tokens, 5);
                assert!(error < NMSE_F32, "{shape:?}, {tokens} tokens at {pos}: {error}");
            }
        }
    }
}

#[test]
fn a_resized_cache_begins_as_the_old_one() {
    let (gpu, mut random) = (device(), Random::new(3));
    for format in FORMATS {
        let (mut keys, mut values) = (random.values(5 * 96), random.values(5 * 96));
        let cache = filled(&gpu, format, (3, 32), &mut keys, &mut values);
        let grown = cache.resized(&gpu, 9).unwrap();
        assert_eq!(grown.positions(), 9);
        let (found_keys, found_values) = contents(&gpu, &grown);
        assert_eq!(found_keys[..5 * 96], keys);
        assert_eq!(found_values[..5 * 96], values);
        assert!(found_keys[6 * 96..].iter().chain(&found_values[6 * 96..]).all(|&value| value == 0.0));
        let shrunk = grown.resized(&gpu, 2).unwrap();
        assert_eq!(contents(&gpu, &shrunk), (keys[..2 * 96].to_vec(), values[..2 * 96].to_vec()));
        let alike = cache.alike(&gpu).unwrap();
        assert_eq!((alike.positions(), alike.format()), (cache.positions(), format));
        assert!(contents(&gpu, &alike).0.iter().all(|&value| value == 0.0));
    }
}
