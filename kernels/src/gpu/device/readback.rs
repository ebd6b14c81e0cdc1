//! Reading a result without blocking an event loop.

use super::context::Context;
use super::ring::Ring;
use crate::gpu::error::Error;
use bytemuck::Pod;
use std::ops::Range;

/// A buffer that results are copied into and read from, made once and used again.
pub struct Readback {
    ring: Ring,
}

impl Readback {
    /// Room for `bytes` bytes.
    #[must_use]
    pub fn new(gpu: &Context, bytes: u64) -> Self {
        Self { ring: Ring::new(gpu, bytes, 1) }
    }

    /// Copies `range` of `buffer`, in bytes (multiples of 4), after everything submitted so far,
    /// and waits for it.
    ///
    /// # Errors
    /// [`Error::Readback`], usually because the device is lost.
    pub async fn read<T: Pod>(
        &mut self,
        gpu: &Context,
        buffer: &wgpu::Buffer,
        range: Range<u64>,
    ) -> Result<Vec<T>, Error> {
        self.ring.clear();
        self.ring.submit(gpu, [], buffer, range);
        self.ring.wait(gpu).await
    }
}
