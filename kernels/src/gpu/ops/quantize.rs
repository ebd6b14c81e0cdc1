use crate::gpu::device::{Context, Dispatch, Grid, Launch};
use crate::gpu::error::Error;
use crate::gpu::memory::{QuantizedRows, Rows, Step};
use crate::gpu::shape::{BLOCK, same};
use crate::gpu::wgsl::Quantize;

/// `out ≈ x` in 8-bit integers, as [`reference::quantize`](crate::reference::quantize()).
///
/// # Errors
/// [`Error::Shape`] when the widths differ.
pub fn quantize(gpu: &Context, x: &Rows, out: &QuantizedRows, step: &Step) -> Result<Dispatch, Error> {
    same("quantize", "the width of the output", x.width(), out.width())?;
    let blocks = out.width() / BLOCK;
    let kernel = Quantize {
        blocks,
        tokens: out.rows(),
        x: x.buffer(),
        quants: out.quants(),
        factors: out.factors(),
        step: step.buffer(),
    };
    let grid = Grid { x: blocks.div_ceil(Quantize::GROUP_BLOCKS), tokens: Some(Quantize::GROUP_TOKENS) };
    Ok(Dispatch::one(Launch::new(gpu, &kernel, grid)?))
}
