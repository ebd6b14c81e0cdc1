//! What a forward pass does beside matrix products.

use crate::random::{Lcg, nmse as error};
use kernels::ops::{Attention, RopeStyle, rope_frequencies};
use kernels::reference;
use kernels::simd::{self, KvCache, Pool, Rotations};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Largest accepted ratio of squared error to squared value: `f32` in another order.
const F32_NMSE: f64 = 1e-12;

/// The same for attention: integers of 13 to 16 bits against `f32`.
const ATTENTION_NMSE: f64 = 2e-7;

#[test]
fn element_wise_matches_twin() {
    type Simd = fn(&Pool, &mut [f32], &[f32]);
    type Twin = fn(&mut [f32], &[f32]);
    let kernels: [(&str, Simd, Twin); 3] = [
        ("add", simd::add, reference::add),
        ("silu_mul", simd::silu_mul, reference::silu_mul),
        ("gelu_mul", simd::gelu_mul, reference::gelu_mul),
    ];
    let (pool, mut random) = (Pool::new(), Lcg(3));
    for (name, simd, twin) in kernels {
        for count in [1, 4, 1531, 10_000] {
            let (x, y) = (random.floats(count), random.floats(count));
            let (mut fast, mut slow) = (x.clone(), x);
            simd(&pool, &mut fast, &y);
            twin(&mut slow, &y);
            assert!(error(&fast, &slow) <= F32_NMSE, "{name} of {count}: {:e}", error(&fast, &slow));
        }
    }
}

#[test]
fn rms_norm_matches_twin() {
    let (pool, mut random) = (Pool::new(), Lcg(4));
    for (width, tokens) in [(576, 1), (577, 20), (7, 3)] {
        let (x, weight) = (random.floats(width * tokens), random.floats(width));
        let (mut fast, mut slow) = (vec![0.0; x.len()], vec![0.0; x.len()]);
        simd::rms_norm(&pool, &x, &weight, 1e-5, &mut fast);
        reference::rms_norm(&x, &weight, 1e-5, &mut slow);
        assert!(error(&fast, &slow) <= F32_NMSE, "{}", error(&fast, &slow));
        simd::norm_add(&pool, &x, &weight, 1e-5, &mut fast);
        slow.iter_mut().for_each(|x| *x *= 2.0);
        assert!(error(&fast, &slow) <= F32_NMSE, "{}", error(&fast, &slow));
    }
}

#[test]
fn rope_matches_twin() {
    let (pool, mut random) = (Pool::new(), Lcg(5));
    for (head_dim, heads) in [(64, 9), (22, 2)] {
        let frequencies = rope_frequencies(1e5, head_dim);
        for style in [RopeStyle::Interleaved, RopeStyle::Halves] {
            let x = random.floats(head_dim * heads * 3);
            let (mut fast, mut slow) = (x.clone(), x);
            let mut rotations = Rotations::new(&frequencies);
            simd::rope(&pool, &mut fast, head_dim * heads, &mut rotations, style, 4711);
            reference::rope(&mut slow, head_dim * heads, &frequencies, style, 4711);
            assert!(error(&fast, &slow) <= F32_NMSE, "{style:?}: {}", error(&fast, &slow));
        }
    }
}

#[test]
fn attention_matches_twin() {
    let (pool, mut random) = (Pool::new(), Lcg(6));
    for (heads, kv_heads, head_dim, window) in [(9, 3, 64, None), (4, 1, 256, Some(100)), (5, 1, 40, None)] {
        let shape = Attention { heads, kv_heads, head_dim, scale: 0.1, window };
        let (len, kv_width, width) = (300, kv_heads * head_dim, heads * head_dim);
        let (keys, kv) = (random.floats(len * kv_width), random.floats(len * kv_width));
        let q = random.floats(len * width);
        let (mut fast, mut slow) = (vec![0.0; q.len()], vec![0.0; q.len()]);
        reference::attention(&shape, &q, &keys, &kv, 0, &mut slow);
        let mut cache = KvCache::new(kv_heads, head_dim);
        cache.store(0, &keys, &kv);
        simd::attention(&pool, &shape, &q, &cache, 0, &mut fast);
        assert!(error(&fast, &slow) <= ATTENTION_NMSE, "{shape:?}: {}", error(&fast, &slow));
        let last = width * (len - 1);
        let mut alone = vec![0.0; width];
        simd::attention(&pool, &shape, &q[last..], &cache, len - 1, &mut alone);
        assert_eq!(alone, fast[last..]);
    }
}
