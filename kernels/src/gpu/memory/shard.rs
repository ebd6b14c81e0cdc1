//! Rows of a matrix that are bound together, and how their bytes get there.

use crate::gpu::device::Context;
use crate::gpu::error::Error;
use crate::gpu::shape::BLOCK;
use crate::gpu::wgsl::WeightType;
use gguf::TensorType;
use std::ops::Range;

/// Bytes of a `vec4<u32>`.
const QUAD: usize = 16;

/// How a type's blocks lie in a file. In GPU memory their quants lie apart from the rest, so that a
/// kernel reads them as whole, aligned `vec4<u32>`.
#[derive(Clone, Copy)]
pub(in crate::gpu) struct BlockLayout {
    /// Name of the permutation that reads it.
    pub(in crate::gpu) weight_type: WeightType,
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
        let weight_type = match ty {
            TensorType::F32 => WeightType::F32,
            TensorType::F16 => WeightType::F16,
            TensorType::Bf16 => WeightType::BF16,
            TensorType::Q4_0 => WeightType::Q4_0,
            TensorType::Q4_1 => WeightType::Q4_1,
            TensorType::Q5_0 => WeightType::Q5_0,
            TensorType::Q5_1 => WeightType::Q5_1,
            TensorType::Q8_0 => WeightType::Q8_0,
            TensorType::Q4K => WeightType::Q4_K,
            TensorType::Q5K => WeightType::Q5_K,
            TensorType::Q6K => WeightType::Q6_K,
        };
        let elements = ty.block_len().max(BLOCK);
        let of_file = elements / ty.block_len();
        // Bits that are not whole vec4<u32>, fifth ones, come first.
        let quants = ty.quants().len() * of_file;
        let odd = quants % QUAD;
        let before = ty.quants().start + odd;
        let after = ty.block_bytes() - ty.quants().end;
        Self { weight_type, elements, before, quants: quants - odd, after }
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

    /// What lies beside the quants: nothing for types that are not quantised.
    pub(in crate::gpu) fn scales(&self) -> Option<&wgpu::Buffer> {
        self.scales.as_ref()
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
