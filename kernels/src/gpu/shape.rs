//! Sizes that kernels take, and whether they fit.

use super::error::Error;

/// Elements of a weight, of every type, that kernels take at a time.
pub(super) const BLOCK: usize = 32;

/// `width / 32`, which must be whole.
pub(super) fn blocks(kernel: &'static str, width: usize) -> Result<usize, Error> {
    if width.is_multiple_of(BLOCK) {
        Ok(width / BLOCK)
    } else {
        Err(Error::shape(kernel, format!("a width of {width} is not a multiple of {BLOCK}")))
    }
}

/// `width / 4`, which must be whole.
pub(super) fn quads(kernel: &'static str, width: usize) -> Result<usize, Error> {
    if width.is_multiple_of(4) {
        Ok(width / 4)
    } else {
        Err(Error::shape(kernel, format!("a width of {width} is not a multiple of 4")))
    }
}

/// Checks that two sizes agree.
pub(super) fn same(kernel: &'static str, what: &str, expected: usize, found: usize) -> Result<(), Error> {
    if expected == found {
        Ok(())
    } else {
        Err(Error::shape(kernel, format!("{what} should be {expected}, not {found}")))
    }
}
