use crate::gpu::device::{Context, Dispatch, Grid, Launch};
use crate::gpu::error::Error;
use crate::gpu::memory::{RowLayout, Rows};
use crate::gpu::shape::{blocks, quads, same};

/// `out = activation(gate) · up`, which lie side by side in `both`, as [`reference::silu_mul`](crate::reference::silu_mul()) or, with
/// `gelu`, [`reference::gelu_mul`](crate::reference::gelu_mul()); `layout` is that of `out`.
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
    /// As in the kernel's `@workgroup_size`.
    const THREADS: usize = 64;
    same("gate", "the width of the input", 2 * out.width(), both.width())?;
    if layout == RowLayout::Interleaved {
        blocks("gate", out.width())?;
    }
    let quads = quads("gate", out.width())?;
    let constants = [
        ("QUADS", quads.into()),
        ("GELU", gelu.into()),
        ("INTERLEAVED", (layout == RowLayout::Interleaved).into()),
    ];
    let grid = Grid { x: quads.div_ceil(THREADS), tokens: Some(1) };
    let launch = Launch::new(gpu, "gate", &[], &constants, &[both.buffer(), out.buffer()], grid)?;
    Ok(Dispatch::one(launch))
}
