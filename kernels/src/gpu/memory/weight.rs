//! Quantised matrices in GPU memory.

use super::shard::BlockLayout;
use super::shard::Shard;
use crate::gpu::device::Context;
use crate::gpu::error::Error;
use crate::gpu::shape::BLOCK;
use crate::gpu::wgsl::WeightType;
use gguf::TensorType;

/// A matrix of `rows` output features by `cols` input features whose blocks stay quantised in GPU
/// memory.
///
/// It lies in as many shards of whole rows as the device needs to bind it: one, unless the device
/// allows little.
pub struct Weight {
    ty: TensorType,
    layout: BlockLayout,
    rows: usize,
    cols: usize,
    shards: Vec<Shard>,
    interleaved: Option<Interleaved>,
}

/// A vector as a interleaved row (`shared/interleave.wgsl`), beside the one as it is in the file.
struct Interleaved {
    buffer: wgpu::Buffer,
    /// What was received of it.
    bytes: Vec<u8>,
}

impl Weight {
    /// Room for a matrix, to be filled by [`write`](Self::write).
    ///
    /// # Errors
    /// [`Error::Shape`] when `cols` is not whole blocks of 32 (of 256 for types with such), or for
    /// a vector of `f32` a multiple of 4; [`Error::TooLarge`] when the device cannot bind two rows
    /// at once.
    pub fn new(gpu: &Context, label: &str, ty: TensorType, rows: usize, cols: usize) -> Result<Self, Error> {
        let layout = BlockLayout::of(ty);
        let unit = if rows == 1 && ty == TensorType::F32 { 4 } else { layout.elements };
        if rows == 0 || cols == 0 || !cols.is_multiple_of(unit) {
            let problem = format!("{label} is {rows} x {cols}; columns come in blocks of {unit}");
            return Err(Error::shape("weight", problem));
        }
        let blocks = cols.div_ceil(layout.elements);
        let row_bytes = (cols / ty.block_len() * ty.block_bytes()) as u64;
        // Shards of an even number of rows end with whole groups.
        let most = gpu.binding_limit() / (blocks as u64 * layout.quants as u64);
        let most = usize::try_from(most & !1).unwrap_or(usize::MAX).max(2);
        let shards = (0..rows)
            .step_by(most)
            .map(|first| Shard::new(gpu, label, layout, first..rows.min(first + most), blocks, row_bytes))
            .collect::<Result<_, _>>()?;
        let interleaved = match rows {
            1 if ty == TensorType::F32 && cols.is_multiple_of(BLOCK) => {
                Some(Interleaved { buffer: gpu.storage(label, 4 * cols as u64)?, bytes: Vec::new() })
            }
            _ => None,
        };
        Ok(Self { ty, layout, rows, cols, shards, interleaved })
    }

    /// Type of the elements, in the file and on the GPU.
    #[must_use]
    pub fn ty(&self) -> TensorType {
        self.ty
    }

    /// Number of rows (output features).
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of columns (input features).
    #[must_use]
    pub fn cols(&self) -> usize {
        self.cols
    }

    /// Bytes of the matrix as in the file, which is what it takes in GPU memory too.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.shards.iter().map(Shard::bytes).sum()
    }

    /// Takes the next piece of the tensor's bytes in the file; `offset` is where in the tensor it
    /// starts. Pieces come one after the other and may be cut anywhere.
    ///
    /// # Errors
    /// [`Error::Order`] for a piece out of turn, [`Error::Shape`] for bytes past the end.
    pub fn write(&mut self, gpu: &Context, offset: u64, mut bytes: &[u8]) -> Result<(), Error> {
        let received = self.shards.iter().map(Shard::received).sum();
        if offset != received {
            return Err(Error::Order { expected: received, found: offset });
        }
        let end = offset + bytes.len() as u64;
        if end > self.bytes() {
            return Err(Error::shape("weight", format!("{end} bytes for {}", self.bytes())));
        }
        if let Some(interleaved) = &mut self.interleaved {
            interleaved.write(gpu, bytes);
        }
        for shard in &mut self.shards {
            bytes = shard.write(gpu, self.layout, bytes);
        }
        Ok(())
    }

    /// The type, as the kernels call it.
    pub(in crate::gpu) fn weight_type(&self) -> WeightType {
        self.layout.weight_type
    }

    /// Blocks of a row.
    pub(in crate::gpu) fn blocks(&self) -> usize {
        self.cols / BLOCK
    }

    pub(in crate::gpu) fn shards(&self) -> &[Shard] {
        &self.shards
    }

    /// As [`vector`](Self::vector), interleaved.
    pub(in crate::gpu) fn interleaved_vector(&self, kernel: &'static str) -> Result<&wgpu::Buffer, Error> {
        self.vector(kernel)?;
        let interleaved = self.interleaved.as_ref().map(|interleaved| &interleaved.buffer);
        interleaved.ok_or_else(|| Error::shape(kernel, format!("a vector of {} values", self.cols)))
    }

    /// The elements of a vector of `f32`, or an error: norms and biases are small and always of
    /// this type.
    pub(in crate::gpu) fn vector(&self, kernel: &'static str) -> Result<&wgpu::Buffer, Error> {
        match &self.shards[..] {
            [shard] if self.rows == 1 && self.ty == TensorType::F32 => Ok(shard.quants()),
            _ => {
                let problem = format!("the weight is {} x {} of {}", self.rows, self.cols, self.ty.name());
                Err(Error::shape(kernel, problem + ", not a vector of F32"))
            }
        }
    }
}

impl Interleaved {
    /// Takes the next piece; the whole is uploaded when it is there.
    fn write(&mut self, gpu: &Context, bytes: &[u8]) {
        /// Bytes of four values.
        const QUAD: usize = 16;
        self.bytes.extend_from_slice(bytes);
        if self.bytes.len() as u64 == self.buffer.size() {
            let whole = std::mem::take(&mut self.bytes);
            let quads = |first: usize| whole.chunks_exact(QUAD).skip(first).step_by(BLOCK / 4);
            let interleaved: Vec<u8> =
                (0..BLOCK / 4).flat_map(|first| quads(first).flatten().copied()).collect();
            gpu.queue().write_buffer(&self.buffer, 0, &interleaved);
        }
    }
}
