//! What the kernels of matrix products share on this side.

use crate::gpu::device::{Constant, Context, Grid, Launch};
use crate::gpu::error::Error;
use crate::gpu::memory::{Rows, Shard, Weight};
use crate::gpu::shape::same;

/// What happens to the output's old values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    /// From this one of a row on, they are replaced.
    At(usize),
    /// The product is added to them: a residual connection.
    Add,
}

impl Store {
    /// Where in a row the first value goes.
    fn first(self) -> usize {
        match self {
            Self::At(first) => first,
            Self::Add => 0,
        }
    }
}

/// A matrix product to be launched, by whichever kernel.
pub(super) struct Product<'a> {
    gpu: &'a Context,
    weight: &'a Weight,
    out: &'a Rows,
    store: Store,
}

impl<'a> Product<'a> {
    /// A product of an input of this width, after checking that it fits.
    pub(super) fn new(
        gpu: &'a Context,
        weight: &'a Weight,
        x_width: usize,
        out: &'a Rows,
        store: Store,
    ) -> Result<Self, Error> {
        same("matmul", "the width of the input", weight.cols(), x_width)?;
        let end = store.first() + weight.rows();
        if end > out.width() || store == Store::Add && end != out.width() {
            let problem = format!("{} values that end at {end} of {}", weight.rows(), out.width());
            return Err(Error::shape("matmul", problem));
        }
        Ok(Self { gpu, weight, out, store })
    }

    /// Launches the kernel, whose workgroups take so many rows and tokens, on each shard. After those of the weights its
    /// bindings are `inputs`, the output and `others`.
    pub(super) fn launch(
        &self,
        kernel: &'static str,
        defines: &[&'static str],
        constants: &[(&'static str, Constant)],
        (inputs, others): (&[&wgpu::Buffer], &[&wgpu::Buffer]),
        (rows, tokens): (usize, u32),
    ) -> Result<Vec<Launch>, Error> {
        let defines = [&[self.weight.define()], defines].concat();
        let buffers = [inputs, &[self.out.buffer()], others].concat();
        let launch = |shard: &Shard| {
            let shared = [
                ("FIRST_ROW", (self.store.first() + shard.rows().start).into()),
                ("ROWS", shard.rows().len().into()),
                ("OUT_ROWS", self.out.width().into()),
                ("BLOCKS", self.weight.blocks().into()),
                ("ACCUMULATE", (self.store == Store::Add).into()),
            ];
            let constants = [&shared, constants].concat();
            let grid = Grid { x: shard.rows().len().div_ceil(rows), tokens: Some(tokens) };
            Launch::new(self.gpu, kernel, &defines, &constants, &shard.bind(&buffers), grid)
        };
        self.weight.shards().iter().map(launch).collect()
    }
}
