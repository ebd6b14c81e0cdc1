//! What an adapter adds to a matrix, in GPU memory.

use super::Weight;
use crate::LowRank as Update;
use crate::gpu::device::Context;
use crate::gpu::error::Error;
use gguf::TensorType;
use half::f16;
use half::slice::HalfFloatSliceExt;

/// An [update](crate::LowRank) of a matrix: A and B in one buffer (`shared/low_rank.wgsl`), as few
/// may be bound.
pub struct LowRank {
    /// A, with B after it.
    a: Weight,
    rank: usize,
    /// Rows of the matrix.
    rows: usize,
    /// Where its second and its third part begin.
    starts: [usize; 2],
    scale: f32,
}

impl LowRank {
    /// What B's kernels read at once.
    const UNIT: usize = 8;

    /// Uploads an update.
    ///
    /// # Errors
    /// [`Error::Shape`] when the matrix has more than three parts or its columns are not blocks of
    /// 32; [`Error::TooLarge`] when the device cannot bind it at once.
    pub fn new(gpu: &Context, update: &Update) -> Result<Self, Error> {
        let (cols, rows) = (update.cols, update.rows());
        let rank = update.rank.next_multiple_of(Self::UNIT);
        let inner = rank * update.parts.len();
        let starts = match update.parts[..] {
            [_] => [rows; 2],
            [first, _] => [first, rows],
            [first, second, _] => [first, first + second],
            _ => return Err(Error::shape("low_rank", format!("{} parts", update.parts.len()))),
        };
        let of_b = (rows * rank).div_ceil(cols.max(1));
        let mut a = Weight::new(gpu, "adapter", TensorType::F16, inner + of_b, cols)?;
        if a.shards().len() > 1 {
            let (size, limit) = (a.bytes(), gpu.binding_limit());
            return Err(Error::TooLarge { what: "an adapter's matrix".to_owned(), size, limit });
        }
        let mut values = vec![f16::ZERO; (inner + of_b) * cols];
        let of_a = update.a.chunks_exact(update.rank * cols);
        values
            .chunks_exact_mut(rank * cols)
            .zip(of_a)
            .for_each(|(to, from)| to[..from.len()].copy_from_slice(from));
        let of_b = update.b.chunks_exact(update.rank);
        let b = values[inner * cols..].chunks_exact_mut(rank);
        b.zip(of_b).for_each(|(to, from)| to[..from.len()].copy_from_slice(from));
        a.write(gpu, 0, bytemuck::cast_slice(values.reinterpret_cast()))?;
        Ok(Self { a: a.top(inner), rank, rows, starts, scale: update.scale })
    }

    /// A: the rows of each part in turn.
    #[must_use]
    pub fn a(&self) -> &Weight {
        &self.a
    }

    /// Rows of the matrix.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
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
        self.a.rows() * self.a.cols() / Self::UNIT
    }

    /// A, and B after it.
    pub(in crate::gpu) fn buffer(&self) -> &wgpu::Buffer {
        self.a.shards()[0].quants()
    }
}
