use super::dispatch::{Dispatch, Grid, Launch, blocks, quads, same};
use super::{Context, Error, Order, Rows};

/// `out = activation(gate) · up`, which lie side by side in `both`, as [`reference::silu_mul`](crate::reference::silu_mul()) or, with
/// `gelu`, [`reference::gelu_mul`](crate::reference::gelu_mul()); `order` is that of `out`.
///
/// # Errors
/// [`Error::Shape`] when the widths differ or are not a multiple of 4 (of 32 when spread).
pub fn gate(gpu: &Context, both: &Rows, gelu: bool, out: &Rows, order: Order) -> Result<Dispatch, Error> {
    /// As in the kernel's `@workgroup_size`.
    const THREADS: usize = 64;
    same("gate", "the width of the input", 2 * out.width(), both.width())?;
    if order == Order::Spread {
        blocks("gate", out.width())?;
    }
    let quads = quads("gate", out.width())?;
    let constants =
        [("QUADS", quads.into()), ("GELU", gelu.into()), ("SPREAD", (order == Order::Spread).into())];
    let grid = Grid { x: quads.div_ceil(THREADS), tokens: Some(1) };
    let launch = Launch::new(gpu, "gate", &[], &constants, &[both.buffer(), out.buffer()], grid)?;
    Ok(Dispatch::one(launch))
}
