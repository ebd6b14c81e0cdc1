//! A kernel with its buffers, ready to be encoded.

use super::pipeline::{Constant, Key, Pipeline};
use super::weight::BLOCK;
use super::{Context, Error};
use std::ops::RangeInclusive;
use std::rc::Rc;

/// A kernel with its buffers bound: encoding it creates and allocates nothing.
pub struct Dispatch {
    /// For steps of up to so many tokens, what to launch; ascending, the last for any number.
    launches: Vec<(u32, Vec<Launch>)>,
}

impl Dispatch {
    /// Puts the kernel into a pass, for a step of `n_tokens`.
    ///
    /// `n_tokens` is that of the [`Step`](super::Step), or 1 after [`last_row`](super::last_row()).
    pub fn encode(&self, pass: &mut wgpu::ComputePass<'_>, n_tokens: u32) {
        self.launches(n_tokens).iter().for_each(|launch| launch.encode(pass, n_tokens));
    }

    /// Number of launches for a step of `n_tokens`: one, but for a matrix in shards one each.
    #[must_use]
    pub fn count(&self, n_tokens: u32) -> usize {
        self.launches(n_tokens).len()
    }

    fn launches(&self, n_tokens: u32) -> &[Launch] {
        let found = self.launches.iter().find(|(most, _)| n_tokens <= *most);
        found.map_or(&[], |(_, launches)| launches)
    }

    /// Of what steps of so many tokens launch.
    pub(super) fn pipelines(&self, tokens: RangeInclusive<u32>) -> impl Iterator<Item = &Rc<Pipeline>> {
        let first = self.launches.partition_point(|&(most, _)| most < *tokens.start());
        let last = self.launches.partition_point(|&(most, _)| most < *tokens.end());
        let launches = self.launches.iter().skip(first).take(last + 1 - first);
        launches.flat_map(|(_, launches)| launches).map(|launch| &launch.pipeline)
    }

    /// One kernel for any number of tokens.
    pub(super) fn one(launch: Launch) -> Self {
        Self::all(vec![launch])
    }

    /// All of these for any number of tokens.
    pub(super) fn all(launches: Vec<Launch>) -> Self {
        Self { launches: vec![(u32::MAX, launches)] }
    }

    /// Launches for steps of up to so many tokens: ascending, the last for any number.
    pub(super) fn by_steps(launches: Vec<(u32, Vec<Launch>)>) -> Self {
        Self { launches }
    }

    /// `few` for steps of up to `most` tokens, `many` for larger ones.
    pub(super) fn by_tokens(most: u32, few: Vec<Launch>, many: Vec<Launch>) -> Self {
        Self { launches: vec![(most, few), (u32::MAX, many)] }
    }
}

/// What to launch.
pub(super) struct Launch {
    pipeline: Rc<Pipeline>,
    bind_group: wgpu::BindGroup,
    grid: Grid,
}

/// How many workgroups to launch.
#[derive(Clone, Copy)]
pub(super) struct Grid {
    /// Workgroups across.
    pub(super) x: usize,
    /// Tokens each row of workgroups takes; `None` when one row does, whatever the tokens.
    pub(super) tokens: Option<u32>,
}

impl Launch {
    /// Binds `buffers`, in the order of the kernel's bindings.
    pub(super) fn new(
        gpu: &Context,
        kernel: &'static str,
        defines: &[&'static str],
        constants: &[(&'static str, Constant)],
        buffers: &[&wgpu::Buffer],
        grid: Grid,
    ) -> Result<Self, Error> {
        let limit = gpu.device().limits().max_compute_workgroups_per_dimension;
        if grid.x > limit as usize {
            let what = format!("a row of workgroups for {kernel}");
            return Err(Error::TooLarge { what, size: grid.x as u64, limit: limit.into() });
        }
        let pipeline =
            gpu.pipeline(Key { kernel, defines: defines.to_vec(), constants: constants.to_vec() })?;
        let entries: Vec<_> = pipeline
            .bindings
            .iter()
            .zip(buffers)
            .map(|(&(binding, _), buffer)| wgpu::BindGroupEntry {
                binding,
                resource: buffer.as_entire_binding(),
            })
            .collect();
        let bind_group = gpu.device().create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some(kernel),
            layout: &pipeline.layout,
            entries: &entries,
        });
        Ok(Self { pipeline, bind_group, grid })
    }

    fn encode(&self, pass: &mut wgpu::ComputePass<'_>, n_tokens: u32) {
        pass.set_pipeline(self.pipeline.compiled());
        pass.set_bind_group(0, &self.bind_group, &[]);
        let rows = self.grid.tokens.map_or(1, |tokens| n_tokens.div_ceil(tokens));
        pass.dispatch_workgroups(u32::try_from(self.grid.x).unwrap_or(u32::MAX), rows, 1);
    }
}

/// Launches of kernels that give each thread four values of a row.
pub(super) fn by_quads(
    gpu: &Context,
    kernel: &'static str,
    width: usize,
    tokens: Option<u32>,
    buffers: &[&wgpu::Buffer],
) -> Result<Dispatch, Error> {
    /// As in the kernels' `@workgroup_size`.
    const THREADS: usize = 64;
    let quads = quads(kernel, width)?;
    let grid = Grid { x: quads.div_ceil(THREADS), tokens };
    Ok(Dispatch::one(Launch::new(gpu, kernel, &[], &[("QUADS", quads.into())], buffers, grid)?))
}

/// `width / 32`, which must be whole.
pub(super) fn blocks(kernel: &'static str, width: usize) -> Result<usize, Error> {
    if width.is_multiple_of(BLOCK) {
        Ok(width / BLOCK)
    } else {
        Err(Error::shape(kernel, format!("a width of {width} is not a multiple of {BLOCK}")))
    }
}

/// `width / 4`, which must be whole.
pub(super) fn quads(kernel: &'static str, width: usize) -> Result<usize, Error> {
    if width.is_multiple_of(4) {
        Ok(width / 4)
    } else {
        Err(Error::shape(kernel, format!("a width of {width} is not a multiple of 4")))
    }
}

/// Checks that two sizes agree.
pub(super) fn same(kernel: &'static str, what: &str, expected: usize, found: usize) -> Result<(), Error> {
    if expected == found {
        Ok(())
    } else {
        Err(Error::shape(kernel, format!("{what} should be {expected}, not {found}")))
    }
}
