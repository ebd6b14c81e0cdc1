use std::cell::Cell;
use std::rc::Rc;

/// A job's own stop sign: set once, never cleared, so that it cannot reach another job.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Rc<Cell<bool>>);

impl Cancel {
    /// Asks the job to stop.
    pub fn set(&self) {
        self.0.set(true);
    }

    /// Whether the job is to stop.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.0.get()
    }
}
