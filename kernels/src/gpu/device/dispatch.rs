//! A kernel with its buffers, ready to be encoded.

use super::context::Context;
use super::kernel::Kernel;
use super::pipeline::Pipeline;
use crate::gpu::error::Error;
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
    /// `n_tokens` is that of the [`Step`](crate::gpu::Step), or 1 after
    /// [`last_row`](crate::gpu::last_row()).
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
    pub(in crate::gpu) fn one(launch: Launch) -> Self {
        Self::all(vec![launch])
    }

    /// All of these for any number of tokens.
    pub(in crate::gpu) fn all(launches: Vec<Launch>) -> Self {
        Self { launches: vec![(u32::MAX, launches)] }
    }

    /// Launches for steps of up to so many tokens: ascending, the last for any number.
    pub(in crate::gpu) fn by_steps(launches: Vec<(u32, Vec<Launch>)>) -> Self {
        Self { launches }
    }

    /// `few` for steps of up to `most` tokens, `many` for larger ones.
    pub(in crate::gpu) fn by_tokens(most: u32, few: Vec<Launch>, many: Vec<Launch>) -> Self {
        Self { launches: vec![(most, few), (u32::MAX, many)] }
    }
}

/// What to launch.
pub(in crate::gpu) struct Launch {
    pipeline: Rc<Pipeline>,
    bind_group: wgpu::BindGroup,
    grid: Grid,
}

/// How many workgroups to launch.
#[derive(Clone, Copy)]
pub(in crate::gpu) struct Grid {
    /// Workgroups across.
    pub(in crate::gpu) x: usize,
    /// Tokens each row of workgroups takes; `None` when one row does, whatever the tokens.
    pub(in crate::gpu) tokens: Option<usize>,
}

impl Launch {
    /// Binds the kernel's buffers.
    ///
    /// # Errors
    /// As [`Kernel::call`]; [`Error::TooLarge`] when the device has not so many workgroups in a
    /// row.
    pub(in crate::gpu) fn new(gpu: &Context, kernel: &dyn Kernel, grid: Grid) -> Result<Self, Error> {
        let call = kernel.call()?;
        let limit = gpu.device().limits().max_compute_workgroups_per_dimension;
        if grid.x > limit as usize {
            let what = format!("a row of workgroups for {}", call.kernel);
            return Err(Error::TooLarge { what, size: grid.x as u64, limit: limit.into() });
        }
        let pipeline = gpu.pipelines.get(gpu.device(), &call)?;
        let bound = call.bindings.iter().zip(&call.buffers);
        let entries: Vec<_> = bound
            .map(|(&(binding, _), buffer)| wgpu::BindGroupEntry {
                binding,
                resource: buffer.as_entire_binding(),
            })
            .collect();
        let bind_group = gpu.device().create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some(call.kernel),
            layout: &pipeline.layout,
            entries: &entries,
        });
        Ok(Self { pipeline, bind_group, grid })
    }

    fn encode(&self, pass: &mut wgpu::ComputePass<'_>, n_tokens: u32) {
        pass.set_pipeline(self.pipeline.compiled());
        pass.set_bind_group(0, &self.bind_group, &[]);
        let [x, y] = [self.grid.x, self.grid.tokens.map_or(1, |tokens| (n_tokens as usize).div_ceil(tokens))]
            .map(|workgroups| u32::try_from(workgroups).unwrap_or(u32::MAX));
        pass.dispatch_workgroups(x, y, 1);
    }
}
