use crate::gpu::device::{Context, Dispatch, Grid, Launch};
use crate::gpu::error::Error;
use crate::gpu::memory::{RowLayout, Rows, Step};
use crate::gpu::shape::{blocks, same};
use crate::gpu::wgsl::LastRow;

/// Copies the row of the step's last token to the first row of `out`, interleaved; `layout` is that
/// of `x`. What follows is encoded for one token. Of a [step of several texts](Step::of_texts), row
/// `i` of `out` is the one of `x` that its token `i` has as position.
///
/// # Errors
/// [`Error::Shape`] when the widths differ or are not a multiple of 32.
pub fn last_row(
    gpu: &Context,
    x: &Rows,
    layout: RowLayout,
    out: &Rows,
    step: &Step,
) -> Result<Dispatch, Error> {
    same("last_row", "the width of the output", x.width(), out.width())?;
    blocks("last_row", x.width())?;
    let quads = x.width() / 4;
    let kernel = LastRow {
        quads,
        batched: step.is_batched(),
        interleaved: layout == RowLayout::Interleaved,
        x: x.buffer(),
        out: out.buffer(),
        step: step.buffer(),
    };
    let grid = Grid { x: quads.div_ceil(LastRow::WORKGROUP_SIZE), tokens: step.is_batched().then_some(1) };
    Ok(Dispatch::one(Launch::new(gpu, &kernel, grid)?))
}
