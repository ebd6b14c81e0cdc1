use std::cell::Cell;

/// The order in which it was looked at what is stored. A look takes a while, and several go on at
/// once when several downloads end: one that began before another, and ends after it, has seen what
/// is no longer so.
#[derive(Debug, Default)]
pub(crate) struct Looks {
    begun: Cell<u64>,
    /// The look whose findings are known.
    known: Cell<u64>,
}

impl Looks {
    /// Begins one; gives its number.
    pub(crate) fn begin(&self) -> u64 {
        self.begun.set(self.begun.get() + 1);
        self.begun.get()
    }

    /// Whether what a look found is newer than what is known; then it is known from now on.
    pub(crate) fn is_news(&self, look: u64) -> bool {
        let is_news = look > self.known.get();
        if is_news {
            self.known.set(look);
        }
        is_news
    }
}
