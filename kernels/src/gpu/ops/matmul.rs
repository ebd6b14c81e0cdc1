use super::product::{Product, Store};
use super::tile::{self, Tile};
use crate::gpu::device::{Context, Dispatch, Launch, Tuning};
use crate::gpu::error::Error;
use crate::gpu::memory::{Rows, Step, Weight};

/// `out[t][r] = Σ_c weight[r][c] · x[t][c]`, as [`reference::matmul`](crate::reference::matmul()).
///
/// Two kernels stand behind it: `matmul.wgsl` on real GPUs and `matmul_direct.wgsl` on software adapters. For few tokens there
/// is [`matvec_few()`](crate::gpu::matvec_few()).
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

/// As [`matmul`], always by `matmul.wgsl` with one of [`FLOAT_TILES`](crate::gpu::FLOAT_TILES), or that in 16 bits.
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
    if !tile::FLOAT_TILES.contains(&Tile { f16: false, ..tile }) {
        return Err(Error::shape("matmul", format!("no {}", tile.name)));
    }
    Ok(Dispatch::all(tiled(&product, x, step, tile)?))
}

fn tiled(product: &Product<'_>, x: &Rows, step: &Step, tile: Tile) -> Result<Vec<Launch>, Error> {
    let defines: &[_] = if tile.f16 { &[tile.name, "SHADER_F16"] } else { &[tile.name] };
    product.launch("matmul", defines, &[], (&[x.buffer()], &[step.buffer()]), (tile.rows, tile.tokens))
}

fn direct(product: &Product<'_>, x: &Rows, step: &Step) -> Result<Vec<Launch>, Error> {
    /// As in the kernel: 16 threads of 4 rows.
    const ROWS: usize = 64;
    const TOKENS: u32 = 4;
    product.launch("matmul_direct", &[], &[], (&[x.buffer()], &[step.buffer()]), (ROWS, TOKENS))
}
