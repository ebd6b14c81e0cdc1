use super::dispatch::{Dispatch, blocks, by_quads, same};
use super::{Context, Error, Rows, Step};

/// Copies the row of the step's last token to the first row of `out`, spread. What follows is encoded for one token.
///
/// # Errors
/// [`Error::Shape`] when the widths differ or are not a multiple of 32.
pub fn last_row(gpu: &Context, x: &Rows, out: &Rows, step: &Step) -> Result<Dispatch, Error> {
    same("last_row", "the width of the output", x.width(), out.width())?;
    blocks("last_row", x.width())?;
    by_quads(gpu, "last_row", x.width(), None, &[x.buffer(), out.buffer(), step.buffer()])
}
