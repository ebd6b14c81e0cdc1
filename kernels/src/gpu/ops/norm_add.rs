use crate::gpu::device::{Context, Dispatch, Grid, Launch};
use crate::gpu::error::Error;
use crate::gpu::memory::{RowLayout, Rows, Weight};
use crate::gpu::shape::{blocks, quads, same};
use crate::gpu::wgsl::NormAdd;

/// `out[t] += x[t] / sqrt(mean(x[t]²) + eps) · weight`:
/// [`reference::rms_norm`](crate::reference::rms_norm()) and
/// [`reference::add`](crate::reference::add()); `layout` is that of `out`.
///
/// # Errors
/// [`Error::Shape`] when the widths differ or are not a multiple of 4 (of 32 when interleaved), or
/// `weight` is not a vector of `f32`.
pub fn norm_add(
    gpu: &Context,
    x: &Rows,
    weight: &Weight,
    out: &Rows,
    eps: f32,
    layout: RowLayout,
) -> Result<Dispatch, Error> {
    same("norm_add", "the width of the weight", x.width(), weight.cols())?;
    same("norm_add", "the width of the output", x.width(), out.width())?;
    if layout == RowLayout::Interleaved {
        blocks("norm_add", out.width())?;
    }
    let kernel = NormAdd {
        quads: quads("norm_add", x.width())?,
        eps,
        interleaved: layout == RowLayout::Interleaved,
        x: x.buffer(),
        weight: weight.vector("norm_add")?,
        out: out.buffer(),
    };
    Ok(Dispatch::one(Launch::new(gpu, &kernel, Grid { x: 1, tokens: Some(1) })?))
}
