use super::dispatch::{Dispatch, by_quads, same};
use super::{Context, Error, Rows};

/// `x += y`, in place, as [`cpu::add`](crate::cpu::add()).
///
/// # Errors
/// [`Error::Shape`] when the widths differ or are not a multiple of 4.
pub fn add(gpu: &Context, x: &Rows, y: &Rows) -> Result<Dispatch, Error> {
    same("add", "the width of the second input", x.width(), y.width())?;
    by_quads(gpu, "add", x.width(), Some(1), &[x.buffer(), y.buffer()])
}
