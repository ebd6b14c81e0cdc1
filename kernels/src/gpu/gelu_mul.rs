use super::dispatch::{Dispatch, by_quads, same};
use super::{Context, Error, Rows};

/// `gate = gelu(gate) · up`, in place, as [`cpu::gelu_mul`](crate::cpu::gelu_mul()).
///
/// # Errors
/// [`Error::Shape`] when the widths differ or are not a multiple of 4.
pub fn gelu_mul(gpu: &Context, gate: &Rows, up: &Rows) -> Result<Dispatch, Error> {
    same("gelu_mul", "the width of the second input", gate.width(), up.width())?;
    by_quads(gpu, "gelu_mul", gate.width(), Some(1), &[gate.buffer(), up.buffer()])
}
