//! How the threads of a product share its work.

use crate::gpu::device::{Context, Tuning};
use crate::gpu::memory::Weight;

/// How the threads of [`matvec()`](crate::gpu::matvec()) and
/// [`matvec_few()`](crate::gpu::matvec_few()) share their work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sharing {
    /// Threads of a workgroup: a power of two, at most 256, for few tokens 128.
    pub threads: usize,
    /// How many of them share four rows: a power of two, at most `threads`. It decides the order in
    /// which a sum is made.
    pub lanes: usize,
}

impl Sharing {
    /// What suits a product on this device: enough threads for all of it, and lanes that have
    /// blocks.
    #[must_use]
    pub fn of(gpu: &Context, weight: &Weight) -> Self {
        /// Threads that keep a large GPU busy.
        const ENOUGH: usize = 1 << 16;
        if gpu.tuning() == Tuning::Software {
            // Without lanes there is no barrier.
            return Self { threads: 16, lanes: 1 };
        }
        // Not more than there are blocks for.
        let wanted = (ENOUGH / weight.rows().div_ceil(4).max(1)).max(4);
        let lanes = wanted.next_power_of_two().min(weight.blocks().next_power_of_two()).min(128);
        Self { threads: lanes.max(64), lanes }
    }
}
