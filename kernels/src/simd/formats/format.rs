use crate::simd::activations::BLOCK;
use gguf::TensorType;
use wide::{f32x4, i8x16};

/// Rows that lie together.
pub(in crate::simd) const GROUP: usize = 4;

/// 32 weights of each of four rows, `scale · q + min`, which differ by row and for the halves of
/// the 32.
#[derive(Clone, Copy)]
pub(in crate::simd) struct Part {
    /// Each vector holds four weights of each row in turn.
    pub(in crate::simd) q: [i8x16; 8],
    pub(in crate::simd) scale: [f32x4; 2],
    pub(in crate::simd) min: [f32x4; 2],
}

/// How a type's blocks are read.
pub(in crate::simd) trait Format {
    const TYPE: TensorType;
    /// Bytes of four blocks.
    const BYTES: usize = GROUP * Self::TYPE.block_bytes();
    /// Parts of 32 weights in a block.
    const PARTS: usize = Self::TYPE.block_len() / BLOCK;
    /// Whether the halves of a part differ.
    const HALVED: bool = false;
    /// Vectors of 8-bit products that can be added up in 16 bits: as `q`, without a sign, is below
    /// 32, or below 64. None where it has a sign.
    const RUN: usize;

    /// Expands four blocks, part by part in order.
    fn expand(group: &[u8], visit: impl FnMut(usize, Part));
}
