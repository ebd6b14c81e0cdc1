//! A weight in memory.

use crate::Error;
use crate::plan::TensorShape;
use gguf::TensorType;
use kernels::reference;
use kernels::simd::Packed;

pub(super) enum Tensor {
    /// Many rows, in their quantised blocks.
    Matrix(Packed),
    /// One row, expanded.
    Vector(TensorType, Vec<f32>),
}

impl Tensor {
    /// One to be filled.
    pub(super) fn new(ty: TensorType, shape: &TensorShape) -> Result<Self, Error> {
        let matrix = Packed::new(ty, shape.rows, shape.cols)?;
        Ok(if shape.rows == 1 { Self::Vector(ty, vec![0.0; shape.cols]) } else { Self::Matrix(matrix) })
    }

    /// The one that makes the logits, to be filled.
    pub(super) fn head(ty: TensorType, shape: &TensorShape) -> Result<Self, Error> {
        /// Of fewer rows (SmolLM2 has 49,152) too many come close to the best, so that a search
        /// gains nothing.
        const MANY: usize = 100_000;
        if shape.rows < MANY {
            return Self::new(ty, shape);
        }
        Ok(Self::Matrix(Packed::in_planes(ty, shape.rows, shape.cols)?))
    }

    /// Fills in whole blocks from `offset` on, as the file has them.
    pub(super) fn write(&mut self, offset: usize, bytes: &[u8]) {
        match self {
            Self::Matrix(matrix) => matrix.write(offset, bytes),
            Self::Vector(ty, values) => {
                let (at, count) = (offset / ty.block_bytes(), bytes.len() / ty.block_bytes());
                let elements = at * ty.block_len()..(at + count) * ty.block_len();
                reference::dequantize(*ty, bytes, &mut values[elements]);
            }
        }
    }

    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Matrix(matrix) => matrix.bytes(),
            Self::Vector(_, values) => size_of_val(&values[..]),
        }
    }
}
