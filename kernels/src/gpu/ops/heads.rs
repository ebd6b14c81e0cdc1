use crate::gpu::device::{Context, Dispatch, Grid, Launch};
use crate::gpu::error::Error;
use crate::gpu::memory::{KvCache, Rotations, Rows, Step, Weight};
use crate::gpu::shape::same;
use crate::gpu::wgsl;
use crate::ops::RopeStyle;

/// What [`heads`] takes: tokens' queries, keys and values, and what is to become of them.
pub struct Heads<'a> {
    /// Queries, keys and values side by side.
    pub qkv: &'a Rows,
    /// Receives the queries, of whole heads as wide as those of the cache.
    pub q: &'a Rows,
    /// Weights of the norms of each head of queries and of keys, and their epsilon.
    pub norm: Option<(&'a Weight, &'a Weight, f32)>,
    /// Rotates queries and keys.
    pub rotations: &'a Rotations,
    /// Pairing.
    pub style: RopeStyle,
    /// Where keys and values go.
    pub cache: &'a KvCache,
}

/// Prepares the step's tokens for attention, in one launch:
/// [`reference::rms_norm`](crate::reference::rms_norm()) of each head of queries and keys,
/// [`reference::rope`](crate::reference::rope()) of both, and keys and values into the cache at
/// their positions, as [`reference::store_kv`](crate::reference::store_kv()).
///
/// # Errors
/// [`Error::Shape`] when widths differ or are not whole heads.
pub fn heads(gpu: &Context, of: &Heads<'_>, step: &Step) -> Result<Dispatch, Error> {
    let (cache, head_dim) = (of.cache, of.cache.head_dim());
    let heads = of.q.width() / head_dim;
    same("heads", "the width of the queries", heads * head_dim, of.q.width())?;
    same("heads", "the width of the input", of.q.width() + 2 * cache.width(), of.qkv.width())?;
    same("heads", "the values that are rotated", head_dim, 2 * of.rotations.pairs())?;
    let (eps, q_norm, k_norm) = match of.norm {
        Some((q_norm, k_norm, eps)) => {
            same("heads", "the width of the queries' norm", head_dim, q_norm.cols())?;
            same("heads", "the width of the keys' norm", head_dim, k_norm.cols())?;
            (Some(eps), Some(q_norm.vector("heads")?), Some(k_norm.vector("heads")?))
        }
        None => (None, None, None),
    };
    let (stride, apart) = match of.style {
        RopeStyle::Interleaved => (2, 1),
        RopeStyle::Halves => (1, head_dim / 2),
    };
    let kernel = wgsl::Heads {
        kv_format: cache.kv_format(),
        batched: step.is_batched(),
        norm: of.norm.is_some(),
        heads,
        kv_heads: cache.kv_heads(),
        head_quads: cache.head_quads(),
        stride,
        apart,
        eps,
        qkv: of.qkv.buffer(),
        q: of.q.buffer(),
        cache: cache.buffer(),
        step: step.buffer(),
        rotations: of.rotations.buffer(),
        q_norm,
        k_norm,
    };
    let grid = Grid { x: heads + cache.kv_heads(), tokens: Some(1) };
    Ok(Dispatch::one(Launch::new(gpu, &kernel, grid)?))
}
