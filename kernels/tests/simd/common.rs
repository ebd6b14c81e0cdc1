//! What the tests share: threads, data, and how results are judged.

use gguf::TensorType;
use half::{bf16, f16};
use kernels::simd::Pool;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;

/// A pool with so many workers, which never end.
pub(crate) fn pool(workers: usize) -> &'static Pool {
    let pool: &'static Pool = Box::leak(Box::default());
    for _ in 0..workers {
        thread::spawn(|| pool.serve());
    }
    while pool.workers() < workers {
        thread::yield_now();
    }
    pool
}

/// One thread, and three where there are threads: whoever has them runs one operation at a time, as
/// a second one would be shared by nobody.
pub(crate) fn pools() -> MutexGuard<'static, [&'static Pool; 2]> {
    static POOLS: LazyLock<Mutex<[&Pool; 2]>> = LazyLock::new(|| {
        let workers = if cfg!(target_arch = "wasm32") { 0 } else { 2 };
        Mutex::new([pool(0), pool(workers)])
    });
    POOLS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Squared error over squared value.
pub(crate) fn nmse(found: &[f32], expected: &[f32]) -> f64 {
    assert_eq!(found.len(), expected.len());
    let square = |x: f64| x * x;
    let errors = found.iter().zip(expected).map(|(a, b)| square(f64::from(*a) - f64::from(*b)));
    let error: f64 = errors.sum();
    let value: f64 = expected.iter().map(|&x| square(f64::from(x))).sum();
    if value > 0.0 { error / value } else { error }
}

/// Holds values to those of the reference: `most` is the largest accepted [`nmse`].
pub(crate) fn check(name: &str, most: f64, found: &[f32], expected: &[f32]) {
    let error = nmse(found, expected);
    assert!(error <= most, "{name}: {error:e}");
}

/// A small generator (Numerical Recipes' constants): test data need not be good, only varied and
/// repeatable.
pub(crate) struct Lcg(pub(crate) u32);

impl Lcg {
    fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        self.0 >> 8
    }

    /// In [-1, 1).
    fn float(&mut self) -> f32 {
        self.next() as f32 / (1_u32 << 23) as f32 - 1.0
    }

    /// Within ±3.
    pub(crate) fn floats(&mut self, count: usize) -> Vec<f32> {
        (0..count).map(|_| self.float() * 3.0).collect()
    }

    /// Random quants under finite scales, some normal, some subnormal.
    pub(crate) fn blocks(&mut self, ty: TensorType, count: usize) -> Vec<u8> {
        let mut bytes: Vec<u8> =
            (0..count * ty.block_bytes()).map(|_| self.next().to_le_bytes()[0]).collect();
        for block in bytes.chunks_exact_mut(ty.block_bytes()) {
            match ty {
                TensorType::F32 => block.copy_from_slice(&self.float().to_le_bytes()),
                TensorType::F16 => block.copy_from_slice(&f16::from_f32(self.float()).to_le_bytes()),
                TensorType::Bf16 => block.copy_from_slice(&bf16::from_f32(self.float()).to_le_bytes()),
                _ => {
                    for &at in ty.halves() {
                        let size = if self.next().is_multiple_of(2) { 0.1 } else { 5e-5 };
                        let half = f16::from_f32(self.float() * size);
                        block[at..at + 2].copy_from_slice(&half.to_le_bytes());
                    }
                }
            }
        }
        bytes
    }
}
