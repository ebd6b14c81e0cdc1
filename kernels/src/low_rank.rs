//! Low-rank updates of matrices.

use half::f16;

/// What a LoRA adapter adds to a matrix: `scale · B · A`, where A has few rows and B as few columns
/// (Hu et al. 2021, <https://arxiv.org/abs/2106.09685>). It is added to the products, and the matrix
/// stays as it is.
///
/// A matrix of several parts one above the other has an update for each: their A's stand one above
/// the other too, and the rows of B of a part are multiplied with the products of its own A.
#[derive(Clone, Debug, PartialEq)]
pub struct LowRank {
    /// Rows of A of each part, and columns of B.
    pub rank: usize,
    /// Columns of the matrix.
    pub cols: usize,
    /// Rows of the matrix in each part.
    pub parts: Vec<usize>,
    /// What products of both are multiplied by. A and B are as large as 16 bits take them, so that
    /// small values keep their digits.
    pub scale: f32,
    /// `[part][rank][cols]`.
    pub a: Vec<f16>,
    /// `[row][rank]`.
    pub b: Vec<f16>,
}

impl LowRank {
    /// Rows of the matrix.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.parts.iter().sum()
    }

    /// Products with A that there are for each token: of all parts.
    #[must_use]
    pub fn inner(&self) -> usize {
        self.rank * self.parts.len()
    }
}
