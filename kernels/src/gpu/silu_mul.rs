use super::dispatch::{Dispatch, by_quads, same};
use super::{Context, Error, Rows};

/// `gate = silu(gate) · up`, in place, as [`cpu::silu_mul`](crate::cpu::silu_mul()).
///
/// # Errors
/// [`Error::Shape`] when the widths differ or are not a multiple of 4.
pub fn silu_mul(gpu: &Context, gate: &Rows, up: &Rows) -> Result<Dispatch, Error> {
    same("silu_mul", "the width of the second input", gate.width(), up.width())?;
    by_quads(gpu, "silu_mul", gate.width(), Some(1), &[gate.buffer(), up.buffer()])
}
