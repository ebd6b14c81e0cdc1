//! Pauses within long work.

use crate::error::Error;
use std::cell::Cell;
use std::ops::ControlFlow;

/// Steps between two pauses: visits to nodes or bytes of text, each well below a microsecond.
const STEPS: usize = 4 << 10;

/// Counts work and pauses after each piece of it.
pub(crate) struct Pace<P> {
    pause: P,
    left: Cell<usize>,
}

impl<P: AsyncFn() -> ControlFlow<()>> Pace<P> {
    pub(crate) fn new(pause: P) -> Self {
        Self { pause, left: Cell::new(STEPS) }
    }

    /// Called before or after `steps` of work that is not interrupted.
    ///
    /// # Errors
    /// [`Error::Stopped`] when the work is to end.
    pub(crate) async fn work(&self, steps: usize) -> Result<(), Error> {
        if let Some(left) = self.left.get().checked_sub(steps) {
            self.left.set(left);
            return Ok(());
        }
        self.left.set(STEPS);
        if (self.pause)().await.is_break() { Err(Error::Stopped) } else { Ok(()) }
    }
}
