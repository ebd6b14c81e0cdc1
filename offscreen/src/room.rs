//! What the browser tells of the memory there is.

use crate::browser::{self, get};
use session::{MOST_MEMORY, Room};
use std::cell::Cell;

/// What is known of it now.
#[derive(Default)]
pub(crate) struct BrowserRoom {
    has_gpu: Cell<Option<bool>>,
}

impl BrowserRoom {
    /// For the session.
    pub(crate) fn room(&self) -> Room {
        Room {
            memory: machine().map_or(MOST_MEMORY, |bytes| bytes.min(MOST_MEMORY)),
            has_gpu: self.has_gpu.get(),
        }
    }

    /// Notes whether there is a GPU.
    pub(crate) fn note_gpu(&self, has_gpu: bool) {
        self.has_gpu.set(Some(has_gpu));
    }
}

/// Bytes of the machine's memory, where the browser tells: a power of two, of 8 GiB or more the least
/// that it may be.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of some GiB")]
fn machine() -> Option<u64> {
    const GIB: f64 = (1_u64 << 30) as f64;
    let gib = get(&browser::worker().navigator(), "deviceMemory").as_f64()?;
    (gib > 0.0).then_some((gib * GIB) as u64)
}
