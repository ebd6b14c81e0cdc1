use crate::ops::RopeStyle;

/// Rotates every head of every token by its position, in place.
///
/// `x` is `[token][head][head_dim]` with `head_dim = 2 · frequencies.len()` and `width` values a
/// token; token `t` stands at position `pos + t`.
pub fn rope(x: &mut [f32], width: usize, frequencies: &[f32], style: RopeStyle, pos: usize) {
    let half = frequencies.len();
    for (t, row) in x.chunks_exact_mut(width).enumerate() {
        for (i, frequency) in frequencies.iter().enumerate() {
            let (sin, cos) = ((pos + t) as f32 * frequency).sin_cos();
            let (a, b) = match style {
                RopeStyle::Interleaved => (2 * i, 2 * i + 1),
                RopeStyle::Halves => (i, i + half),
            };
            for head in row.chunks_exact_mut(2 * half) {
                let (x0, x1) = (head[a], head[b]);
                head[a] = x0 * cos - x1 * sin;
                head[b] = x0 * sin + x1 * cos;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::rope_frequencies;

    #[test]
    fn position_zero_is_identity_and_length_is_kept() {
        let frequencies = rope_frequencies(10_000.0, 8);
        for style in [RopeStyle::Interleaved, RopeStyle::Halves] {
            let x: Vec<f32> = (0_u8..32).map(|i| f32::from(i) - 11.0).collect();
            let mut y = x.clone();
            rope(&mut y, 16, &frequencies, style, 0);
            assert_eq!(y[..16], x[..16], "{style:?}");
            let length = |v: &[f32]| v.iter().map(|x| x * x).sum::<f32>();
            assert!((length(&y[16..]) - length(&x[16..])).abs() < 1e-2, "{style:?}");
        }
    }

    #[test]
    fn pairs_as_named() {
        let mut interleaved = [1.0, 0.0, 0.0, 0.0];
        let mut halves = interleaved;
        rope(&mut interleaved, 4, &[1.0, 0.5], RopeStyle::Interleaved, 1);
        rope(&mut halves, 4, &[1.0, 0.5], RopeStyle::Halves, 1);
        assert_eq!(interleaved, [1.0_f32.cos(), 1.0_f32.sin(), 0.0, 0.0]);
        assert_eq!(halves, [1.0_f32.cos(), 0.0, 1.0_f32.sin(), 0.0]);
    }
}
