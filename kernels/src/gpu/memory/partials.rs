//! What attention gives for parts of the positions that a token sees.

use crate::gpu::device::Context;
use crate::gpu::error::Error;
use crate::gpu::wgsl::AttentionSplit;

/// The results of attention for each span of positions, to be put together by
/// [`attention_combine`](crate::gpu::attention_combine()); `shared/combine.wgsl` says how they lie.
pub struct Partials {
    buffer: wgpu::Buffer,
    tokens: usize,
    heads: usize,
    head_dim: usize,
}

impl Partials {
    /// Room for those of a step of `tokens` tokens, for `heads` query heads of `head_dim` values.
    /// Steps of so few tokens that there is room for are split, so about 16 is right.
    ///
    /// # Errors
    /// [`Error::Shape`] when a head is not a multiple of 4 values; [`Error::TooLarge`] when the
    /// device cannot bind that much at once.
    pub fn new(gpu: &Context, tokens: usize, heads: usize, head_dim: usize) -> Result<Self, Error> {
        if !head_dim.is_multiple_of(4) {
            return Err(Error::shape("partials", format!("a head of {head_dim} values")));
        }
        let bytes = (tokens * heads * AttentionSplit::MOST_SPLITS) as u64 * 4 * (head_dim as u64 + 4);
        Ok(Self { buffer: gpu.storage("partials", bytes)?, tokens, heads, head_dim })
    }

    /// Tokens there is room for.
    #[must_use]
    pub fn tokens(&self) -> usize {
        self.tokens
    }

    /// Query heads of a token, each in as many parts as there can be spans.
    #[must_use]
    pub fn heads(&self) -> usize {
        self.heads
    }

    pub(in crate::gpu) fn head_dim(&self) -> usize {
        self.head_dim
    }

    pub(in crate::gpu) fn buffer(&self) -> &wgpu::Buffer {
        &self.buffer
    }

    /// Values of a head over four.
    pub(in crate::gpu) fn head_quads(&self) -> usize {
        self.head_dim / 4
    }
}
