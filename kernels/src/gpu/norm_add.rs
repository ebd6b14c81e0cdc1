use super::dispatch::{Dispatch, Grid, Launch, blocks, quads, same};
use super::{Context, Error, Order, Rows, Weight};

/// `out[t] += x[t] / sqrt(mean(x[t]²) + eps) · weight`: [`reference::rms_norm`](crate::reference::rms_norm()) and
/// [`reference::add`](crate::reference::add()); `order` is that of `out`.
///
/// # Errors
/// [`Error::Shape`] when the widths differ or are not a multiple of 4 (of 32 when spread), or `weight` is not a vector of
/// `f32`.
pub fn norm_add(
    gpu: &Context,
    x: &Rows,
    weight: &Weight,
    out: &Rows,
    eps: f32,
    order: Order,
) -> Result<Dispatch, Error> {
    same("norm_add", "the width of the weight", x.width(), weight.cols())?;
    same("norm_add", "the width of the output", x.width(), out.width())?;
    if order == Order::Spread {
        blocks("norm_add", out.width())?;
    }
    let constants = [
        ("QUADS", quads("norm_add", x.width())?.into()),
        ("EPS", eps.into()),
        ("SPREAD", (order == Order::Spread).into()),
    ];
    let buffers = [x.buffer(), weight.vector("norm_add")?, out.buffer()];
    let grid = Grid { x: 1, tokens: Some(1) };
    Ok(Dispatch::one(Launch::new(gpu, "norm_add", &[], &constants, &buffers, grid)?))
}
