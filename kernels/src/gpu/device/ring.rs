//! Results of several submissions on their way back.

use super::context::Context;
use super::dispatch::Dispatch;
use crate::gpu::error::Error;
use bytemuck::Pod;
use futures_channel::oneshot::{Receiver, channel};
use std::collections::VecDeque;
use std::ops::Range;

/// Staging buffers in a ring: results are copied into them and read in the order of their
/// submissions, so that the device goes on working while earlier results come back.
pub struct Ring {
    slots: Vec<wgpu::Buffer>,
    /// The slot of the next copy.
    next: usize,
    sent: VecDeque<Sent>,
    submitted: u64,
}

/// A submitted copy.
struct Sent {
    slot: usize,
    len: u64,
    submission: wgpu::SubmissionIndex,
    mapped: Receiver<Result<(), wgpu::BufferAsyncError>>,
}

impl Ring {
    /// Room for `depth` results of up to `bytes` bytes each.
    #[must_use]
    pub fn new(gpu: &Context, bytes: u64, depth: usize) -> Self {
        let slot = |_| {
            gpu.device().create_buffer(&wgpu::BufferDescriptor {
                label: Some("readback"),
                size: bytes.next_multiple_of(4),
                usage: wgpu::BufferUsages::MAP_READ | wgpu::BufferUsages::COPY_DST,
                mapped_at_creation: false,
            })
        };
        Self { slots: (0..depth).map(slot).collect(), next: 0, sent: VecDeque::new(), submitted: 0 }
    }

    /// Results that were submitted and neither waited for nor forgotten.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.sent.len()
    }

    /// Submissions since the ring was made, those that were forgotten too.
    #[must_use]
    pub fn submitted(&self) -> u64 {
        self.submitted
    }

    /// True when there is no room for another copy.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.sent.len() == self.slots.len()
    }

    /// Submits dispatches, each for so many tokens, in one compute pass, and after it a copy of
    /// `range` of `buffer`, in bytes (multiples of 4).
    ///
    /// # Panics
    /// When [`is_full`](Self::is_full), or when there is not so much room, or in the buffer (errors
    /// of the device).
    pub fn submit<'a>(
        &mut self,
        gpu: &Context,
        dispatches: impl IntoIterator<Item = (&'a Dispatch, u32)>,
        buffer: &wgpu::Buffer,
        range: Range<u64>,
    ) {
        let len = range.end - range.start;
        let staging = &self.slots[self.next];
        let mut encoder = gpu.device().create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor::default());
        dispatches.into_iter().for_each(|(dispatch, tokens)| dispatch.encode(&mut pass, tokens));
        drop(pass);
        encoder.copy_buffer_to_buffer(buffer, range.start, staging, 0, len);
        let submission = gpu.queue().submit([encoder.finish()]);
        self.submitted += 1;
        let (sender, mapped) = channel();
        staging.map_async(wgpu::MapMode::Read, ..len, move |result| {
            // Nobody waits any more when the result was forgotten.
            let _ = sender.send(result);
        });
        self.sent.push_back(Sent { slot: self.next, len, submission, mapped });
        self.next = (self.next + 1) % self.slots.len();
    }

    /// Waits for the oldest result; nothing when none is on its way. Natively this blocks; in a
    /// browser it yields to the event loop.
    ///
    /// # Errors
    /// [`Error::Readback`], usually because the device is lost.
    pub async fn wait<T: Pod>(&mut self, gpu: &Context) -> Result<Vec<T>, Error> {
        let Some(Sent { slot, len, submission, mapped }) = self.sent.pop_front() else {
            return Ok(Vec::new());
        };
        // Unmaps when this future is dropped half-way too, so that the next copy finds the buffer
        // free.
        let staging = Unmap(&self.slots[slot]);
        let failed = |error: &dyn std::fmt::Display| Error::Readback(error.to_string());
        let wait = wgpu::PollType::Wait { submission_index: Some(submission), timeout: None };
        gpu.device().poll(wait).map_err(|error| failed(&error))?;
        mapped.await.map_err(|error| failed(&error))?.map_err(|error| failed(&error))?;
        let view = staging.0.get_mapped_range(..len).map_err(|error| failed(&error))?;
        Ok(bytemuck::pod_collect_to_vec(&view[..]))
    }

    /// Forgets the results that are on their way.
    pub fn clear(&mut self) {
        self.sent.drain(..).for_each(|sent| self.slots[sent.slot].unmap());
    }
}

struct Unmap<'a>(&'a wgpu::Buffer);

impl Drop for Unmap<'_> {
    fn drop(&mut self) {
        self.0.unmap();
    }
}
