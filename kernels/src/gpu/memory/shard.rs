//! Rows of a matrix that are bound together, and how their bytes get there.

use crate::gpu::device::Context;
use crate::gpu::error::Error;
use crate::gpu::shape::BLOCK;
use gguf::TensorType;
use std::ops::Range;

/// How a type's blocks lie in a file. In GPU memory their quants lie apart from the rest, so that a kernel reads them as
/// whole, aligned `vec4<u32>`.
#[derive(Clone, Copy)]
pub(in crate::gpu) struct BlockLayout {
    /// Name of the permutation that reads it.
    pub(in crate::gpu) define: &'static str,
    /// Elements of a block: a multiple of those that kernels take at a time.
    pub(in crate::gpu) elements: usize,
    /// Bytes before the quants: scales, and bits that are not whole `vec4<u32>`.
    before: usize,
    /// Bytes of quants: a multiple of 16.
    pub(in crate::gpu) quants: usize,
    /// Bytes after the quants: scales too.
    after: usize,
}

impl BlockLayout {
    pub(in crate::gpu) fn of(ty: TensorType) -> Self {
        let (define, before, quants, after) = match ty {
            TensorType::F32 => ("F32", 0, 128, 0),
            TensorType::F16 => ("F16", 0, 64, 0),
            TensorType::Bf16 => ("BF16", 0, 64, 0),
            TensorType::Q8_0 => ("Q8_0", 2, 32, 0),
            TensorType::Q4_0 => ("Q4_0", 2, 16, 0),
            TensorType::Q4_1 => ("Q4_1", 4, 16, 0),
            TensorType::Q5_0 => ("Q5_0", 6, 16, 0),
            TensorType::Q5_1 => ("Q5_1", 8, 16, 0),
            TensorType::Q4K => ("Q4_K", 16, 128, 0),
            TensorType::Q5K => ("Q5_K", 16, 160, 0),
            TensorType::Q6K => ("Q6_K", 0, 192, 18),
        };
        Self { define, elements: ty.block_len().max(BLOCK), before, quants, after }
    }

    fn scales(self) -> usize {
        self.before + self.after
    }

    fn block(self) -> usize {
        self.scales() + self.quants
    }

    /// Blocks to upload at a time: the fewest whose scales fill words.
    fn group(self) -> usize {
        if self.scales().is_multiple_of(4) { 1 } else { 2 }
    }
}

/// Some rows of a matrix.
pub(in crate::gpu) struct Shard {
    rows: Range<usize>,
    quants: wgpu::Buffer,
    scales: Option<wgpu::Buffer>,
    /// Bytes in the file.
    bytes: u64,
    received: u64,
    /// Received bytes that do not yet make a group.
    rest: Vec<u8>,
}

impl Shard {
    /// Room for these rows of `blocks` blocks, `row_bytes` in the file.
    pub(in crate::gpu) fn new(
        gpu: &Context,
        label: &str,
        layout: BlockLayout,
        rows: Range<usize>,
        blocks: usize,
        row_bytes: u64,
    ) -> Result<Self, Error> {
        let bytes = rows.len() as u64 * row_bytes;
        // An odd last block is uploaded with an empty neighbour.
        let blocks = (rows.len() as u64 * blocks as u64).next_multiple_of(layout.group() as u64);
        let quants = gpu.storage(label, blocks * layout.quants as u64)?;
        let scales = match layout.scales() {
            0 => None,
            bytes => Some(gpu.storage(label, blocks * bytes as u64)?),
        };
        Ok(Self { rows, quants, scales, bytes, received: 0, rest: Vec::new() })
    }

    /// Which rows of the matrix these are.
    pub(in crate::gpu) fn rows(&self) -> Range<usize> {
        self.rows.clone()
    }

    pub(in crate::gpu) fn quants(&self) -> &wgpu::Buffer {
        &self.quants
    }

    /// The buffers in the order of the bindings of `shared/weight.wgsl`, then `others`.
    pub(in crate::gpu) fn bind<'a>(&'a self, others: &[&'a wgpu::Buffer]) -> Vec<&'a wgpu::Buffer> {
        [&self.quants].into_iter().chain(&self.scales).chain(others.iter().copied()).collect()
    }

    pub(in crate::gpu) fn bytes(&self) -> u64 {
        self.bytes
    }

    pub(in crate::gpu) fn received(&self) -> u64 {
        self.received
    }

    /// Takes what it lacks from the front of `bytes` and returns the others.
    pub(in crate::gpu) fn write<'a>(
        &mut self,
        gpu: &Context,
        layout: BlockLayout,
        bytes: &'a [u8],
    ) -> &'a [u8] {
        let lacking = usize::try_from(self.bytes - self.received).unwrap_or(usize::MAX);
        let (bytes, others) = bytes.split_at(lacking.min(bytes.len()));
        if bytes.is_empty() {
            return others;
        }
        let group = layout.group() * layout.block();
        let first_block = self.received / group as u64 * layout.group() as u64;
        self.received += bytes.len() as u64;
        self.rest.extend_from_slice(bytes);
        let last = self.received == self.bytes;
        if last {
            self.rest.resize(self.rest.len().next_multiple_of(group), 0);
        }
        let whole = self.rest.len() / group * group;
        self.upload(gpu, layout, first_block, whole);
        self.rest.drain(..whole);
        if last {
            self.rest = Vec::new();
        }
        others
    }

    /// Splits the first `len` waiting bytes, whole groups, into quants and the others.
    fn upload(&self, gpu: &Context, layout: BlockLayout, first_block: u64, len: usize) {
        let bytes = &self.rest[..len];
        let quants_at = first_block * layout.quants as u64;
        let Some(scales) = &self.scales else {
            gpu.queue().write_buffer(&self.quants, quants_at, bytes);
            return;
        };
        let blocks = len / layout.block();
        let mut scale_bytes = Vec::with_capacity(blocks * layout.scales());
        let mut quant_bytes = Vec::with_capacity(blocks * layout.quants);
        for block in bytes.chunks_exact(layout.block()) {
            let (before, block) = block.split_at(layout.before);
            let (quants, after) = block.split_at(layout.quants);
            scale_bytes.extend_from_slice(before);
            quant_bytes.extend_from_slice(quants);
            scale_bytes.extend_from_slice(after);
        }
        gpu.queue().write_buffer(&self.quants, quants_at, &quant_bytes);
        gpu.queue().write_buffer(scales, first_block * layout.scales() as u64, &scale_bytes);
    }
}
