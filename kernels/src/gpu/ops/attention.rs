use crate::gpu::device::{Context, Dispatch, Grid, Launch, Tuning};
use crate::gpu::error::Error;
use crate::gpu::memory::{KvCache, Partials, RowLayout, Rows, Step};
use crate::gpu::shape::{blocks, same};
use crate::gpu::wgsl::{AttentionCombine, AttentionSplit, AttentionTiled};
use crate::ops::Attention;

/// Causal attention over a cache that already holds the step's own entries, as
/// [`reference::attention`](crate::reference::attention()).
///
/// Steps of so few tokens as `partials` has room for are [`attention_split`] and
/// [`attention_combine`], others one launch of `attention_tiled.wgsl`.
///
/// # Errors
/// [`Error::Shape`] when the widths differ, or a head has not 4 to 256 values, a multiple of 4.
pub fn attention(
    gpu: &Context,
    shape: &Attention,
    q: &Rows,
    cache: &KvCache,
    partials: &Partials,
    out: &Rows,
    step: &Step,
) -> Result<Dispatch, Error> {
    let few = vec![
        split(gpu, shape, q, cache, partials, step)?,
        combine(gpu, shape, partials, out, RowLayout::Plain, step)?,
    ];
    let many = vec![tiled(gpu, shape, q, cache, out, step)?];
    Ok(Dispatch::by_tokens(u32::try_from(partials.tokens()).unwrap_or(u32::MAX), few, many))
}

/// The first half of attention for few tokens: each span of positions by itself, over the whole
/// GPU. A following product puts the results together as it reads them, or [`attention_combine`]
/// does.
///
/// # Errors
/// As [`attention`].
pub fn attention_split(
    gpu: &Context,
    shape: &Attention,
    q: &Rows,
    cache: &KvCache,
    partials: &Partials,
    step: &Step,
) -> Result<Dispatch, Error> {
    Ok(Dispatch::one(split(gpu, shape, q, cache, partials, step)?))
}

/// The second half: `out` from what [`attention_split`] gave, in rows of this layout.
///
/// # Errors
/// As [`attention`].
pub fn attention_combine(
    gpu: &Context,
    shape: &Attention,
    partials: &Partials,
    out: &Rows,
    layout: RowLayout,
    step: &Step,
) -> Result<Dispatch, Error> {
    Ok(Dispatch::one(combine(gpu, shape, partials, out, layout, step)?))
}

fn split(
    gpu: &Context,
    shape: &Attention,
    q: &Rows,
    cache: &KvCache,
    partials: &Partials,
    step: &Step,
) -> Result<Launch, Error> {
    check(shape, q, cache)?;
    check_partials(shape, partials)?;
    let lanes = shape.head_dim.div_ceil(8).next_power_of_two();
    let subgroup = gpu.features().subgroup as usize;
    // A software adapter gains nothing from threads.
    let threads = match gpu.tuning() {
        Tuning::Hardware => (16 * lanes).clamp(64, 256),
        Tuning::Software => (2 * lanes).max(16),
    };
    let subgroups = subgroup > 1;
    let kernel = AttentionSplit {
        kv_format: cache.kv_format(),
        subgroups,
        heads: shape.heads,
        kv_heads: cache.kv_heads(),
        head_quads: cache.head_quads(),
        scale: shape.scale,
        window: shape.window.unwrap_or(0),
        batched: step.is_batched(),
        threads,
        lanes,
        subgroup: subgroups.then_some(subgroup),
        q: q.buffer(),
        cache: cache.buffer(),
        partials: partials.buffer(),
        step: step.buffer(),
        entries: step.entries(q.buffer()),
    };
    // How many spans there are is known when the kernel runs: those that there are not end at once.
    let grid = Grid { x: shape.heads * AttentionSplit::MOST_SPLITS, tokens: Some(1) };
    Launch::new(gpu, &kernel, grid)
}

fn combine(
    gpu: &Context,
    shape: &Attention,
    partials: &Partials,
    out: &Rows,
    layout: RowLayout,
    step: &Step,
) -> Result<Launch, Error> {
    check_partials(shape, partials)?;
    same("attention", "the width of the output", shape.heads * shape.head_dim, out.width())?;
    if layout == RowLayout::Interleaved {
        blocks("attention", out.width())?;
    }
    let kernel = AttentionCombine {
        heads: partials.heads(),
        head_quads: partials.head_quads(),
        window: shape.window.unwrap_or(0),
        interleaved: layout == RowLayout::Interleaved,
        batched: step.is_batched(),
        x: partials.buffer(),
        out: out.buffer(),
        step: step.buffer(),
    };
    let quads = out.width() / 4;
    let grid = Grid { x: quads.div_ceil(AttentionCombine::WORKGROUP_SIZE), tokens: Some(1) };
    Launch::new(gpu, &kernel, grid)
}

fn tiled(
    gpu: &Context,
    shape: &Attention,
    q: &Rows,
    cache: &KvCache,
    out: &Rows,
    step: &Step,
) -> Result<Launch, Error> {
    check(shape, q, cache)?;
    same("attention", "the width of the output", shape.heads * shape.head_dim, out.width())?;
    let quads = shape.head_dim / 4;
    let queries = match gpu.tuning() {
        Tuning::Hardware if quads <= 32 => 32,
        Tuning::Hardware => 16,
        // A software adapter gains nothing from threads.
        Tuning::Software => 4,
    };
    let (keys, parts) = tile(queries, quads);
    let kernel = AttentionTiled {
        kv_format: cache.kv_format(),
        heads: shape.heads,
        kv_heads: cache.kv_heads(),
        head_quads: cache.head_quads(),
        scale: shape.scale,
        window: shape.window.unwrap_or(0),
        queries,
        keys,
        parts,
        threads: queries / 4 * quads,
        batched: step.is_batched(),
        q: q.buffer(),
        cache: cache.buffer(),
        out: out.buffer(),
        step: step.buffer(),
        entries: step.entries(q.buffer()),
    };
    // How texts divide into tiles is known when the kernel runs: no tile has less than a token, and
    // those that there are not end at once.
    let tokens = if step.is_batched() { 1 } else { queries };
    Launch::new(gpu, &kernel, Grid { x: shape.heads, tokens: Some(tokens) })
}

/// How many keys a tile of `attention_tiled.wgsl` has, as many as workgroup memory holds, and how
/// many threads share one.
fn tile(queries: usize, quads: usize) -> (usize, usize) {
    /// What every device has, in `vec4<f32>`.
    const WORKGROUP_MEMORY: usize = 16_384 / 16;
    let parts = |keys: usize| (quads / keys).max(1);
    let room = |keys: usize| keys * (quads + 1) + queries / 4 * (parts(keys) * keys + 1);
    let keys = if room(32) <= WORKGROUP_MEMORY {
        32
    } else if room(16) <= WORKGROUP_MEMORY {
        16
    } else {
        8
    };
    (keys, parts(keys))
}

fn check(shape: &Attention, q: &Rows, cache: &KvCache) -> Result<(), Error> {
    let Attention { heads, kv_heads, head_dim, window, .. } = *shape;
    same("attention", "the width of the queries", heads * head_dim, q.width())?;
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
    Ok(())
}

fn check_partials(shape: &Attention, partials: &Partials) -> Result<(), Error> {
    same("attention", "the heads of the partial results", shape.heads, partials.heads())?;
    same("attention", "the values of their heads", shape.head_dim, partials.head_dim())
}
