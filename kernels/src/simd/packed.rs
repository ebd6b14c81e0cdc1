//! Quantised matrices in the order in which products read them.

use super::formats::{self, GROUP};
use super::planes::Planes;
use crate::{Error, reference};
use gguf::TensorType;

/// A matrix of `rows` rows of `cols` elements in quantised blocks, repacked so that four rows can
/// be multiplied at once: of each four rows, the blocks that stand below each other lie together,
/// first their scales, then word by word of each row in turn. Rows of floats stay as they are.
///
/// It takes the memory of the file's bytes, but for up to three rows more.
#[derive(Debug)]
pub struct Packed {
    ty: TensorType,
    rows: usize,
    cols: usize,
    data: Vec<u8>,
    /// In place of `data`.
    planes: Option<Planes>,
}

impl Packed {
    /// A matrix to be filled by [`Self::write`].
    ///
    /// # Errors
    /// [`Error::Shape`] when the columns are not whole blocks, or there is no memory for so many.
    pub fn new(ty: TensorType, rows: usize, cols: usize) -> Result<Self, Error> {
        let shape = || Error::Shape { ty: ty.name(), rows, cols, len: 0 };
        if !cols.is_multiple_of(ty.block_len()) {
            return Err(shape());
        }
        let row = cols / ty.block_len() * ty.block_bytes();
        let filled = if formats::layout(ty).is_some() { rows.next_multiple_of(GROUP) } else { rows };
        let bytes = row.checked_mul(filled).ok_or_else(shape)?;
        Ok(Self { ty, rows, cols, data: vec![0; bytes], planes: None })
    }

    /// As [`Self::new`], for a matrix whose largest product is looked for more often than all of
    /// them are computed: where the type allows it, its weights lie so that
    /// [`argmax`](super::argmax()) reads half of them, and takes a byte more for each row.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn in_planes(ty: TensorType, rows: usize, cols: usize) -> Result<Self, Error> {
        if ty != TensorType::Q8_0 || !cols.is_multiple_of(ty.block_len()) {
            return Self::new(ty, rows, cols);
        }
        let planes = Planes::new(rows, cols / ty.block_len());
        let planes = planes.ok_or(Error::Shape { ty: ty.name(), rows, cols, len: 0 })?;
        Ok(Self { ty, rows, cols, data: Vec::new(), planes: Some(planes) })
    }

    /// Fills in bytes of the matrix as GGUF has them, from `offset` on: whole blocks.
    ///
    /// # Panics
    /// When they are not whole blocks, or go beyond the matrix.
    pub fn write(&mut self, offset: usize, bytes: &[u8]) {
        let Some(layout) = formats::layout(self.ty) else {
            self.data[offset..offset + bytes.len()].copy_from_slice(bytes);
            return;
        };
        let (size, row) = (self.ty.block_bytes(), self.row_bytes());
        assert!(offset.is_multiple_of(size) && bytes.len().is_multiple_of(size), "whole blocks");
        assert!(offset + bytes.len() <= self.rows * row, "within the matrix");
        for (i, block) in bytes.chunks_exact(size).enumerate() {
            let at = offset + i * size;
            let (r, column) = (at / row, at % row);
            if let Some(planes) = &mut self.planes {
                planes.write(r, column / size, block);
                continue;
            }
            let group = r / GROUP * GROUP * row + column * GROUP;
            layout.scatter(block, r % GROUP, &mut self.data[group..group + GROUP * size]);
        }
    }

    /// Expands a row.
    ///
    /// # Panics
    /// When there is no such row, or `out` is not as wide as one.
    pub fn row(&self, row: usize, out: &mut [f32]) {
        assert!(row < self.rows, "row {row} of {}", self.rows);
        let bytes = self.row_bytes();
        let Some(layout) = formats::layout(self.ty) else {
            return reference::dequantize(self.ty, &self.data[row * bytes..(row + 1) * bytes], out);
        };
        let mut blocks = vec![0; bytes];
        if let Some(planes) = &self.planes {
            planes.gather(row, &mut blocks);
        } else {
            let group = self.group(row / GROUP);
            let size = self.ty.block_bytes();
            for (block, group) in blocks.chunks_exact_mut(size).zip(group.chunks_exact(GROUP * size)) {
                layout.gather(group, row % GROUP, block);
            }
        }
        reference::dequantize(self.ty, &blocks, out);
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

    /// Bytes of memory.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.data.len() + self.planes.as_ref().map_or(0, Planes::bytes)
    }

    /// Of one that is in planes.
    pub(super) fn planes(&self) -> Option<&Planes> {
        self.planes.as_ref()
    }

    /// Four rows, of a type that is packed.
    pub(super) fn group(&self, group: usize) -> &[u8] {
        let bytes = GROUP * self.row_bytes();
        &self.data[group * bytes..(group + 1) * bytes]
    }

    /// A row, of a type that isn't.
    pub(super) fn plain_row(&self, row: usize) -> &[u8] {
        let bytes = self.row_bytes();
        &self.data[row * bytes..(row + 1) * bytes]
    }

    fn row_bytes(&self) -> usize {
        self.cols / self.ty.block_len() * self.ty.block_bytes()
    }
}
