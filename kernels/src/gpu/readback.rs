//! Reading results without blocking an event loop.

use super::{Context, Error};
use bytemuck::Pod;
use std::ops::Range;

/// A buffer that results are copied into and read from, made once and used for every step.
pub struct Readback {
    staging: wgpu::Buffer,
    /// Bytes of the copy that was encoded last.
    len: u64,
}

impl Readback {
    /// Room for `bytes` bytes.
    #[must_use]
    pub fn new(gpu: &Context, bytes: u64) -> Self {
        let staging = gpu.device().create_buffer(&wgpu::BufferDescriptor {
            label: Some("readback"),
            size: bytes.next_multiple_of(4),
            usage: wgpu::BufferUsages::MAP_READ | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        Self { staging, len: 0 }
    }

    /// Encodes a copy of `range` of `buffer`, in bytes (multiples of 4), to be taken with [`wait`](Self::wait) once the
    /// encoder's commands were submitted.
    ///
    /// # Panics
    /// When there is not so much room, or in the buffer (an error of the device).
    pub fn copy(&mut self, encoder: &mut wgpu::CommandEncoder, buffer: &wgpu::Buffer, range: Range<u64>) {
        self.len = range.end - range.start;
        encoder.copy_buffer_to_buffer(buffer, range.start, &self.staging, 0, self.len);
    }

    /// Waits for the last [`copy`](Self::copy). Natively this blocks; in a browser it yields to the event loop.
    ///
    /// # Errors
    /// [`Error::Readback`], usually because the device is lost.
    pub async fn wait<T: Pod>(&mut self, gpu: &Context) -> Result<Vec<T>, Error> {
        let (sender, receiver) = futures_channel::oneshot::channel();
        // Unmaps when this future is dropped half-way too, so that the next copy finds the buffer free.
        let staging = Unmap(&self.staging);
        staging.0.map_async(wgpu::MapMode::Read, ..self.len, move |result| {
            // Nobody waits any more when the future was dropped.
            let _ = sender.send(result);
        });
        let failed = |error: &dyn std::fmt::Display| Error::Readback(error.to_string());
        gpu.device().poll(wgpu::PollType::wait_indefinitely()).map_err(|error| failed(&error))?;
        receiver.await.map_err(|error| failed(&error))?.map_err(|error| failed(&error))?;
        let view = staging.0.get_mapped_range(..self.len).map_err(|error| failed(&error))?;
        Ok(bytemuck::pod_collect_to_vec(&view[..]))
    }

    /// Copies `range` of `buffer`, in bytes (multiples of 4), after everything submitted so far, and waits for it.
    ///
    /// # Errors
    /// [`Error::Readback`], usually because the device is lost.
    pub async fn read<T: Pod>(
        &mut self,
        gpu: &Context,
        buffer: &wgpu::Buffer,
        range: Range<u64>,
    ) -> Result<Vec<T>, Error> {
        let mut encoder = gpu.device().create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        self.copy(&mut encoder, buffer, range);
        gpu.queue().submit([encoder.finish()]);
        self.wait(gpu).await
    }
}

struct Unmap<'a>(&'a wgpu::Buffer);

impl Drop for Unmap<'_> {
    fn drop(&mut self) {
        self.0.unmap();
    }
}
