use super::product::Store;
use crate::gpu::device::{Context, Dispatch, Grid, Launch};
use crate::gpu::error::Error;
use crate::gpu::memory::{LowRank, Rows, Step};
use crate::gpu::shape::{blocks, same};
use crate::gpu::wgsl;

/// Adds an update to products with `x` that stand in `out`, where `store` put them:
/// [`reference::low_rank`](crate::reference::low_rank()).
///
/// # Errors
/// [`Error::Shape`] when the widths differ, or A has more rows than a workgroup multiplies.
pub fn low_rank(
    gpu: &Context,
    update: &LowRank,
    x: &Rows,
    out: &Rows,
    store: Store,
    step: &Step,
) -> Result<Dispatch, Error> {
    /// Rows of the matrix that a workgroup takes at most: the fewer, the more often A is multiplied.
    const MOST: usize = 256;
    same("low_rank", "the width of the input", update.cols(), x.width())?;
    let first_row = store.first();
    if first_row + update.rows() > out.width() {
        return Err(Error::shape("low_rank", format!("no {} values from {first_row} on", update.rows())));
    }
    let inner_quads = update.inner() / 4;
    let groups = inner_quads.next_power_of_two();
    if groups > wgsl::LowRank::THREADS {
        return Err(Error::shape("low_rank", format!("{} rows of A", update.inner())));
    }
    let across = update.rows().div_ceil(MOST).max(1);
    let [second, third] = update.starts();
    let kernel = wgsl::LowRank {
        rank: update.rank(),
        b_at: update.b_at(),
        second,
        third,
        scale: update.scale(),
        rows: update.rows(),
        rows_each: update.rows().div_ceil(across),
        blocks: blocks("low_rank", update.cols())?,
        inner_quads,
        lanes: wgsl::LowRank::THREADS / groups,
        first_row,
        out_rows: out.width(),
        ab: update.buffer(),
        x: x.buffer(),
        out: out.buffer(),
        step: step.buffer(),
    };
    let grid = Grid { x: across, tokens: Some(wgsl::LowRank::TOKENS) };
    Ok(Dispatch::one(Launch::new(gpu, &kernel, grid)?))
}
