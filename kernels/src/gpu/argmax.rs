use super::dispatch::{Dispatch, Grid, Launch};
use super::{Context, Error, Ids, Rows};

/// Writes the index of the largest value of the first row of `values` to `out`, as [`cpu::argmax`](crate::cpu::argmax()):
/// the first of equals, never NaN.
///
/// # Errors
/// None but those of the device's limits.
pub fn argmax(gpu: &Context, values: &Rows, out: &Ids) -> Result<Dispatch, Error> {
    let constants = [("LEN", values.width().into())];
    let buffers = [values.buffer(), out.buffer()];
    let grid = Grid { x: 1, tokens: None };
    Ok(Dispatch::one(Launch::new(gpu, "argmax", &[], &constants, &buffers, grid)?))
}
