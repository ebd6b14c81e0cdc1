//! What the kernels of matrix products share on this side.

use crate::gpu::device::{Context, Grid, Kernel, Launch};
use crate::gpu::error::Error;
use crate::gpu::memory::{Rows, Shard, Weight};
use crate::gpu::shape::same;
use crate::gpu::wgsl::WeightType;

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
    pub(super) fn first(self) -> usize {
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

    /// Launches the kernel, whose workgroups take so many rows and tokens, on each shard.
    pub(super) fn launch<K: Kernel>(
        &self,
        (rows, tokens): (usize, usize),
        kernel: impl Fn(Part<'a>) -> Result<K, Error>,
    ) -> Result<Vec<Launch>, Error> {
        let launch = |shard: &'a Shard| {
            let part = Part {
                weight_type: self.weight.weight_type(),
                first_row: self.store.first() + shard.rows().start,
                rows: shard.rows().len(),
                out_rows: self.out.width(),
                blocks: self.weight.blocks(),
                accumulate: self.store == Store::Add,
                quants: shard.quants(),
                scales: shard.scales(),
                out: self.out.buffer(),
            };
            let grid = Grid { x: part.rows.div_ceil(rows), tokens: Some(tokens) };
            Launch::new(self.gpu, &kernel(part)?, grid)
        };
        self.weight.shards().iter().map(launch).collect()
    }
}

/// What the kernels are told of a product with the rows of a shard, all by the same names.
pub(super) struct Part<'a> {
    pub(super) weight_type: WeightType,
    pub(super) first_row: usize,
    pub(super) rows: usize,
    pub(super) out_rows: usize,
    pub(super) blocks: usize,
    pub(super) accumulate: bool,
    pub(super) quants: &'a wgpu::Buffer,
    pub(super) scales: Option<&'a wgpu::Buffer>,
    pub(super) out: &'a wgpu::Buffer,
}
