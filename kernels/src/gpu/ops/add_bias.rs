use crate::gpu::device::{Context, Dispatch, Grid, Launch};
use crate::gpu::error::Error;
use crate::gpu::memory::{Rows, Weight};
use crate::gpu::shape::{quads, same};
use crate::gpu::wgsl::AddBias;

/// `x[t] += bias`, in place, as [`reference::add_bias`](crate::reference::add_bias()).
///
/// # Errors
/// [`Error::Shape`] when the widths differ or are not a multiple of 4, or `bias` is not a vector of
/// `f32`.
pub fn add_bias(gpu: &Context, x: &Rows, bias: &Weight) -> Result<Dispatch, Error> {
    same("add_bias", "the width of the bias", x.width(), bias.cols())?;
    let quads = quads("add_bias", x.width())?;
    let kernel = AddBias { quads, x: x.buffer(), bias: bias.vector("add_bias")? };
    let grid = Grid { x: quads.div_ceil(AddBias::WORKGROUP_SIZE), tokens: Some(1) };
    Ok(Dispatch::one(Launch::new(gpu, &kernel, grid)?))
}
