use crate::gpu::device::{Context, Dispatch, Grid, Launch};
use crate::gpu::error::Error;
use crate::gpu::memory::{Ids, RowLayout, Rows, Shard, Weight};
use crate::gpu::shape::same;

/// `out[t] = table[ids[t]] · scale`, as [`reference::embed`](crate::reference::embed()), in rows of this layout. An id past the table
/// reads its last row.
///
/// # Errors
/// [`Error::Shape`] when the widths differ.
pub fn embed(
    gpu: &Context,
    table: &Weight,
    ids: &Ids,
    out: &Rows,
    scale: f32,
    layout: RowLayout,
) -> Result<Dispatch, Error> {
    /// As in the kernel's `@workgroup_size`.
    const THREADS: usize = 32;
    same("embed", "the width of the output", table.cols(), out.width())?;
    let grid = Grid { x: table.blocks().div_ceil(THREADS), tokens: Some(1) };
    let (block_stride, quad_stride) = match layout {
        RowLayout::Plain => (8, 1),
        RowLayout::Interleaved => (1, table.blocks()),
    };
    let launch = |shard: &Shard| {
        let constants = [
            ("FIRST_ROW", shard.rows().start.into()),
            ("ROWS", shard.rows().len().into()),
            ("LAST_ROW", (table.rows() - 1).into()),
            ("BLOCKS", table.blocks().into()),
            ("SCALE", scale.into()),
            ("BLOCK_STRIDE", block_stride.into()),
            ("QUAD_STRIDE", quad_stride.into()),
        ];
        let buffers = shard.bind(&[ids.buffer(), out.buffer()]);
        Launch::new(gpu, "embed", &[table.define()], &constants, &buffers, grid)
    };
    Ok(Dispatch::all(table.shards().iter().map(launch).collect::<Result<_, _>>()?))
}
