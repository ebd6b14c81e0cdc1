use super::dispatch::{Dispatch, Grid, Launch, same};
use super::{Context, Error, KvCache, Rows, Step, Tuning};
use crate::cpu::Attention;

/// Causal attention over a cache that already holds the step's own entries, as
/// [`cpu::attention`](crate::cpu::attention()).
///
/// Two kernels stand behind it: `attention.wgsl` for one token, `attention_tiled.wgsl` for more.
///
/// # Errors
/// [`Error::Shape`] when the widths differ, or a head has not 4 to 256 values, a multiple of 4.
pub fn attention(
    gpu: &Context,
    shape: &Attention,
    q: &Rows,
    cache: &KvCache,
    out: &Rows,
    step: &Step,
) -> Result<Dispatch, Error> {
    let Attention { heads, kv_heads, head_dim, scale, window } = *shape;
    same("attention", "the width of the queries", heads * head_dim, q.width())?;
    same("attention", "the width of the output", heads * head_dim, out.width())?;
    same("attention", "the heads of the cache", kv_heads, cache.kv_heads())?;
    same("attention", "the values of its heads", head_dim, cache.head_dim())?;
    if kv_heads == 0 || !heads.is_multiple_of(kv_heads) {
        return Err(Error::shape("attention", format!("{heads} heads cannot share {kv_heads}")));
    }
    if !(4..=256).contains(&head_dim) || !head_dim.is_multiple_of(4) {
        return Err(Error::shape("attention", format!("a head of {head_dim} values")));
    }
    if window == Some(0) {
        return Err(Error::shape("attention", "a window of 0 positions"));
    }
    let quads = head_dim / 4;
    // A software adapter gains nothing from threads, and every thread looks at every score of a tile.
    let threads = match gpu.tuning() {
        Tuning::Hardware => 64,
        Tuning::Software => quads.max(16),
    };
    let [kv_heads, head_quads] = cache.constants();
    let constants = [
        kv_heads,
        head_quads,
        ("THREADS", threads.into()),
        ("HEADS", heads.into()),
        ("SCALE", scale.into()),
        ("WINDOW", window.unwrap_or(0).into()),
    ];
    let buffers = [q.buffer(), cache.buffer(), out.buffer(), step.buffer()];
    let launch = |kernel, tokens| -> Result<_, Error> {
        let grid = Grid { x: heads, tokens: Some(tokens) };
        Ok(vec![Launch::new(gpu, kernel, &[cache.define()], &constants, &buffers, grid)?])
    };
    Ok(Dispatch::by_tokens(1, launch("attention", 1)?, launch("attention_tiled", 4)?))
}
