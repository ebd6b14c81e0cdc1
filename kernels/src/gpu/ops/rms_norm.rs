use crate::gpu::device::{Context, Dispatch, Grid, Launch};
use crate::gpu::error::Error;
use crate::gpu::memory::{RowLayout, Rows, Weight};
use crate::gpu::shape::{quads, same};
use crate::gpu::wgsl::RmsNorm;

/// `out[t] = x[t] / sqrt(mean(x[t]²) + eps) · weight`, as
/// [`reference::rms_norm`](crate::reference::rms_norm()), over rows of the weight's width: a token
/// has one or, as heads, several. `layout` is that of `x` and of `out`.
///
/// # Errors
/// [`Error::Shape`] when the widths differ or are not whole rows, or `weight` is not a vector of
/// `f32`; for interleaved rows, of a multiple of 32 values.
pub fn rms_norm(
    gpu: &Context,
    x: &Rows,
    weight: &Weight,
    out: &Rows,
    eps: f32,
    layout: RowLayout,
) -> Result<Dispatch, Error> {
    let heads = x.width() / weight.cols();
    same("rms_norm", "the width of the input", heads * weight.cols(), x.width())?;
    same("rms_norm", "the width of the output", x.width(), out.width())?;
    // Each value has its factor, wherever both lie.
    let factors = match layout {
        RowLayout::Plain => weight.vector("rms_norm")?,
        RowLayout::Interleaved => weight.interleaved_vector("rms_norm")?,
    };
    let quads = quads("rms_norm", weight.cols())?;
    let kernel = RmsNorm { heads, quads, eps, x: x.buffer(), weight: factors, out: out.buffer() };
    Ok(Dispatch::one(Launch::new(gpu, &kernel, Grid { x: heads, tokens: Some(1) })?))
}
