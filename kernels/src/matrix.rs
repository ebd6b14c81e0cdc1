//! A quantised matrix in memory.

use gguf::TensorType;

/// Why a tensor cannot be used as a matrix.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Error {
    /// The bytes do not make the shape.
    #[error("a {rows} x {cols} matrix of type {ty} does not fill {len} bytes")]
    Shape {
        /// Name of the element type.
        ty: &'static str,
        /// Rows asked for.
        rows: usize,
        /// Columns asked for.
        cols: usize,
        /// Bytes there are.
        len: usize,
    },
}

/// A matrix of `rows` rows of `cols` elements in quantised blocks, as GGUF stores it.
///
/// A value of this type is consistent: whole blocks per row, and exactly as many bytes as the shape
/// needs, so kernels index it without further checks.
#[derive(Clone, Copy, Debug)]
pub struct Matrix<'a> {
    ty: TensorType,
    rows: usize,
    cols: usize,
    data: &'a [u8],
}

impl<'a> Matrix<'a> {
    /// A view of `data`.
    ///
    /// # Errors
    /// [`Error::Shape`] when `data` is not `rows × cols` of it.
    pub fn new(ty: TensorType, rows: usize, cols: usize, data: &'a [u8]) -> Result<Self, Error> {
        let whole_blocks = cols.is_multiple_of(ty.block_len());
        let bytes =
            (cols / ty.block_len()).checked_mul(ty.block_bytes()).and_then(|row| row.checked_mul(rows));
        if !whole_blocks || bytes != Some(data.len()) {
            return Err(Error::Shape { ty: ty.name(), rows, cols, len: data.len() });
        }
        Ok(Self { ty, rows, cols, data })
    }

    /// Element type.
    #[must_use]
    pub fn ty(&self) -> TensorType {
        self.ty
    }

    /// Number of rows (output features).
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of columns (input features).
    #[must_use]
    pub fn cols(&self) -> usize {
        self.cols
    }

    /// Bytes of one row.
    #[must_use]
    pub fn row_bytes(&self) -> usize {
        self.cols / self.ty.block_len() * self.ty.block_bytes()
    }

    /// The blocks of one row.
    ///
    /// # Panics
    /// When `row` is not below [`Self::rows`].
    #[must_use]
    pub fn row(&self, row: usize) -> &'a [u8] {
        let bytes = self.row_bytes();
        &self.data[row * bytes..(row + 1) * bytes]
    }
}
