//! What changes from step to step.

use crate::gpu::device::Context;
use crate::gpu::error::Error;
use crate::gpu::wgsl::LastRow;
use bytemuck::{Pod, Zeroable};

/// What changes from step to step; `shared/step.wgsl`. A [`Sampler`](crate::gpu::Sampler) advances
/// it.
pub struct Step {
    buffer: wgpu::Buffer,
    /// Where the entries of several texts lie.
    entries: Option<wgpu::Buffer>,
}

/// Where a token of one of several texts stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub struct Place {
    /// In its text.
    pub position: u32,
    /// The cache's entry that receives its keys and values.
    pub entry: u32,
    /// Where the entries of its text begin among those that [`Step::write_entries`] wrote.
    pub text: u32,
    unused: u32,
}

impl Place {
    /// A place.
    #[must_use]
    pub fn new(position: u32, entry: u32, text: u32) -> Self {
        Self { position, entry, text, unused: 0 }
    }
}

impl Step {
    /// Tokens of several texts in a step, at most.
    pub const MOST_TOKENS: usize = LastRow::MOST_TOKENS;

    /// Texts in a step, at most.
    pub const MOST_SHARES: usize = LastRow::MOST_SHARES;

    /// Four numbers, then the shares, then the places.
    const SHARES: u64 = 16;
    const PLACES: u64 = Self::SHARES + 16 * Self::MOST_SHARES as u64;

    /// A step at position 0 with no tokens, all of which are of one text.
    #[must_use]
    pub fn new(gpu: &Context) -> Self {
        use wgpu::BufferUsages as Usages;
        let buffer = gpu.device().create_buffer(&wgpu::BufferDescriptor {
            label: Some("step"),
            size: Self::PLACES + 16 * Self::MOST_TOKENS as u64,
            usage: Usages::UNIFORM | Usages::STORAGE | Usages::COPY_SRC | Usages::COPY_DST,
            mapped_at_creation: false,
        });
        Self { buffer, entries: None }
    }

    /// A step with no tokens, which are of several texts. There is room for so many entries of all
    /// texts together, those that texts share counted for each.
    ///
    /// # Errors
    /// [`Error::TooLarge`] when the device cannot bind that much at once.
    pub fn of_texts(gpu: &Context, entries: usize) -> Result<Self, Error> {
        Ok(Self { entries: Some(gpu.storage("entries", 4 * entries as u64)?), ..Self::new(gpu) })
    }

    /// Sets the position of the step's first token and the number of its tokens, before the next
    /// submission runs.
    pub fn write(&self, gpu: &Context, pos: u32, n_tokens: u32) {
        gpu.queue().write_buffer(&self.buffer, 0, bytemuck::cast_slice(&[pos, n_tokens]));
    }

    /// Sets where each token of the step stands, before the next submission runs: those of the first
    /// text come first, and `shares` are how many each text has.
    ///
    /// # Panics
    /// When there are more than [`Self::MOST_TOKENS`] or [`Self::MOST_SHARES`] (an error of the
    /// device).
    #[expect(clippy::cast_possible_truncation, reason = "the device has no room for so many")]
    pub fn write_places(&self, gpu: &Context, places: &[Place], shares: impl IntoIterator<Item = usize>) {
        let mut end = 0;
        let shares = shares.into_iter().map(|tokens| {
            let first = end;
            end += tokens as u32;
            [first, end, 0, 0]
        });
        let shares: Vec<[u32; 4]> = shares.collect();
        let numbers = [0, places.len() as u32, shares.len() as u32, 0];
        gpu.queue().write_buffer(&self.buffer, 0, bytemuck::cast_slice(&numbers));
        gpu.queue().write_buffer(&self.buffer, Self::SHARES, bytemuck::cast_slice(&shares));
        gpu.queue().write_buffer(&self.buffer, Self::PLACES, bytemuck::cast_slice(places));
    }

    /// Sets where entries lie, from the one that `first` counts on, before the next submission runs.
    ///
    /// # Panics
    /// When there is no room for so many (an error of the device).
    pub fn write_entries(&self, gpu: &Context, first: usize, entries: &[u32]) {
        if let Some(buffer) = &self.entries {
            gpu.queue().write_buffer(buffer, 4 * first as u64, bytemuck::cast_slice(entries));
        }
    }

    /// The buffer: position and number of tokens, two little-endian `u32`; more where there are
    /// several texts.
    #[must_use]
    pub fn buffer(&self) -> &wgpu::Buffer {
        &self.buffer
    }

    /// Whether the tokens are of several texts.
    pub(in crate::gpu) fn is_batched(&self) -> bool {
        self.entries.is_some()
    }

    /// Where the entries lie, or something that is not read.
    pub(in crate::gpu) fn entries<'a>(&'a self, unread: &'a wgpu::Buffer) -> &'a wgpu::Buffer {
        self.entries.as_ref().unwrap_or(unread)
    }
}
