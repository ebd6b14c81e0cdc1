use super::dispatch::{Dispatch, by_quads, same};
use super::{Context, Error, Rows, Weight};

/// `x[t] += bias`, in place, as [`reference::add_bias`](crate::reference::add_bias()).
///
/// # Errors
/// [`Error::Shape`] when the widths differ or are not a multiple of 4, or `bias` is not a vector of `f32`.
pub fn add_bias(gpu: &Context, x: &Rows, bias: &Weight) -> Result<Dispatch, Error> {
    same("add_bias", "the width of the bias", x.width(), bias.cols())?;
    by_quads(gpu, "add_bias", x.width(), Some(1), &[x.buffer(), bias.vector("add_bias")?])
}
