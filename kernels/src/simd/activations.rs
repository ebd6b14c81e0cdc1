//! Activations as integers, each block of 32 under a scale of its own: what weights are multiplied
//! with.

use super::Pool;
use wide::f32x4;

/// Values that share a scale: the least that weights do.
pub(super) const BLOCK: usize = 32;

/// 32 activations, `scale · q`.
#[derive(Clone, Copy)]
pub(super) struct Block<Q> {
    /// In two halves.
    pub(super) q: [[Q; BLOCK / 2]; 2],
    pub(super) scale: f32,
    /// Sum of the values: what a minimum of weights is multiplied with.
    pub(super) sum: f32,
    /// Of each half.
    pub(super) sums: [f32; 2],
}

/// An integer that activations are rounded to.
pub(super) trait Quant: Copy + Default + Send + Sync {
    /// What a block's largest value becomes.
    const MOST: f32;

    /// From within ±[`Self::MOST`].
    fn from_i32(q: i32) -> Self;
}

impl Quant for i16 {
    const MOST: f32 = 32_767.0;

    #[expect(clippy::cast_possible_truncation, reason = "see the trait")]
    #[inline(always)]
    fn from_i32(q: i32) -> Self {
        q as Self
    }
}

impl Quant for i8 {
    const MOST: f32 = 127.0;

    #[expect(clippy::cast_possible_truncation, reason = "see the trait")]
    #[inline(always)]
    fn from_i32(q: i32) -> Self {
        q as Self
    }
}

impl<Q: Quant> Block<Q> {
    fn quantize(x: &[f32; BLOCK]) -> Self {
        let values: [f32x4; BLOCK / 4] = bytemuck::cast(*x);
        let most = values.iter().fold(f32x4::ZERO, |most, &x| most.fast_max(x.abs())).to_array();
        let most = most.into_iter().fold(0.0, f32::max);
        let scale = most / Q::MOST;
        let inverse = f32x4::splat(if scale > 0.0 { 1.0 / scale } else { 0.0 });
        let rounded = values.map(|x| (x * inverse).fast_round_int());
        let sums: [i32; 2] = std::array::from_fn(|half| {
            let sums = rounded[4 * half..4 * half + 4].iter().fold(wide::i32x4::ZERO, |sum, &q| sum + q);
            sums.to_array().iter().sum()
        });
        let integers: [[i32; BLOCK / 2]; 2] = bytemuck::cast(rounded);
        Self {
            q: integers.map(|half| half.map(Q::from_i32)),
            scale,
            sum: scale * (sums[0] + sums[1]) as f32,
            sums: sums.map(|sum| scale * sum as f32),
        }
    }
}

/// Rounds rows of so many values, in whole blocks.
pub(super) fn quantize<Q: Quant>(pool: &Pool, x: &[f32], width: usize) -> Vec<Block<Q>> {
    /// Rows for which it isn't worth to wake anybody.
    const FEW: usize = 4;
    let (x, _) = x.as_chunks::<BLOCK>();
    if x.len() * BLOCK <= FEW * width {
        return x.iter().map(Block::quantize).collect();
    }
    let nothing = Block { q: [[Q::default(); BLOCK / 2]; 2], scale: 0.0, sum: 0.0, sums: [0.0; 2] };
    let mut blocks = vec![nothing; x.len()];
    let row = width / BLOCK;
    pool.chunks(&mut blocks, row, |index, blocks| {
        for (block, x) in blocks.iter_mut().zip(&x[index * row..]) {
            *block = Block::quantize(x);
        }
    });
    blocks
}
