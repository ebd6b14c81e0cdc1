//! A matrix of 8-bit weights whose upper and lower halves lie apart, so that a search for the
//! largest product ([`argmax`](super::argmax())) reads the lower ones of few rows only.

use super::Pool;
use super::activations::{BLOCK, Block, quantize};
use super::formats::{self, Format, GROUP, Layout, Part, Q4_0, Q8_0};
use super::lanes::{load, nibbles};
use super::output::Output;
use super::tile::tiles;
use bytemuck::cast;
use gguf::TensorType;
use wide::{f32x4, i8x16, u32x4};

/// Bytes of a scale, which begins a block.
const SCALE: usize = 2;
/// Bytes of each row that lie together.
const WORD: usize = 4;
/// Bytes of the lower halves of a block.
const LOWER: usize = BLOCK / 2;
/// Bytes of its upper halves, with the scale.
const UPPER: usize = SCALE + BLOCK / 2;

/// The least [`Planes::spread`] of a row: nearly all have more.
pub(super) const LEAST_SPREAD: f32 = 26.0;
/// What it is rounded up to.
const SPREAD_STEP: f32 = 0.25;

/// A [`Q8_0`](TensorType::Q8_0) matrix. A weight is `scale · (16 · upper + lower - 128)`, of two
/// numbers from 0 to 15; who knows the upper one alone takes its center, `scale · (16 · upper -
/// 120.5)`.
///
/// It takes the memory of the file's bytes and one more for each row.
#[derive(Debug)]
pub(super) struct Planes {
    rows: usize,
    /// Blocks of a row.
    width: usize,
    layout: Layout,
    /// Packed so, as [`TensorType::Q4_0`] is.
    upper: Vec<u8>,
    /// In the same order, without scales.
    lower: Vec<u8>,
    /// For each row, how long the vector of differences from the centers is at most in a block, in
    /// steps.
    spread: Vec<u8>,
    /// The square of how long the vector of centers is at most in a block, in half units.
    widest: u32,
}

impl Planes {
    /// A matrix to be filled by [`Self::write`], of so many blocks in a row; none where there is no
    /// memory for so many.
    pub(super) fn new(rows: usize, width: usize) -> Option<Self> {
        let filled = rows.checked_next_multiple_of(GROUP)?;
        let blocks = filled.checked_mul(width)?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "104")]
        let spread = vec![(LEAST_SPREAD / SPREAD_STEP) as u8; filled];
        let (upper, lower) = (blocks.checked_mul(UPPER)?, blocks.checked_mul(LOWER)?);
        let layout = formats::layout(TensorType::Q4_0)?;
        Some(Self { rows, width, layout, upper: vec![0; upper], lower: vec![0; lower], spread, widest: 0 })
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Blocks of a row.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    pub(super) fn groups(&self) -> usize {
        self.rows.div_ceil(GROUP)
    }

    /// Bytes of memory.
    pub(super) fn bytes(&self) -> usize {
        self.upper.len() + self.lower.len() + self.spread.len()
    }

    /// Fills in a block of a row, as GGUF has it.
    pub(super) fn write(&mut self, row: usize, column: usize, block: &[u8]) {
        let (scale, weights) = block.split_at(SCALE);
        // From 0 to 255.
        let weights: [u8; BLOCK] = std::array::from_fn(|i| weights[i] ^ 0x80);
        let (mut upper, mut lower) = ([0; UPPER], [0; LOWER]);
        upper[..SCALE].copy_from_slice(scale);
        for (i, lower) in lower.iter_mut().enumerate() {
            let (first, last) = (weights[i], weights[i + LOWER]);
            upper[SCALE + i] = first >> 4 | last & 0xf0;
            *lower = first & 15 | last << 4;
        }
        let at = row / GROUP * self.width + column;
        self.layout.scatter(&upper, row % GROUP, &mut self.upper[at * GROUP * UPPER..][..GROUP * UPPER]);
        formats::interleave::<WORD, { GROUP * WORD }>(
            &lower,
            row % GROUP,
            &mut self.lower[at * GROUP * LOWER..][..GROUP * LOWER],
        );

        let squares = |weights: [i32; BLOCK]| weights.iter().map(|x| x * x).sum::<i32>();
        let whole = weights.map(i32::from);
        let spread = 0.5 * (squares(whole.map(|w| 2 * (w & 15) - 15)) as f32).sqrt();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 170")]
        let spread = (spread / SPREAD_STEP).ceil() as u8;
        self.spread[row] = self.spread[row].max(spread);
        self.widest = self.widest.max(squares(whole.map(|w| 2 * (w & 0xf0) - 241)).unsigned_abs());
    }

    /// The blocks of a row, as GGUF has them.
    pub(super) fn gather(&self, row: usize, blocks: &mut [u8]) {
        for (column, block) in blocks.chunks_exact_mut(SCALE + BLOCK).enumerate() {
            let at = row / GROUP * self.width + column;
            let (mut upper, mut lower) = ([0; UPPER], [0; LOWER]);
            self.layout.gather(&self.upper[at * GROUP * UPPER..][..GROUP * UPPER], row % GROUP, &mut upper);
            formats::pick::<WORD, { GROUP * WORD }>(
                &self.lower[at * GROUP * LOWER..][..GROUP * LOWER],
                row % GROUP,
                &mut lower,
            );
            let (scale, weights) = block.split_at_mut(SCALE);
            scale.copy_from_slice(&upper[..SCALE]);
            for (i, (upper, lower)) in upper[SCALE..].iter().zip(lower).enumerate() {
                weights[i] = (upper << 4 | lower & 15) ^ 0x80;
                weights[i + LOWER] = (upper & 0xf0 | lower >> 4) ^ 0x80;
            }
        }
    }

    /// The upper halves of a group.
    #[inline(always)]
    pub(super) fn upper(&self, group: usize) -> &[u8] {
        let bytes = self.width * Q4_0::BYTES;
        &self.upper[group * bytes..(group + 1) * bytes]
    }

    /// A group's weights, as they are in one piece.
    #[inline(always)]
    pub(super) fn expand(&self, group: usize, mut visit: impl FnMut(usize, Part)) {
        let bytes = self.width * GROUP * LOWER;
        let lower = self.lower[group * bytes..(group + 1) * bytes].chunks_exact(GROUP * LOWER);
        for (column, (upper, lower)) in self.upper(group).chunks_exact(Q4_0::BYTES).zip(lower).enumerate() {
            Q4_0::expand(upper, |_, mut part| {
                for c in 0..4 {
                    let (first, last) = nibbles(load(lower, 16 * c));
                    part.q[c] = whole(part.q[c], first);
                    part.q[c + 4] = whole(part.q[c + 4], last);
                }
                part.min = [f32x4::ZERO; 2];
                visit(column, part);
            });
        }
    }

    /// How long the vector of differences from the centers is at most in a block, for each row of a
    /// group.
    #[inline(always)]
    pub(super) fn spread(&self, group: usize) -> f32x4 {
        let steps: [u8; GROUP] = std::array::from_fn(|row| self.spread[GROUP * group + row]);
        f32x4::new(steps.map(f32::from)) * f32x4::splat(SPREAD_STEP)
    }

    /// How long the vector of centers is at most in a block.
    pub(super) fn widest(&self) -> f32 {
        0.5 * (self.widest as f32).sqrt()
    }

    /// As [`matmul`](super::matmul()), in 16 bits.
    pub(super) fn matmul(&self, pool: &Pool, x: &[f32], out: &mut [f32]) {
        let x: Vec<Block<i16>> = quantize(pool, x, self.width * BLOCK);
        let x: Vec<_> = x.chunks_exact(self.width).collect();
        let out = Output::new(out, self.rows);
        let share = pool.share(self.groups(), GROUP * self.width * BLOCK * x.len());
        pool.run(self.groups().div_ceil(share), |part| {
            let mut parts = Vec::with_capacity(self.width);
            for group in part * share..self.groups().min((part + 1) * share) {
                parts.clear();
                self.expand(group, |_, part| parts.push(part));
                tiles::<Q8_0, i16>(&parts, group, &x, &out);
            }
        });
    }
}

/// Weights of both halves.
#[inline(always)]
fn whole(upper: i8x16, lower: i8x16) -> i8x16 {
    let upper: i8x16 = cast(cast::<_, u32x4>(upper) << 4_u32);
    (upper | lower) ^ i8x16::splat(i8::MIN)
}
