use super::dispatch::{Dispatch, Grid, Launch, same};
use super::{Context, Error, Rotations, Rows, Step};
use crate::cpu::RopeStyle;

/// Rotates every head of every token of `x` by its position, in place, as [`cpu::rope`](crate::cpu::rope()).
///
/// # Errors
/// [`Error::Shape`] when the width is not whole heads.
pub fn rope(
    gpu: &Context,
    x: &Rows,
    rotations: &Rotations,
    style: RopeStyle,
    step: &Step,
) -> Result<Dispatch, Error> {
    /// As in the kernel's `@workgroup_size`.
    const THREADS: usize = 64;
    let head_pairs = rotations.pairs();
    let heads = x.width() / (2 * head_pairs).max(1);
    same("rope", "the width of the input", heads * 2 * head_pairs, x.width())?;
    let pairs = x.width() / 2;
    let constants = [("PAIRS", pairs.into()), ("HEAD_PAIRS", head_pairs.into())];
    let define = match style {
        RopeStyle::Interleaved => "INTERLEAVED",
        RopeStyle::Halves => "HALF_APART",
    };
    let buffers = [rotations.buffer(), x.buffer(), step.buffer()];
    let grid = Grid { x: pairs.div_ceil(THREADS), tokens: Some(1) };
    Ok(Dispatch::one(Launch::new(gpu, "rope", &[define], &constants, &buffers, grid)?))
}
