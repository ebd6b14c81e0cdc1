//! What attention remembers of a text: one buffer a layer.

use crate::gpu::device::Context;
use crate::gpu::error::Error;
use crate::gpu::wgsl;
use crate::ops::KvFormat;

/// A layer's keys and values. The entry of a position is its key row and its value row,
/// `[kv_head][head_dim]` each, so that nothing in it depends on how many positions there is room
/// for; `shared/kv.wgsl` says how they lie in each format.
pub struct KvCache {
    buffer: wgpu::Buffer,
    positions: usize,
    kv_heads: usize,
    head_dim: usize,
    format: KvFormat,
}

impl KvCache {
    /// Room for `positions` entries.
    ///
    /// # Errors
    /// [`Error::Shape`] when heads are not whole blocks of four values (of 32 for
    /// [`KvFormat::Q8_0`]), or not there; [`Error::TooLarge`] when the device cannot bind that much
    /// at once.
    pub fn new(
        gpu: &Context,
        positions: usize,
        kv_heads: usize,
        head_dim: usize,
        format: KvFormat,
    ) -> Result<Self, Error> {
        let unit = if format == KvFormat::Q8_0 { 32 } else { 4 };
        if kv_heads == 0 || head_dim == 0 || !head_dim.is_multiple_of(unit) {
            let problem = format!("{kv_heads} heads of {head_dim} values; in {format:?} they come by {unit}");
            return Err(Error::shape("cache", problem));
        }
        let buffer = gpu.storage("cache", positions as u64 * entry(kv_heads * head_dim, format))?;
        Ok(Self { buffer, positions, kv_heads, head_dim, format })
    }

    /// A cache with room for `positions` entries that begins with as many of this one's: the copy runs
    /// before whatever is submitted later.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn resized(&self, gpu: &Context, positions: usize) -> Result<Self, Error> {
        let resized = Self::new(gpu, positions, self.kv_heads, self.head_dim, self.format)?;
        let bytes = self.bytes().min(resized.bytes());
        let mut encoder = gpu.device().create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        encoder.copy_buffer_to_buffer(&self.buffer, 0, &resized.buffer, 0, bytes);
        gpu.queue().submit([encoder.finish()]);
        Ok(resized)
    }

    /// An empty cache of the same shape and room.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn alike(&self, gpu: &Context) -> Result<Self, Error> {
        Self::new(gpu, self.positions, self.kv_heads, self.head_dim, self.format)
    }

    /// Entries there is room for; a position past them must not be written to.
    #[must_use]
    pub fn positions(&self) -> usize {
        self.positions
    }

    pub(in crate::gpu) fn kv_heads(&self) -> usize {
        self.kv_heads
    }

    pub(in crate::gpu) fn head_dim(&self) -> usize {
        self.head_dim
    }

    /// Values of a position's key row, and of its value row.
    #[must_use]
    pub fn width(&self) -> usize {
        self.kv_heads * self.head_dim
    }

    /// How values are kept: what is read differs from what was written by its rounding.
    #[must_use]
    pub fn format(&self) -> KvFormat {
        self.format
    }

    /// Bytes of all entries, used or not.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.positions as u64 * entry(self.width(), self.format)
    }

    /// One entry after the other: `shared/kv.wgsl` says how they lie in each format.
    #[must_use]
    pub fn buffer(&self) -> &wgpu::Buffer {
        &self.buffer
    }

    /// The format, as the kernels call it.
    pub(in crate::gpu) fn kv_format(&self) -> wgsl::KvFormat {
        match self.format {
            KvFormat::F32 => wgsl::KvFormat::KV_F32,
            KvFormat::F16 => wgsl::KvFormat::KV_F16,
            KvFormat::Q8_0 => wgsl::KvFormat::KV_Q8_0,
        }
    }

    /// Values of a head over four.
    pub(in crate::gpu) fn head_quads(&self) -> usize {
        self.head_dim / 4
    }
}

/// Bytes of an entry with rows of `width` values.
fn entry(width: usize, format: KvFormat) -> u64 {
    let width = width as u64;
    match format {
        KvFormat::F32 => 8 * width,
        KvFormat::F16 => 4 * width,
        KvFormat::Q8_0 => 2 * width + width / 8,
    }
}
