//! Test data.

use gguf::TensorType;

/// A small generator (Numerical Recipes' constants): test data need not be good, only varied and repeatable.
pub(crate) struct Lcg(pub(crate) u32);

impl Lcg {
    pub(crate) fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        self.0 >> 8
    }

    /// In [-1, 1).
    pub(crate) fn float(&mut self) -> f32 {
        self.next() as f32 / (1_u32 << 23) as f32 - 1.0
    }

    /// Within ±3.
    pub(crate) fn floats(&mut self, count: usize) -> Vec<f32> {
        (0..count).map(|_| self.float() * 3.0).collect()
    }

    /// Random quants under finite scales.
    pub(crate) fn blocks(&mut self, ty: TensorType, count: usize) -> Vec<u8> {
        // Where a block has numbers in half precision (or, of floats, is one).
        let halves: &[usize] = match ty {
            TensorType::Q4_1 | TensorType::Q5_1 | TensorType::Q4K | TensorType::Q5K => &[0, 2],
            TensorType::Q6K => &[208],
            _ => &[0],
        };
        let mut bytes: Vec<u8> =
            (0..count * ty.block_bytes()).map(|_| self.next().to_le_bytes()[0]).collect();
        for block in bytes.chunks_exact_mut(ty.block_bytes()) {
            match ty {
                TensorType::F32 => block.copy_from_slice(&self.float().to_le_bytes()),
                TensorType::Bf16 => block.copy_from_slice(&half::bf16::from_f32(self.float()).to_le_bytes()),
                _ => {
                    for &offset in halves {
                        // Some normal, some subnormal.
                        let size = if self.next().is_multiple_of(2) { 0.1 } else { 5e-5 };
                        let half = half::f16::from_f32(self.float() * size);
                        block[offset..offset + 2].copy_from_slice(&half.to_le_bytes());
                    }
                }
            }
        }
        bytes
    }
}

/// Squared error over squared value.
pub(crate) fn nmse(found: &[f32], expected: &[f32]) -> f64 {
    let square = |x: f32| f64::from(x) * f64::from(x);
    let error: f64 = found.iter().zip(expected).map(|(a, b)| square(a - b)).sum();
    let value: f64 = expected.iter().map(|&x| square(x)).sum();
    if value > 0.0 { error / value } else { error }
}
