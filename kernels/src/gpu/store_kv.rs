use super::dispatch::{Dispatch, by_quads, same};
use super::{Context, Error, Rows, Step};

/// A layer's keys and values of every position, `[position][kv_head][head_dim]`.
pub struct KvCache {
    /// Keys, rotated already.
    pub keys: Rows,
    /// Values.
    pub values: Rows,
}

impl KvCache {
    /// Room for `positions` entries of `width` values.
    ///
    /// # Errors
    /// [`Error::TooLarge`] when the device cannot bind that much at once.
    pub fn new(gpu: &Context, positions: usize, width: usize) -> Result<Self, Error> {
        let keys = Rows::new(gpu, "key cache", positions, width)?;
        let values = Rows::new(gpu, "value cache", positions, width)?;
        Ok(Self { keys, values })
    }
}

/// Puts the step's keys and values into `cache` at their positions.
///
/// # Errors
/// [`Error::Shape`] when the widths differ or are not a multiple of 4.
pub fn store_kv(
    gpu: &Context,
    keys: &Rows,
    values: &Rows,
    cache: &KvCache,
    step: &Step,
) -> Result<Dispatch, Error> {
    let width = cache.keys.width();
    same("store_kv", "the width of the keys", width, keys.width())?;
    same("store_kv", "the width of the values", width, values.width())?;
    let buffers = [keys.buffer(), values.buffer(), cache.keys.buffer(), cache.values.buffer(), step.buffer()];
    by_quads(gpu, "store_kv", width, Some(1), &buffers)
}
