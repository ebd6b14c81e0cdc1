use crate::ops::Attention;
use crate::simd::exp::exp2;
use crate::simd::rows::{larger, zip};
use wide::f32x4;

/// What a row begins with: its largest score, and the sum of `2^(score - largest)`, which is 0 when
/// it saw nothing.
pub(super) const HEAD: usize = 2;

/// Results over some positions, `[row]` of a [`HEAD`] and the values weighted with `2^(score -
/// largest)`.
pub(super) struct Partials {
    pub(super) rows: usize,
    /// Values of a row.
    pub(super) width: usize,
}

impl Partials {
    pub(super) fn len(&self) -> usize {
        self.rows * self.stride()
    }

    /// From one row to the next.
    pub(super) fn stride(&self) -> usize {
        HEAD + self.width
    }

    /// Results over no positions.
    pub(super) fn clear(&self, whole: &mut [f32]) {
        whole.fill(0.0);
        whole.chunks_exact_mut(self.stride()).for_each(|row| row[0] = f32::NEG_INFINITY);
    }

    /// Adds the results over further positions.
    pub(super) fn merge(&self, whole: &mut [f32], part: &[f32]) {
        for (whole, part) in whole.chunks_exact_mut(self.stride()).zip(part.chunks_exact(self.stride())) {
            let ([max, sum], [part_max, part_sum]) = ([whole[0], whole[1]], [part[0], part[1]]);
            if part_sum > 0.0 {
                let largest = larger(max, part_max);
                let [old, new, ..] =
                    exp2(f32x4::new([max - largest, part_max - largest, 0.0, 0.0])).to_array();
                (whole[0], whole[1]) = (largest, sum * old + part_sum * new);
                let (old, new) = (f32x4::splat(old), f32x4::splat(new));
                zip(&mut whole[HEAD..], &part[HEAD..], |whole, part| whole * old + part * new);
            }
        }
    }

    /// Writes the weighted means, where the rows of head `kv_head` belong in `out`.
    pub(super) fn finish(&self, whole: &[f32], shape: &Attention, kv_head: usize, out: &mut [f32]) {
        let group = shape.heads / shape.kv_heads;
        let mut rows = whole.chunks_exact(self.stride());
        for out in out.chunks_exact_mut(shape.heads * shape.head_dim) {
            let heads = &mut out[kv_head * group * shape.head_dim..][..group * shape.head_dim];
            for (out, row) in heads.chunks_exact_mut(shape.head_dim).zip(&mut rows) {
                let inverse = f32x4::splat(row[1].recip());
                zip(out, &row[HEAD..][..shape.head_dim], |_, value| value * inverse);
            }
        }
    }
}
