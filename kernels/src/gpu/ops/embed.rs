use crate::gpu::device::{Context, Dispatch, Grid, Launch};
use crate::gpu::error::Error;
use crate::gpu::memory::{Ids, RowLayout, Rows, Shard, Weight};
use crate::gpu::shape::same;
use crate::gpu::wgsl::Embed;

/// `out[t] = table[ids[t]] · scale`, as [`reference::embed`](crate::reference::embed()), in rows of
/// this layout. An id past the table reads its last row.
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
    same("embed", "the width of the output", table.cols(), out.width())?;
    let (block_stride, quad_stride) = match layout {
        RowLayout::Plain => (8, 1),
        RowLayout::Interleaved => (1, table.blocks()),
    };
    let grid = Grid { x: table.blocks().div_ceil(Embed::WORKGROUP_SIZE), tokens: Some(1) };
    let launch = |shard: &Shard| {
        let kernel = Embed {
            weight_type: table.weight_type(),
            first_row: shard.rows().start,
            rows: shard.rows().len(),
            last_row: table.rows() - 1,
            blocks: table.blocks(),
            scale,
            block_stride,
            quad_stride,
            quants: shard.quants(),
            scales: shard.scales(),
            ids: ids.buffer(),
            out: out.buffer(),
        };
        Launch::new(gpu, &kernel, grid)
    };
    Ok(Dispatch::all(table.shards().iter().map(launch).collect::<Result<_, _>>()?))
}
