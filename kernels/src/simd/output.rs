//! The result of a product, written by several threads.
#![expect(
    unsafe_code,
    reason = "threads write columns of the same rows, which the compiler cannot tell apart"
)]

use std::marker::PhantomData;
use wide::f32x4;

/// Rows of a result, `[token][width]`, that threads write different columns of.
pub(super) struct Output<'a> {
    values: *mut f32,
    len: usize,
    width: usize,
    rows: PhantomData<&'a mut [f32]>,
}

// SAFETY: what threads do with it is to write, and callers keep to columns of their own.
unsafe impl Sync for Output<'_> {}

impl<'a> Output<'a> {
    pub(super) fn new(values: &'a mut [f32], width: usize) -> Self {
        Self { values: values.as_mut_ptr(), len: values.len(), width, rows: PhantomData }
    }

    /// Puts values into a token's row from `column` on; those beyond its end are left out.
    ///
    /// # Safety
    /// No other thread puts anything there meanwhile.
    #[inline(always)]
    pub(super) unsafe fn put(&self, token: usize, column: usize, values: f32x4) {
        let count = (self.width - column).min(4);
        let at = token * self.width + column;
        assert!(at + count <= self.len, "a row of the result");
        let values = values.to_array();
        // SAFETY: checked above; nobody else uses these, and the rows are borrowed for as long as
        // this lives.
        unsafe { std::ptr::copy_nonoverlapping(values.as_ptr(), self.values.add(at), count) };
    }

    /// Adds the first `count` of four values to a token's row from `column` on.
    ///
    /// # Safety
    /// As [`Self::put`], nor reads anything there.
    #[inline(always)]
    pub(super) unsafe fn add(&self, token: usize, column: usize, count: usize, values: f32x4) {
        let at = token * self.width + column;
        assert!(column + count <= self.width && at + count <= self.len, "a row of the result");
        // SAFETY: checked above; nobody else uses these, and the rows are borrowed for as long as
        // this lives.
        let row = unsafe { std::slice::from_raw_parts_mut(self.values.add(at), count) };
        if let Ok(row) = <&mut [f32; 4]>::try_from(&mut *row) {
            *row = (f32x4::new(*row) + values).to_array();
        } else {
            row.iter_mut().zip(values.to_array()).for_each(|(sum, value)| *sum += value);
        }
    }

    /// Puts one value into a token's row.
    ///
    /// # Safety
    /// As [`Self::put`].
    pub(super) unsafe fn put_one(&self, token: usize, column: usize, value: f32) {
        let at = token * self.width + column;
        assert!(column < self.width && at < self.len, "a row of the result");
        // SAFETY: as above.
        unsafe { self.values.add(at).write(value) };
    }
}
