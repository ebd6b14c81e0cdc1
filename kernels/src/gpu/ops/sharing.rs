//! How the threads of a product share its work.

use super::matrix::Matrix;
use crate::gpu::device::{Context, Tuning};

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
    /// Threads of a workgroup, at most.
    const MOST: usize = 128;

    /// What suits a product on this device: enough threads for all of it, and lanes that have
    /// blocks.
    #[must_use]
    pub fn of<'a>(gpu: &Context, matrix: impl Into<Matrix<'a>>) -> Self {
        /// Threads that keep a large GPU busy.
        const ENOUGH: usize = 1 << 16;
        let Matrix { weight, update } = matrix.into();
        if gpu.tuning() == Tuning::Software {
            // Without lanes there is no barrier. The more rows, the less often A is multiplied.
            return Self { threads: if update.is_some() { 64 } else { 16 }, lanes: 1 };
        }
        // Not more than there are blocks for.
        let wanted = (ENOUGH / weight.rows().div_ceil(4).max(1)).max(4);
        let lanes = wanted.next_power_of_two().min(weight.blocks().next_power_of_two()).min(Self::MOST);
        Self { threads: lanes.max(64), lanes }
    }

    /// Threads of a workgroup that multiplies A too, at most: the more, the fewer workgroups do so.
    /// Without subgroups, workgroup memory has no room for the sums of more, for few tokens.
    pub(super) fn most_updated(gpu: &Context) -> usize {
        if gpu.features().subgroup > 1 { 2 * Self::MOST } else { Self::MOST }
    }

    /// The same with lanes for so many groups of rows, at least, of so many threads at most.
    pub(super) fn with_groups(self, groups: usize, most: usize) -> Self {
        let most = most / groups.max(1);
        let lanes = if most == 0 { 1 } else { self.lanes.min(1 << most.ilog2()) };
        Self { threads: self.threads.max(lanes * groups), lanes }
    }
}
