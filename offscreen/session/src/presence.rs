use crate::Served;

/// What there is of a model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Presence {
    /// In the browser's storage.
    pub stored: Stored,
    /// Whether the extension's package has it.
    pub packaged: bool,
    /// Whether the engine ended while it loaded or prepared it the last time.
    pub interrupted: bool,
    /// The server that has it, where it is on one of the reader's.
    pub server: Option<Served>,
}

impl Presence {
    /// Whether a job can use it without asking the reader first.
    pub(crate) fn is_here(&self) -> bool {
        self.stored == Stored::Whole || self.packaged || self.server.is_some()
    }
}

/// A model's file in the browser's storage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stored {
    /// It is not there.
    #[default]
    No,
    /// It is there, as far as is known without reading it.
    Whole,
    /// It is not as it was installed.
    Damaged,
}
