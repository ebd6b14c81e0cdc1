use crate::gpu::memory::{LowRank, Weight};

/// What multiplies: a matrix, and what an adapter adds to it.
#[derive(Clone, Copy)]
pub struct Matrix<'a> {
    /// The matrix.
    pub weight: &'a Weight,
    /// What is added.
    pub update: Option<&'a LowRank>,
}

impl<'a> From<&'a Weight> for Matrix<'a> {
    fn from(weight: &'a Weight) -> Self {
        Self { weight, update: None }
    }
}
