use super::dispatch::{Dispatch, Grid, Launch, same};
use super::{Context, Error, Ids, Rows, Weight};

/// `out[t] = table[ids[t]] · scale`, as [`cpu::embed`](crate::cpu::embed()). An id past the table reads its last row.
///
/// # Errors
/// [`Error::Shape`] when the widths differ.
pub fn embed(gpu: &Context, table: &Weight, ids: &Ids, out: &Rows, scale: f32) -> Result<Dispatch, Error> {
    /// As in the kernel's `@workgroup_size`.
    const THREADS: usize = 32;
    same("embed", "the width of the output", table.cols(), out.width())?;
    let constants =
        [("ROWS", table.rows().into()), ("BLOCKS", table.blocks().into()), ("SCALE", scale.into())];
    let buffers = table.bind(&[ids.buffer(), out.buffer()]);
    let grid = Grid { x: table.blocks().div_ceil(THREADS), tokens: Some(1) };
    Ok(Dispatch::one(Launch::new(gpu, "embed", table.define(), &constants, &buffers, grid)?))
}
