use protocol::{Progress, Section};

/// Where a task's output goes while it works.
pub trait Sink {
    /// A section appeared or changed: replaces the one of its index.
    fn section(&mut self, section: Section);

    /// Text to append to section `index`.
    fn token(&mut self, index: u32, text: &str);

    /// The task moved on.
    fn progress(&mut self, progress: Progress);

    /// The share of the page's text that was or will be read, from 0 to 1.
    fn coverage(&mut self, share: f32);
}
