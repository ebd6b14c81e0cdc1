use crate::gpu::device::{Context, Dispatch, Grid, Launch};
use crate::gpu::error::Error;
use crate::gpu::memory::{RowLayout, Rows};
use crate::gpu::shape::{blocks, quads, same};
use crate::gpu::wgsl::Gate;

/// `out = activation(gate) · up`, which lie side by side in `both`, as
/// [`reference::silu_mul`](crate::reference::silu_mul()) or, with `gelu`,
/// [`reference::gelu_mul`](crate::reference::gelu_mul()); `layout` is that of `out`.
///
/// # Errors
/// [`Error::Shape`] when the widths differ or are not a multiple of 4 (of 32 when interleaved).
pub fn gate(
    gpu: &Context,
    both: &Rows,
    gelu: bool,
    out: &Rows,
    layout: RowLayout,
) -> Result<Dispatch, Error> {
    same("gate", "the width of the input", 2 * out.width(), both.width())?;
    if layout == RowLayout::Interleaved {
        blocks("gate", out.width())?;
    }
    let quads = quads("gate", out.width())?;
    let interleaved = layout == RowLayout::Interleaved;
    let kernel = Gate { quads, gelu, interleaved, both: both.buffer(), out: out.buffer() };
    let grid = Grid { x: quads.div_ceil(Gate::WORKGROUP_SIZE), tokens: Some(1) };
    Ok(Dispatch::one(Launch::new(gpu, &kernel, grid)?))
}
