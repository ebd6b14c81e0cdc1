use super::dot::dot;
use crate::ops::Attention;

/// Causal attention over a cache: `out[t][h] = softmax(scale · q[t][h] · K) · V`.
///
/// `q` and `out` are `[token][head][head_dim]`; `keys` and `values` are
/// `[position][kv_head][head_dim]` and already hold the entries of these tokens; token `t` stands
/// at position `pos + t` and sees positions up to its own.
pub fn attention(shape: &Attention, q: &[f32], keys: &[f32], values: &[f32], pos: usize, out: &mut [f32]) {
    let Attention { heads, kv_heads, head_dim, scale, window } = *shape;
    let (q_width, kv_width) = (heads * head_dim, kv_heads * head_dim);
    let mut scores = Vec::new();
    for (t, (q, out)) in q.chunks_exact(q_width).zip(out.chunks_exact_mut(q_width)).enumerate() {
        let end = pos + t + 1;
        let start = window.map_or(0, |window| end.saturating_sub(window));
        for (h, (q, out)) in q.chunks_exact(head_dim).zip(out.chunks_exact_mut(head_dim)).enumerate() {
            let offset = h / (heads / kv_heads) * head_dim;
            let head_of = |p: usize| p * kv_width + offset..p * kv_width + offset + head_dim;
            scores.clear();
            scores.extend((start..end).map(|p| scale * dot(q, &keys[head_of(p)])));
            softmax(&mut scores);
            out.fill(0.0);
            for (p, weight) in (start..end).zip(&scores) {
                for (out, value) in out.iter_mut().zip(&values[head_of(p)]) {
                    *out += weight * value;
                }
            }
        }
    }
}

fn softmax(scores: &mut [f32]) {
    let max = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - max).exp();
        sum += *score;
    }
    scores.iter_mut().for_each(|score| *score /= sum);
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: Attention = Attention { heads: 4, kv_heads: 2, head_dim: 4, scale: 0.5, window: None };

    fn cache(positions: usize, seed: f32) -> Vec<f32> {
        (0..positions * 8).map(|i| (i as f32 * 0.61 + seed).sin()).collect()
    }

    #[test]
    fn agrees_with_f64() {
        let (keys, values) = (cache(6, 0.1), cache(6, 0.7));
        let q: Vec<f32> = (0_u8..32).map(|i| (f32::from(i) * 0.37).cos()).collect();
        for window in [None, Some(3)] {
            let mut out = vec![0.0; 32];
            attention(&Attention { window, ..SHAPE }, &q, &keys, &values, 4, &mut out);
            for t in 0..2 {
                for h in 0..4 {
                    let end = 4 + t + 1;
                    let start = window.map_or(0, |w| end - w);
                    let weight = |p: usize| -> f64 {
                        let dot: f64 = (0..4)
                            .map(|d| {
                                f64::from(q[t * 16 + h * 4 + d]) * f64::from(keys[p * 8 + h / 2 * 4 + d])
                            })
                            .sum();
                        (dot * 0.5).exp()
                    };
                    let total: f64 = (start..end).map(weight).sum();
                    for d in 0..4 {
                        let exact: f64 = (start..end)
                            .map(|p| weight(p) / total * f64::from(values[p * 8 + h / 2 * 4 + d]))
                            .sum();
                        assert!((f64::from(out[t * 16 + h * 4 + d]) - exact).abs() < 1e-5);
                    }
                }
            }
        }
    }

    #[test]
    fn the_future_does_not_matter() {
        let (keys, mut values) = (cache(6, 0.1), cache(6, 0.7));
        let q = [0.3; 16];
        let (mut before, mut after) = (vec![0.0; 16], vec![0.0; 16]);
        attention(&SHAPE, &q, &keys, &values, 2, &mut before);
        values[3 * 8..].fill(99.0);
        attention(&SHAPE, &q, &keys, &values, 2, &mut after);
        assert_eq!(before, after);
    }
}
