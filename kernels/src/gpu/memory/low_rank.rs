//! What an adapter adds to a matrix, in GPU memory.

use crate::LowRank as Update;
use crate::gpu::device::Context;
use crate::gpu::error::Error;
use crate::gpu::shape::{BLOCK, blocks};
use half::f16;
use half::slice::HalfFloatSliceExt;

/// An [update](crate::LowRank) of a matrix: A and B in one buffer (`shared/low_rank.wgsl`), as few
/// may be bound.
pub struct LowRank {
    /// A, with B after it.
    buffer: wgpu::Buffer,
    rank: usize,
    /// Rows of A.
    inner: usize,
    /// Rows of the matrix.
    rows: usize,
    /// Columns of the matrix.
    cols: usize,
    /// Where its second and its third part begin.
    starts: [usize; 2],
    scale: f32,
}

impl LowRank {
    /// What kernels read at once.
    const UNIT: usize = 8;

    /// Uploads an update.
    ///
    /// # Errors
    /// [`Error::Shape`] when the matrix has more than three parts or its columns are not blocks of
    /// 32; [`Error::TooLarge`] when the device cannot bind it at once.
    pub fn new(gpu: &Context, update: &Update) -> Result<Self, Error> {
        let (cols, rows, blocks) = (update.cols, update.rows(), blocks("low_rank", update.cols)?);
        let rank = update.rank.next_multiple_of(Self::UNIT);
        let inner = rank * update.parts.len();
        let starts = match update.parts[..] {
            [_] => [rows; 2],
            [first, _] => [first, rows],
            [first, second, _] => [first, first + second],
            _ => return Err(Error::shape("low_rank", format!("{} parts", update.parts.len()))),
        };
        let mut values = vec![f16::ZERO; inner * cols + rows * rank];
        let (to_a, to_b) = values.split_at_mut(inner * cols);
        let of_a = update.a.chunks_exact(update.rank * cols);
        for (to, from) in to_a.chunks_exact_mut((rank * cols).max(1)).zip(of_a) {
            for (to, from) in to.chunks_exact_mut(cols).zip(from.chunks_exact(cols)) {
                for (unit, from) in from.chunks_exact(Self::UNIT).enumerate() {
                    let (block, unit) = (unit / (BLOCK / Self::UNIT), unit % (BLOCK / Self::UNIT));
                    to[(unit * blocks + block) * Self::UNIT..][..Self::UNIT].copy_from_slice(from);
                }
            }
        }
        let of_b = update.b.chunks_exact(update.rank);
        to_b.chunks_exact_mut(rank).zip(of_b).for_each(|(to, from)| to[..from.len()].copy_from_slice(from));
        let bytes: &[u8] = bytemuck::cast_slice(values.reinterpret_cast());
        let buffer = gpu.storage("an adapter's matrix", bytes.len() as u64)?;
        gpu.queue().write_buffer(&buffer, 0, bytes);
        Ok(Self { buffer, rank, inner, rows, cols, starts, scale: update.scale })
    }

    /// Rows of the matrix.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Columns of the matrix.
    pub(in crate::gpu) fn cols(&self) -> usize {
        self.cols
    }

    /// Rows of A.
    pub(in crate::gpu) fn inner(&self) -> usize {
        self.inner
    }

    /// Rows of A of each part.
    pub(in crate::gpu) fn rank(&self) -> usize {
        self.rank
    }

    pub(in crate::gpu) fn starts(&self) -> [usize; 2] {
        self.starts
    }

    pub(in crate::gpu) fn scale(&self) -> f32 {
        self.scale
    }

    /// Where B begins, in `vec4<u32>`.
    pub(in crate::gpu) fn b_at(&self) -> usize {
        self.inner * self.cols / Self::UNIT
    }

    /// A, and B after it.
    pub(in crate::gpu) fn buffer(&self) -> &wgpu::Buffer {
        &self.buffer
    }
}
