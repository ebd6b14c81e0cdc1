use super::dispatch::{Dispatch, Launch};
use super::product::{Product, Store};
use super::tile::{self, Tile};
use super::{Context, Error, Rows, Step, Tuning, Weight};

/// On a real GPU, steps of up to so many tokens multiply token by token.
const FEW: u32 = 4;

/// `out[t][r] = Σ_c weight[r][c] · x[t][c]`, as [`cpu::matmul`](crate::cpu::matmul()).
///
/// Three kernels stand behind it: `matvec.wgsl` for few tokens; for many, `matmul.wgsl` on real GPUs and
/// `matmul_direct.wgsl` on software adapters.
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
    let few = matvec(&product, gpu.tuning(), x)?;
    if out.rows() == 1 {
        return Ok(Dispatch::all(few));
    }
    match gpu.tuning() {
        Tuning::Hardware => {
            let mut launches = vec![(FEW, few)];
            for (most, tile) in tile::choose(tile::FLOAT, weight.rows()) {
                if most > FEW {
                    launches.push((most, tiled(&product, x, step, tile)?));
                }
            }
            Ok(Dispatch::by_steps(launches))
        }
        Tuning::Software => Ok(Dispatch::by_tokens(1, few, direct(&product, x, step)?)),
    }
}

/// As [`matmul`], always token by token: for steps of a few.
///
/// # Errors
/// As [`matmul`].
pub fn matmul_few(
    gpu: &Context,
    weight: &Weight,
    x: &Rows,
    out: &Rows,
    store: Store,
) -> Result<Dispatch, Error> {
    let product = Product::new(gpu, weight, x.width(), out, store)?;
    Ok(Dispatch::all(matvec(&product, gpu.tuning(), x)?))
}

/// As [`matmul`], always by `matmul.wgsl` with one of [`FLOAT_TILES`](super::FLOAT_TILES), or that in 16 bits.
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

fn matvec(product: &Product<'_>, tuning: Tuning, x: &Rows) -> Result<Vec<Launch>, Error> {
    /// As in the kernel.
    const ROWS: usize = 4;
    // Threads of a workgroup, and how many of them share four rows.
    let (threads, lanes) = match tuning {
        Tuning::Hardware => (64, 16),
        Tuning::Software => (16, 1),
    };
    let constants = [("THREADS", threads.into()), ("LANES", lanes.into())];
    product.launch("matvec", &[], &constants, (&[x.buffer()], &[]), (threads / lanes * ROWS, 1))
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
