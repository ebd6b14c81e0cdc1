use super::product::{Product, Store};
use super::tile::{self, Tile};
use crate::gpu::device::{Context, Dispatch, Launch, Tuning};
use crate::gpu::error::Error;
use crate::gpu::memory::{Rows, Step, Weight};
use crate::gpu::wgsl::{Matmul, MatmulDirect};

/// `out[t][r] = Σ_c weight[r][c] · x[t][c]`, as [`reference::matmul`](crate::reference::matmul()).
///
/// Two kernels stand behind it: `matmul.wgsl` on real GPUs and `matmul_direct.wgsl` on software
/// adapters. For few tokens there is [`matvec_few()`](crate::gpu::matvec_few()).
///
/// # Errors
/// [`Error::Shape`] when the widths differ.
pub fn matmul(
    gpu: &Context,
    weight: &Weight,
    x: &Rows,
    out: &Rows,
    store: Store,
    step: &Step,
) -> Result<Dispatch, Error> {
    let product = Product::new(gpu, weight, x.width(), out, store)?;
    match gpu.tuning() {
        Tuning::Hardware => {
            let launches = tile::choose(tile::FLOAT, weight.rows())
                .into_iter()
                .map(|(most, tile)| Ok((most, tiled(&product, x, step, tile)?)));
            Ok(Dispatch::by_steps(launches.collect::<Result<_, Error>>()?))
        }
        Tuning::Software => Ok(Dispatch::all(direct(&product, x, step)?)),
    }
}

/// As [`matmul`], always by `matmul.wgsl` with one of [`FLOAT_TILES`](crate::gpu::FLOAT_TILES), or
/// that in 16 bits.
///
/// # Errors
/// [`Error::Shape`] when the widths differ, or the kernel has no such tile.
pub fn matmul_tiled(
    gpu: &Context,
    weight: &Weight,
    x: &Rows,
    out: &Rows,
    store: Store,
    step: &Step,
    tile: Tile,
) -> Result<Dispatch, Error> {
    let product = Product::new(gpu, weight, x.width(), out, store)?;
    Ok(Dispatch::all(tiled(&product, x, step, tile)?))
}

fn tiled(product: &Product<'_>, x: &Rows, step: &Step, tile: Tile) -> Result<Vec<Launch>, Error> {
    product.launch((tile.rows, tile.tokens as usize), |part| {
        Ok(Matmul {
            weight_type: part.weight_type,
            tile: tile.permutation,
            f16: tile.f16,
            first_row: part.first_row,
            out_rows: part.out_rows,
            accumulate: part.accumulate,
            rows: part.rows,
            blocks: part.blocks,
            quants: part.quants,
            scales: part.scales,
            x: x.buffer(),
            out: part.out,
            step: step.buffer(),
        })
    })
}

fn direct(product: &Product<'_>, x: &Rows, step: &Step) -> Result<Vec<Launch>, Error> {
    /// Rows of a thread, and tokens.
    const FOUR: usize = 4;
    product.launch((FOUR * MatmulDirect::THREADS, FOUR), |part| {
        Ok(MatmulDirect {
            weight_type: part.weight_type,
            first_row: part.first_row,
            out_rows: part.out_rows,
            accumulate: part.accumulate,
            rows: part.rows,
            blocks: part.blocks,
            quants: part.quants,
            scales: part.scales,
            x: x.buffer(),
            out: part.out,
            step: step.buffer(),
        })
    })
}
