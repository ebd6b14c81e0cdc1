//! Activations as 16-bit integers.

/// Elements that share a scale: the block length of the weights they meet.
pub(super) const BLOCK: usize = 32;

/// Rows of activations, `x ≈ scale · q`, with a scale per block of 32.
pub(super) struct Activations {
    /// `[token][block][32]`.
    pub(super) q: Vec<[i16; BLOCK]>,
    /// `[token][block]`.
    pub(super) scales: Vec<f32>,
    /// Sum of each block's values, `scale · Σ q`: what a weight block's minimum is multiplied by.
    pub(super) sums: Vec<f32>,
}

impl Activations {
    /// Quantises whole blocks.
    pub(super) fn quantize(x: &[f32]) -> Self {
        let (blocks, _) = x.as_chunks::<BLOCK>();
        let mut result = Self {
            q: Vec::with_capacity(blocks.len()),
            scales: Vec::with_capacity(blocks.len()),
            sums: Vec::with_capacity(blocks.len()),
        };
        for block in blocks {
            let max = block.iter().fold(0.0_f32, |max, x| max.max(x.abs()));
            let scale = max / f32::from(i16::MAX);
            let inverse = if scale > 0.0 { 1.0 / scale } else { 0.0 };
            #[expect(
                clippy::cast_possible_truncation,
                reason = "rounded into the range of i16, and the cast saturates"
            )]
            let q = block.map(|x| (x * inverse).round_ties_even() as i16);
            let sum: i32 = q.iter().map(|&q| i32::from(q)).sum();
            result.q.push(q);
            result.scales.push(scale);
            result.sums.push(scale * sum as f32);
        }
        result
    }
}
