use crate::gpu::device::Context;
use crate::gpu::error::Error;
use crate::gpu::shape::BLOCK;

/// Activations as 8-bit integers in blocks of 32, in GPU memory: what
/// [`quantize`](crate::gpu::quantize()) writes, once for all the products that read it with
/// [`matmul_int`](crate::gpu::matmul_int()).
pub struct QuantizedRows {
    /// `[block][half of it][row]`: 16 bytes.
    quants: wgpu::Buffer,
    /// `[block][row]`: scale, and scale · Σ quants.
    factors: wgpu::Buffer,
    rows: usize,
    width: usize,
}

impl QuantizedRows {
    /// Room for `rows` rows of `width` values; `label` names them in errors and debuggers.
    ///
    /// # Errors
    /// [`Error::Shape`] when `width` is not a multiple of 32, [`Error::TooLarge`] when the device
    /// cannot bind that much at once.
    pub fn new(gpu: &Context, label: &str, rows: usize, width: usize) -> Result<Self, Error> {
        if width == 0 || !width.is_multiple_of(BLOCK) {
            return Err(Error::shape("quantize", format!("a width of {width} is not a multiple of {BLOCK}")));
        }
        let values = rows as u64 * width as u64;
        let quants = gpu.storage(label, values)?;
        let factors = gpu.storage(label, values / BLOCK as u64 * 8)?;
        Ok(Self { quants, factors, rows, width })
    }

    pub(in crate::gpu) fn rows(&self) -> usize {
        self.rows
    }

    /// Values of a row.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// The integers: for each block of 32, for each half of it, 16 signed bytes of every row.
    #[must_use]
    pub fn quants(&self) -> &wgpu::Buffer {
        &self.quants
    }

    /// For each block, of every row two `f32`: what the integers are to be multiplied by, and the
    /// sum of the products.
    #[must_use]
    pub fn factors(&self) -> &wgpu::Buffer {
        &self.factors
    }
}
