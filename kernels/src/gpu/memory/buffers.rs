//! Buffers beside the weights: activations, token ids, rotations.

use crate::gpu::device::Context;
use crate::gpu::error::Error;

/// A matrix of `f32` in GPU memory: `[token][width]` activations.
pub struct Rows {
    buffer: wgpu::Buffer,
    rows: usize,
    width: usize,
}

impl Rows {
    /// `rows` rows of `width` zeros; `label` names them in errors and debuggers.
    ///
    /// # Errors
    /// [`Error::TooLarge`] when the device cannot bind that much at once.
    pub fn new(gpu: &Context, label: &str, rows: usize, width: usize) -> Result<Self, Error> {
        let bytes = 4 * rows as u64 * width as u64;
        Ok(Self { buffer: gpu.storage(label, bytes)?, rows, width })
    }

    /// Rows there is room for: a step may use fewer.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Values of a row, in either layout.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// The buffer: `rows · width` little-endian `f32`.
    #[must_use]
    pub fn buffer(&self) -> &wgpu::Buffer {
        &self.buffer
    }

    /// Writes whole rows, the first of them to row `first`, before the next submission runs.
    ///
    /// # Panics
    /// When they go past the last row (an error of the device).
    pub fn write(&self, gpu: &Context, first: usize, values: &[f32]) {
        let offset = 4 * first as u64 * self.width as u64;
        gpu.queue().write_buffer(&self.buffer, offset, bytemuck::cast_slice(values));
    }
}

/// How the values of a row lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowLayout {
    /// One after the other.
    Plain,
    /// As [`matvec()`](crate::gpu::matvec()) reads them: `shared/interleave.wgsl`. The width is a
    /// multiple of 32.
    Interleaved,
}

/// Token ids in GPU memory: what [`embed`](crate::gpu::embed()) reads and a
/// [`Sampler`](crate::gpu::Sampler) writes.
pub struct Ids {
    buffer: wgpu::Buffer,
}

impl Ids {
    /// Room for `tokens` ids.
    ///
    /// # Errors
    /// [`Error::TooLarge`] when the device cannot bind that much at once.
    pub fn new(gpu: &Context, tokens: usize) -> Result<Self, Error> {
        Ok(Self { buffer: gpu.storage("ids", 4 * tokens as u64)? })
    }

    /// The buffer: little-endian `u32`.
    #[must_use]
    pub fn buffer(&self) -> &wgpu::Buffer {
        &self.buffer
    }

    /// Writes the ids of a step, before the next submission runs.
    ///
    /// # Panics
    /// When there are more than there is room for (an error of the device).
    pub fn write(&self, gpu: &Context, ids: &[u32]) {
        gpu.queue().write_buffer(&self.buffer, 0, bytemuck::cast_slice(ids));
    }

    /// Copies the ids of a step from these rows of others, before the next submission runs.
    ///
    /// # Panics
    /// When there are more than there is room for (an error of the device).
    pub fn gather(&self, gpu: &Context, from: &Self, rows: &[usize]) {
        let mut encoder = gpu.device().create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        let mut end = 0;
        for run in rows.chunk_by(|row, next| row + 1 == *next) {
            let [at, first, bytes] = [end, run[0], run.len()].map(|ids| 4 * ids as u64);
            encoder.copy_buffer_to_buffer(&from.buffer, first, &self.buffer, at, bytes);
            end += run.len();
        }
        gpu.queue().submit([encoder.finish()]);
    }
}

/// Cosine and sine of every rotary angle of a context, `[position][pair]`.
pub struct Rotations {
    buffer: wgpu::Buffer,
    pairs: usize,
}

impl Rotations {
    /// The rotations of `positions` positions by these angular frequencies, one a pair of a head.
    ///
    /// # Errors
    /// [`Error::TooLarge`] when the device cannot bind that much at once.
    pub fn new(gpu: &Context, frequencies: &[f32], positions: usize) -> Result<Self, Error> {
        let pairs = frequencies.len();
        let buffer = gpu.storage("rotations", 8 * positions as u64 * pairs as u64)?;
        let table: Vec<[f32; 2]> = (0..positions)
            .flat_map(|position| frequencies.iter().map(move |frequency| position as f32 * frequency))
            .map(|angle| [angle.cos(), angle.sin()])
            .collect();
        gpu.queue().write_buffer(&buffer, 0, bytemuck::cast_slice(&table));
        Ok(Self { buffer, pairs })
    }

    pub(in crate::gpu) fn buffer(&self) -> &wgpu::Buffer {
        &self.buffer
    }

    pub(in crate::gpu) fn pairs(&self) -> usize {
        self.pairs
    }
}
