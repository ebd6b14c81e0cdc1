//! How blocks of each type lie when they are packed, and how they are expanded to small integers.
//!
//! - `small`: blocks of 32 weights;
//! - `super_blocks`: blocks of 256 weights, in parts with small scales of their own.

mod format;
mod small;
mod super_blocks;

use gguf::TensorType;
use std::ops::Range;

pub(super) use format::{Format, GROUP, Part};
pub(super) use small::{Q4_0, Q4_1, Q5_0, Q5_1, Q8_0};
pub(super) use super_blocks::{Q4K, Q5K, Q6K};

/// Names a type's [`Format`] for an expression, with another expression for types that are floats.
macro_rules! by_format {
    ($ty:expr, $format:ident => $quantized:expr, floats => $floats:expr) => {
        by_format!($ty, $format => $quantized, $floats, Q4_0 Q4_1 Q5_0 Q5_1 Q8_0 Q4K Q5K Q6K)
    };
    ($ty:expr, $format:ident => $quantized:expr, $floats:expr, $($name:ident)*) => {
        match $ty {
            $(gguf::TensorType::$name => {
                type $format = $crate::simd::formats::$name;
                $quantized
            })*
            gguf::TensorType::F32 | gguf::TensorType::F16 | gguf::TensorType::Bf16 => $floats,
        }
    };
}
pub(super) use by_format;

/// Where in a block its scales are, in half precision; all the rest is words of four bytes.
#[derive(Debug)]
pub(super) struct Layout {
    halves: Range<usize>,
    words: Range<usize>,
}

/// How blocks of this type are packed; `None` for floats, which aren't.
pub(super) fn layout(ty: TensorType) -> Option<Layout> {
    let (first, last) = (*ty.halves().first()?, *ty.halves().last()?);
    let halves = first..last + 2;
    // They stand together at either end.
    let words = if first == 0 { halves.end..ty.block_bytes() } else { 0..first };
    Some(Layout { halves, words })
}

impl Layout {
    /// Puts a block to where it belongs among four.
    pub(super) fn scatter(&self, block: &[u8], row: usize, group: &mut [u8]) {
        let (halves, words) = group.split_at_mut(GROUP * self.halves.len());
        interleave::<2, { 2 * GROUP }>(&block[self.halves.clone()], row, halves);
        interleave::<4, { 4 * GROUP }>(&block[self.words.clone()], row, words);
    }

    /// The block again, as it was.
    pub(super) fn gather(&self, group: &[u8], row: usize, block: &mut [u8]) {
        let (halves, words) = group.split_at(GROUP * self.halves.len());
        pick::<2, { 2 * GROUP }>(halves, row, &mut block[self.halves.clone()]);
        pick::<4, { 4 * GROUP }>(words, row, &mut block[self.words.clone()]);
    }
}

/// Puts each word of a row among those of all four.
pub(super) fn interleave<const WORD: usize, const WORDS: usize>(from: &[u8], row: usize, to: &mut [u8]) {
    for (to, from) in to.as_chunks_mut::<WORDS>().0.iter_mut().zip(from.as_chunks::<WORD>().0) {
        to.as_chunks_mut().0[row] = *from;
    }
}

/// A row's words of those of all four.
pub(super) fn pick<const WORD: usize, const WORDS: usize>(from: &[u8], row: usize, to: &mut [u8]) {
    for (to, from) in to.as_chunks_mut::<WORD>().0.iter_mut().zip(from.as_chunks::<WORDS>().0) {
        *to = from.as_chunks().0[row];
    }
}
