use super::product::Store;
use crate::gpu::device::{Context, Dispatch, Grid, Launch};
use crate::gpu::error::Error;
use crate::gpu::memory::{LowRank, Rows, Step};
use crate::gpu::shape::same;
use crate::gpu::wgsl;

/// Adds an update to products that stand in `out`, where `store` put them: the second half of
/// [`reference::low_rank`](crate::reference::low_rank()), of which `inner` is the first,
/// [`matmul()`](crate::gpu::matmul()) of [`LowRank::a`].
///
/// # Errors
/// [`Error::Shape`] when the widths differ.
pub fn low_rank(
    gpu: &Context,
    update: &LowRank,
    inner: &Rows,
    out: &Rows,
    store: Store,
    step: &Step,
) -> Result<Dispatch, Error> {
    /// Tokens of a thread.
    const FOUR: usize = 4;
    same("low_rank", "the width of the input", update.a().rows(), inner.width())?;
    let first_row = store.first();
    if first_row + update.rows() > out.width() {
        return Err(Error::shape("low_rank", format!("no {} values from {first_row} on", update.rows())));
    }
    let [second, third] = update.starts();
    let kernel = wgsl::LowRank {
        rank: update.rank(),
        b_at: update.b_at(),
        second,
        third,
        scale: update.scale(),
        rows: update.rows(),
        inner: inner.width(),
        first_row,
        out_rows: out.width(),
        ab: update.buffer(),
        inner_products: inner.buffer(),
        out: out.buffer(),
        step: step.buffer(),
    };
    let grid = Grid { x: update.rows().div_ceil(wgsl::LowRank::WORKGROUP_SIZE), tokens: Some(FOUR) };
    Ok(Dispatch::one(Launch::new(gpu, &kernel, grid)?))
}
