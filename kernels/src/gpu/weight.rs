//! Quantised matrices in GPU memory.

use super::{Context, Error};
use gguf::TensorType;

/// Elements that the kernels take at a time, of every type.
pub(super) const BLOCK: usize = 32;

/// How a type's blocks of 32 elements lie in a file. In GPU memory scales and quants lie apart, so that a kernel reads
/// a block's quants as whole, aligned `vec4<u32>`.
#[derive(Clone, Copy)]
struct Layout {
    /// Name of the permutation that reads it.
    define: &'static str,
    /// Bytes of scales at a block's start: 0, 2 or 4.
    scale: usize,
    /// Bytes of quants after them: a multiple of 16.
    quants: usize,
}

impl Layout {
    fn of(ty: TensorType) -> Option<Self> {
        let (define, scale, quants) = match ty {
            TensorType::F32 => ("F32", 0, 128),
            TensorType::F16 => ("F16", 0, 64),
            TensorType::Bf16 => ("BF16", 0, 64),
            TensorType::Q8_0 => ("Q8_0", 2, 32),
            TensorType::Q4_0 => ("Q4_0", 2, 16),
            TensorType::Q4_1 => ("Q4_1", 4, 16),
            _ => return None,
        };
        Some(Self { define, scale, quants })
    }

    fn block(self) -> usize {
        self.scale + self.quants
    }

    /// Bytes to upload at a time: the fewest blocks whose scales fill words.
    fn group(self) -> usize {
        if self.scale == 2 { 2 * self.block() } else { self.block() }
    }
}

/// A matrix of `rows` output features by `cols` input features whose blocks stay quantised in GPU memory.
pub struct Weight {
    layout: Layout,
    rows: usize,
    cols: usize,
    quants: wgpu::Buffer,
    scales: Option<wgpu::Buffer>,
    upload: Upload,
}

/// Bytes received, and those of them that do not yet make a group.
#[derive(Default)]
struct Upload {
    received: u64,
    rest: Vec<u8>,
}

impl Weight {
    /// Room for a matrix, to be filled by [`write`](Self::write).
    ///
    /// # Errors
    /// [`Error::UnsupportedType`] when no kernel reads `ty`; [`Error::Shape`] when `cols` is not a multiple of 32;
    /// [`Error::TooLarge`] when the device cannot bind that much at once.
    pub fn new(gpu: &Context, label: &str, ty: TensorType, rows: usize, cols: usize) -> Result<Self, Error> {
        let layout = Layout::of(ty).ok_or(Error::UnsupportedType(ty.name()))?;
        if rows == 0 || cols == 0 || !cols.is_multiple_of(BLOCK) {
            let problem = format!("{label} is {rows} x {cols}; columns come in blocks of {BLOCK}");
            return Err(Error::shape("weight", problem));
        }
        // An odd last block is uploaded with an empty neighbour.
        let blocks = (rows as u64 * (cols / BLOCK) as u64).next_multiple_of(2);
        let quants = gpu.storage(label, blocks * layout.quants as u64)?;
        let scales = match layout.scale {
            0 => None,
            bytes => Some(gpu.storage(label, blocks * bytes as u64)?),
        };
        Ok(Self { layout, rows, cols, quants, scales, upload: Upload::default() })
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
        self.rows as u64 * self.blocks() as u64 * self.layout.block() as u64
    }

    /// Takes the next piece of the tensor's bytes in the file; `offset` is where in the tensor it starts. Pieces come one
    /// after the other and may be cut anywhere.
    ///
    /// # Errors
    /// [`Error::Order`] for a piece out of turn, [`Error::Shape`] for bytes past the end.
    pub fn write(&mut self, gpu: &Context, offset: u64, bytes: &[u8]) -> Result<(), Error> {
        if offset != self.upload.received {
            return Err(Error::Order { expected: self.upload.received, found: offset });
        }
        let end = offset + bytes.len() as u64;
        if end > self.bytes() {
            return Err(Error::shape("weight", format!("{end} bytes for {}", self.bytes())));
        }
        let group = self.layout.group() as u64;
        let first_group = offset / group;
        self.upload.received = end;
        self.upload.rest.extend_from_slice(bytes);
        let last = end == self.bytes();
        let whole = if last {
            let padded = self.upload.rest.len().next_multiple_of(self.layout.group());
            self.upload.rest.resize(padded, 0);
            padded
        } else {
            self.upload.rest.len() / self.layout.group() * self.layout.group()
        };
        self.upload_groups(gpu, first_group, whole);
        self.upload.rest.drain(..whole);
        if last {
            self.upload.rest = Vec::new();
        }
        Ok(())
    }

    /// Splits the first `len` waiting bytes, whole groups, into scales and quants.
    fn upload_groups(&self, gpu: &Context, first_group: u64, len: usize) {
        let Layout { scale, quants, .. } = self.layout;
        let bytes = &self.upload.rest[..len];
        let first_block = first_group * (self.layout.group() / self.layout.block()) as u64;
        let quants_at = first_block * quants as u64;
        let Some(scales) = &self.scales else {
            gpu.queue().write_buffer(&self.quants, quants_at, bytes);
            return;
        };
        let blocks = len / self.layout.block();
        let mut scale_bytes = Vec::with_capacity(blocks * scale);
        let mut quant_bytes = Vec::with_capacity(blocks * quants);
        for block in bytes.chunks_exact(self.layout.block()) {
            let (scale, quants) = block.split_at(scale);
            scale_bytes.extend_from_slice(scale);
            quant_bytes.extend_from_slice(quants);
        }
        gpu.queue().write_buffer(&self.quants, quants_at, &quant_bytes);
        gpu.queue().write_buffer(scales, first_block * scale as u64, &scale_bytes);
    }

    /// Name of the permutation that reads this type.
    pub(super) fn define(&self) -> &'static str {
        self.layout.define
    }

    /// Blocks of a row.
    pub(super) fn blocks(&self) -> usize {
        self.cols / BLOCK
    }

    /// The buffers in the order of the bindings of `shared/weight.wgsl`, then `others`.
    pub(super) fn bind<'a>(&'a self, others: &[&'a wgpu::Buffer]) -> Vec<&'a wgpu::Buffer> {
        [&self.quants].into_iter().chain(&self.scales).chain(others.iter().copied()).collect()
    }

    /// The elements of a vector of `f32`, or an error: norms are small and always of this type.
    pub(super) fn vector(&self, kernel: &'static str) -> Result<&wgpu::Buffer, Error> {
        if self.rows == 1 && self.layout.define == "F32" {
            Ok(&self.quants)
        } else {
            let problem = format!("the weight is {} x {} of {}", self.rows, self.cols, self.layout.define);
            Err(Error::shape(kernel, problem + ", not a vector of F32"))
        }
    }
}
