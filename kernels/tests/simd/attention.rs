//! Attention over its cache.

use crate::common::{check, pools};
use kernels::ops::Attention;
use kernels::reference;
use kernels::simd::{self, KvCache};
use proptest::prelude::*;

/// Largest accepted ratio of squared error to squared value: integers of 13 to 16 bits against
/// `f32`.
const NMSE: f64 = 2e-7;

/// Keys, values and queries of a text.
#[derive(Clone, Debug)]
struct Text {
    shape: Attention,
    q: Vec<f32>,
    keys: Vec<f32>,
    values: Vec<f32>,
}

impl Text {
    fn q_width(&self) -> usize {
        self.shape.heads * self.shape.head_dim
    }

    fn kv_width(&self) -> usize {
        self.shape.kv_heads * self.shape.head_dim
    }

    fn len(&self) -> usize {
        self.keys.len() / self.kv_width()
    }

    fn cache(&self) -> KvCache {
        let mut cache = KvCache::new(self.shape.kv_heads, self.shape.head_dim);
        cache.store(0, &self.keys, &self.values);
        cache
    }

    fn expected(&self, pos: usize) -> Vec<f32> {
        let mut out = vec![0.0; (self.len() - pos) * self.q_width()];
        let q = &self.q[pos * self.q_width()..];
        reference::attention(&self.shape, q, &self.keys, &self.values, pos, &mut out);
        out
    }
}

fn texts(len: impl Strategy<Value = usize>) -> impl Strategy<Value = Text> {
    let shapes =
        (1_usize..5, 1_usize..4, prop_oneof![4 => Just(64_usize), 1 => Just(256), 5 => 1_usize..100]);
    let windows = prop_oneof![Just(None), (1_usize..300).prop_map(Some)];
    (shapes, windows, len, 0.1_f32..4.0).prop_flat_map(|((group, kv_heads, head_dim), window, len, peak)| {
        let heads = group * kv_heads;
        let scale = peak / (head_dim as f32).sqrt();
        let shape = Attention { heads, kv_heads, head_dim, scale, window };
        let rows = |heads| prop::collection::vec(-2.0_f32..2.0, len * heads * head_dim);
        (rows(heads), rows(kv_heads), rows(kv_heads)).prop_map(move |(q, keys, values)| Text {
            shape,
            q,
            keys,
            values,
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn attention_matches_reference(text in texts(1_usize..400), few in 1_usize..20) {
        let cache = text.cache();
        for pos in [0, text.len() - few.min(text.len())] {
            let expected = text.expected(pos);
            for pool in *pools() {
                let mut out = vec![f32::NAN; expected.len()];
                simd::attention(pool, &text.shape, &text.q[pos * text.q_width()..], &cache, pos, &mut out);
                check("attention", NMSE, &out, &expected);
            }
        }
    }

    /// One by one, some at once, and all at once, on one thread and on three: the same bits.
    #[test]
    fn steps_do_not_matter(text in texts(1_usize..300), step in 2_usize..20) {
        let mut results = Vec::new();
        for pool in *pools() {
            for step in [1, step, text.len()] {
                let mut cache = KvCache::new(text.shape.kv_heads, text.shape.head_dim);
                let mut out = vec![f32::NAN; text.q.len()];
                let (q_len, kv_len) = (step * text.q_width(), step * text.kv_width());
                let rows = text.keys.chunks(kv_len).zip(text.values.chunks(kv_len));
                let heads = text.q.chunks(q_len).zip(out.chunks_mut(q_len));
                for (pos, ((keys, values), (q, out))) in (0..).step_by(step).zip(rows.zip(heads)) {
                    cache.store(pos, keys, values);
                    simd::attention(pool, &text.shape, q, &cache, pos, out);
                }
                results.push(out.into_iter().map(f32::to_bits).collect::<Vec<_>>());
            }
        }
        prop_assert!(results.windows(2).all(|pair| pair[0] == pair[1]));
    }

    /// A copy of a beginning holds what one does that was there from the start, and neither what
    /// becomes of the copy nor of the original changes the other.
    #[test]
    fn copies_go_their_own_ways(text in texts(2_usize..300), at in any::<prop::sample::Index>()) {
        let at = 1 + at.index(text.len() - 1);
        let (mut original, rows) = (text.cache(), at * text.kv_width()..);
        let mut copy = original.fork(at);
        prop_assert_eq!(copy.len(), at);
        let other: Vec<f32> = text.keys[rows.clone()].iter().map(|x| 9.0 - x).collect();
        original.store(at, &other, &other);
        copy.store(at, &text.keys[rows.clone()], &text.values[rows.clone()]);
        let mut second = original.fork(at);
        drop(original);
        second.store(at, &text.keys[rows.clone()], &text.values[rows]);
        let outs = [&copy, &second, &text.cache()].map(|cache| {
            let q = &text.q[at * text.q_width()..];
            let mut out = vec![f32::NAN; q.len()];
            simd::attention(pools()[0], &text.shape, q, cache, at, &mut out);
            out.into_iter().map(f32::to_bits).collect::<Vec<_>>()
        });
        prop_assert!(outs[0] == outs[2] && outs[1] == outs[2]);
    }

    /// A cache that went another way and came back holds what one does that never left.
    #[test]
    fn what_lies_after_is_forgotten(text in texts(20_usize..300), back in 1_usize..20) {
        let (pos, fresh) = (text.len() - back, text.cache());
        let mut cache = text.cache();
        let rows = pos * text.kv_width()..;
        let other: Vec<f32> = text.keys[rows.clone()].iter().map(|x| 9.0 - x).collect();
        cache.store(pos, &other, &other);
        cache.store(pos, &text.keys[rows.clone()], &text.values[rows]);
        prop_assert_eq!(cache.len(), fresh.len());
        prop_assert_eq!(cache.bytes(), fresh.bytes());
        let mut outs = [&cache, &fresh].map(|cache| {
            let q = &text.q[pos * text.q_width()..];
            let mut out = vec![f32::NAN; q.len()];
            simd::attention(pools()[0], &text.shape, q, cache, pos, &mut out);
            out
        });
        let [a, b] = &mut outs;
        prop_assert_eq!(a, b);
    }
}

#[test]
fn a_truncated_cache_holds_fewer_spans() {
    let mut cache = KvCache::new(2, 32);
    cache.store(0, &[0.5; 300 * 64], &[0.5; 300 * 64]);
    let bytes = cache.bytes();
    cache.truncate(400);
    assert_eq!((cache.len(), cache.bytes()), (300, bytes));
    cache.truncate(128);
    assert_eq!((cache.len(), cache.bytes()), (128, bytes / 3));
    cache.truncate(0);
    assert!(cache.is_empty() && cache.bytes() == 0);
}

#[test]
fn zeros_and_large_values_stay_finite() {
    let shape = Attention { heads: 2, kv_heads: 1, head_dim: 8, scale: 1.0, window: None };
    let mut cache = KvCache::new(1, 8);
    cache.store(0, &[0.0; 8], &[0.0; 8]);
    let mut out = [1.0; 16];
    simd::attention(pools()[0], &shape, &[0.0; 16], &cache, 0, &mut out);
    assert_eq!(out, [0.0; 16]);
    cache.store(1, &[1e15; 8], &[1e30; 8]);
    simd::attention(pools()[0], &shape, &[1e15; 16], &cache, 1, &mut out);
    assert!(out.iter().all(|x| (x / 1e30 - 1.0).abs() < 1e-4), "{out:?}");
}

#[test]
fn keys_and_values_take_sixteen_bits() {
    let mut cache = KvCache::new(3, 64);
    assert!(cache.is_empty() && cache.bytes() == 0);
    cache.store(0, &[0.5; 256 * 192], &[0.5; 256 * 192]);
    assert_eq!(cache.len(), 256);
    assert!(cache.bytes() < 256 * 192 * 2 * 2 * 11 / 10, "{}", cache.bytes());
}
