//! Where a task's output goes.

use protocol::{Progress, Section};

/// Where a task's output goes while it works.
pub trait Sink {
    /// A section appeared or changed: replaces the one of its index. New ones come in order.
    fn section(&mut self, section: Section);

    /// Text to append to section `index`, whose status is [`protocol::SectionStatus::Draft`].
    fn token(&mut self, index: u32, text: &str);

    /// The task moved on.
    fn progress(&mut self, progress: Progress);

    /// The share of the page's text that was or will be read, from 0 to 1.
    fn coverage(&mut self, share: f32);
}

/// Nobody watches.
impl Sink for () {
    fn section(&mut self, _: Section) {}
    fn token(&mut self, _: u32, _: &str) {}
    fn progress(&mut self, _: Progress) {}
    fn coverage(&mut self, _: f32) {}
}
