use crate::Error;
use std::sync::{Arc, Mutex, PoisonError};

/// What went wrong on a GPU outside of any call: its driver failed, its memory is full, it was
/// taken away. Shared with the callbacks that hear of it.
#[derive(Clone, Debug, Default)]
pub struct GpuFault(Arc<Mutex<Option<Cause>>>);

#[derive(Clone, Debug)]
struct Cause {
    text: String,
    kind: FaultKind,
}

/// What sort of thing went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A command failed.
    Failure,
    /// There was no memory for something.
    Memory,
    /// The device was taken away.
    Loss,
}

impl GpuFault {
    /// What went wrong, if anything did.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        self.get().map(|cause| cause.text)
    }

    /// The same as an error.
    #[must_use]
    pub fn error(&self) -> Option<Error> {
        self.get().map(|cause| match cause.kind {
            FaultKind::Memory => Error::GpuMemory,
            FaultKind::Failure | FaultKind::Loss => Error::Gpu(cause.text),
        })
    }

    /// Whether results that came before it was noticed may be wrong: unless the device was taken
    /// away, and gave none since.
    #[must_use]
    pub fn spoils(&self) -> bool {
        self.get().is_some_and(|cause| cause.kind != FaultKind::Loss)
    }

    /// Notes what went wrong; the first cause counts, the others follow from it.
    pub fn set(&self, text: String, kind: FaultKind) {
        let mut cause = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        cause.get_or_insert(Cause { text, kind });
    }

    fn get(&self) -> Option<Cause> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// That the GPU was lost under the work that a model is loaded for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GpuLoss {
    /// How often by now.
    pub times: u32,
    /// What was said of it the last time.
    pub text: String,
}

impl GpuLoss {
    /// Whether it is worth trying the GPU once more.
    pub(crate) fn is_first(&self) -> bool {
        self.times == 1
    }
}

#[cfg(test)]
mod tests {
    use super::{FaultKind, GpuFault};
    use crate::Error;

    #[test]
    fn the_first_cause_counts() {
        let fault = GpuFault::default();
        assert_eq!((fault.text(), fault.spoils()), (None, false));
        fault.clone().set("out of memory".to_owned(), FaultKind::Memory);
        fault.set("lost".to_owned(), FaultKind::Loss);
        assert_eq!((fault.text().as_deref(), fault.spoils()), (Some("out of memory"), true));
        assert!(matches!(fault.error(), Some(Error::GpuMemory)));
    }

    #[test]
    fn a_device_that_was_taken_away_gave_nothing_wrong() {
        let fault = GpuFault::default();
        fault.set("lost".to_owned(), FaultKind::Loss);
        assert!(!fault.spoils());
    }
}
