use super::dispatch::{Dispatch, Grid, Launch, same};
use super::{Context, Error, KvCache, Rows, Step};
use crate::cpu::KvFormat;

/// Puts the step's keys and values into `cache` at their positions, rounded as [`cpu::store_kv`](crate::cpu::store_kv())
/// does.
///
/// # Errors
/// [`Error::Shape`] when the widths differ.
pub fn store_kv(
    gpu: &Context,
    keys: &Rows,
    values: &Rows,
    cache: &KvCache,
    step: &Step,
) -> Result<Dispatch, Error> {
    /// As in the kernel's `@workgroup_size`.
    const THREADS: usize = 64;
    same("store_kv", "the width of the keys", cache.width(), keys.width())?;
    same("store_kv", "the width of the values", cache.width(), values.width())?;
    let buffers = [keys.buffer(), values.buffer(), cache.buffer(), step.buffer()];
    let values_each = if cache.format() == KvFormat::Q8_0 { 32 } else { 2 };
    let grid = Grid { x: (cache.width() / values_each).div_ceil(THREADS), tokens: Some(1) };
    let launch = Launch::new(gpu, "store_kv", &[cache.define()], &cache.constants(), &buffers, grid)?;
    Ok(Dispatch::one(launch))
}
