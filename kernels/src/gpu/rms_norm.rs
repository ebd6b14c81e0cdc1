use super::dispatch::{Dispatch, Grid, Launch, quads, same};
use super::{Context, Error, Rows, Weight};

/// `out[t] = x[t] / sqrt(mean(x[t]²) + eps) · weight`, as [`cpu::rms_norm`](crate::cpu::rms_norm()).
///
/// # Errors
/// [`Error::Shape`] when the widths differ, or `weight` is not a vector of `f32`.
pub fn rms_norm(gpu: &Context, x: &Rows, weight: &Weight, out: &Rows, eps: f32) -> Result<Dispatch, Error> {
    same("rms_norm", "the width of the input", weight.cols(), x.width())?;
    same("rms_norm", "the width of the output", weight.cols(), out.width())?;
    let constants = [("QUADS", quads("rms_norm", x.width())?.into()), ("EPS", eps.into())];
    let buffers = [x.buffer(), weight.vector("rms_norm")?, out.buffer()];
    let grid = Grid { x: 1, tokens: Some(1) };
    Ok(Dispatch::one(Launch::new(gpu, "rms_norm", "", &constants, &buffers, grid)?))
}
