use super::dispatch::{Dispatch, Grid, Launch, same};
use super::{Context, Error, Rows, Step, Weight};

/// What happens to the output's old values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    /// They are replaced.
    Replace,
    /// The product is added to them: a residual connection.
    Add,
}

/// Steps of up to so many tokens multiply token by token; larger ones in tiles.
const FEW: u32 = 4;

/// `out[t][r] = Σ_c weight[r][c] · x[t][c]`, as [`cpu::matmul`](crate::cpu::matmul()).
///
/// Two kernels stand behind it: `matvec.wgsl` for a few tokens, `matmul.wgsl` for many.
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
    same("matmul", "the width of the input", weight.cols(), x.width())?;
    same("matmul", "the width of the output", weight.rows(), out.width())?;
    let few = matvec(gpu, weight, x, out, store)?;
    let many = tiled(gpu, weight, x, out, store, step)?;
    Ok(Dispatch::by_tokens(FEW, few, many))
}

fn matvec(gpu: &Context, weight: &Weight, x: &Rows, out: &Rows, store: Store) -> Result<Launch, Error> {
    /// As in the kernel.
    const ROWS_PER_THREAD: usize = 4;
    let (threads, lanes) = if gpu.is_software() { (16, 1) } else { (64, 16) };
    let constants = [
        ("ROWS", weight.rows().into()),
        ("BLOCKS", weight.blocks().into()),
        ("THREADS", threads.into()),
        ("LANES", lanes.into()),
        ("ACCUMULATE", (store == Store::Add).into()),
    ];
    let buffers = weight.bind(&[x.buffer(), out.buffer()]);
    let grid = Grid { x: weight.rows().div_ceil(threads / lanes * ROWS_PER_THREAD), tokens: Some(1) };
    Launch::new(gpu, "matvec", weight.define(), &constants, &buffers, grid)
}

fn tiled(
    gpu: &Context,
    weight: &Weight,
    x: &Rows,
    out: &Rows,
    store: Store,
    step: &Step,
) -> Result<Launch, Error> {
    /// As in the kernel.
    const TILE_ROWS: usize = 64;
    const TILE_TOKENS: u32 = 32;
    let constants = [
        ("ROWS", weight.rows().into()),
        ("BLOCKS", weight.blocks().into()),
        ("ACCUMULATE", (store == Store::Add).into()),
    ];
    let buffers = weight.bind(&[x.buffer(), out.buffer(), step.buffer()]);
    let grid = Grid { x: weight.rows().div_ceil(TILE_ROWS), tokens: Some(TILE_TOKENS) };
    Launch::new(gpu, "matmul", weight.define(), &constants, &buffers, grid)
}
