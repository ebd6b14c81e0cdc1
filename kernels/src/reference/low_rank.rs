use super::dot::dot;
use crate::LowRank;
use half::slice::HalfFloatSliceExt;

/// `out[t][r] += scale · Σ_j b[r][j] · Σ_c a[p][j][c] · x[t][c]`, where row `r` is in part `p`.
pub fn low_rank(update: &LowRank, x: &[f32], out: &mut [f32]) {
    let &LowRank { rank, cols, ref parts, scale, ref a, ref b } = update;
    let (a, b) = (a.to_f32_vec(), b.to_f32_vec());
    for (x, out) in x.chunks_exact(cols).zip(out.chunks_exact_mut(update.rows())) {
        let inner: Vec<f32> = a.chunks_exact(cols).map(|a| dot(a, x)).collect();
        let mut rows = out.iter_mut().zip(b.chunks_exact(rank));
        for (&count, inner) in parts.iter().zip(inner.chunks_exact(rank)) {
            rows.by_ref().take(count).for_each(|(out, b)| *out += scale * dot(b, inner));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use half::f16;

    #[test]
    fn each_part_has_an_update_of_its_own() {
        let halves = |values: &[f32]| values.iter().map(|&value| f16::from_f32(value)).collect();
        let update = LowRank {
            rank: 2,
            cols: 3,
            parts: vec![2, 1],
            scale: 0.5,
            a: halves(&[1.0, 0.0, 2.0, 0.0, -1.0, 0.0, 0.5, 0.5, 0.5, 3.0, 0.0, 0.0]),
            b: halves(&[1.0, 4.0, 0.0, -2.0, 2.0, 1.0]),
        };
        // A · x is 7, -2 in the first part, and 3, 3 in the second.
        let mut out = [10.0, 20.0, 30.0];
        low_rank(&update, &[1.0, 2.0, 3.0], &mut out);
        assert_eq!(out, [10.0 + 0.5 * (7.0 - 8.0), 20.0 + 0.5 * 4.0, 30.0 + 0.5 * (6.0 + 3.0)]);
    }
}
