use super::dispatch::{Dispatch, Grid, Launch, same};
use super::pipeline::Constant;
use super::shard::Shard;
use super::{Context, Error, Rows, Step, Tuning, Weight};

/// What happens to the output's old values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    /// They are replaced.
    Replace,
    /// The product is added to them: a residual connection.
    Add,
}

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
    same("matmul", "the width of the input", weight.cols(), x.width())?;
    same("matmul", "the width of the output", weight.rows(), out.width())?;
    let product = Product { gpu, weight, x, out, store, step };
    let few = product.matvec()?;
    if out.rows() == 1 {
        return Ok(Dispatch::all(few));
    }
    Ok(match gpu.tuning() {
        Tuning::Hardware => Dispatch::by_tokens(FEW, few, product.tiled()?),
        Tuning::Software => Dispatch::by_tokens(1, few, product.direct()?),
    })
}

struct Product<'a> {
    gpu: &'a Context,
    weight: &'a Weight,
    x: &'a Rows,
    out: &'a Rows,
    store: Store,
    step: &'a Step,
}

impl Product<'_> {
    fn matvec(&self) -> Result<Vec<Launch>, Error> {
        /// As in the kernel.
        const ROWS: usize = 4;
        // Threads of a workgroup, and how many of them share four rows.
        let (threads, lanes) = match self.gpu.tuning() {
            Tuning::Hardware => (64, 16),
            Tuning::Software => (16, 1),
        };
        let constants = [("THREADS", threads.into()), ("LANES", lanes.into())];
        self.launch("matvec", &constants, &[], threads / lanes * ROWS, 1)
    }

    fn tiled(&self) -> Result<Vec<Launch>, Error> {
        /// As in the kernel.
        const ROWS: usize = 64;
        const TOKENS: u32 = 32;
        self.launch("matmul", &[], &[self.step.buffer()], ROWS, TOKENS)
    }

    fn direct(&self) -> Result<Vec<Launch>, Error> {
        /// As in the kernel: 16 threads of 4 rows.
        const ROWS: usize = 64;
        const TOKENS: u32 = 4;
        self.launch("matmul_direct", &[], &[self.step.buffer()], ROWS, TOKENS)
    }

    /// Launches the kernel, whose workgroups take so many rows and tokens, on each shard.
    fn launch(
        &self,
        kernel: &'static str,
        constants: &[(&'static str, Constant)],
        buffers: &[&wgpu::Buffer],
        rows: usize,
        tokens: u32,
    ) -> Result<Vec<Launch>, Error> {
        let buffers = [&[self.x.buffer(), self.out.buffer()], buffers].concat();
        let launch = |shard: &Shard| {
            let shared = [
                ("FIRST_ROW", shard.rows().start.into()),
                ("ROWS", shard.rows().len().into()),
                ("OUT_ROWS", self.weight.rows().into()),
                ("BLOCKS", self.weight.blocks().into()),
                ("ACCUMULATE", (self.store == Store::Add).into()),
            ];
            let constants = [&shared, constants].concat();
            let grid = Grid { x: shard.rows().len().div_ceil(rows), tokens: Some(tokens) };
            Launch::new(self.gpu, kernel, &[self.weight.define()], &constants, &shard.bind(&buffers), grid)
        };
        self.weight.shards().iter().map(launch).collect()
    }
}
