use crate::gpu::device::{Context, Dispatch, Grid, Launch};
use crate::gpu::error::Error;
use crate::gpu::memory::{QuantizedRows, Rows, Step};
use crate::gpu::shape::{BLOCK, same};

/// `out ≈ x` in 8-bit integers, as [`reference::quantize`](crate::reference::quantize()).
///
/// # Errors
/// [`Error::Shape`] when the widths differ.
pub fn quantize(gpu: &Context, x: &Rows, out: &QuantizedRows, step: &Step) -> Result<Dispatch, Error> {
    /// As in the kernel.
    const BLOCKS: usize = 8;
    const TOKENS: u32 = 8;
    same("quantize", "the width of the output", x.width(), out.width())?;
    let blocks = out.width() / BLOCK;
    let constants = [("BLOCKS", blocks.into()), ("TOKENS", out.rows().into())];
    let buffers = [x.buffer(), out.quants(), out.factors(), step.buffer()];
    let grid = Grid { x: blocks.div_ceil(BLOCKS), tokens: Some(TOKENS) };
    Ok(Dispatch::one(Launch::new(gpu, "quantize", &[], &constants, &buffers, grid)?))
}
