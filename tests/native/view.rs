//! What the reader would see.

use protocol::{Progress, Section, SectionStatus};
use tasks::Sink;

/// The sections as they are at last, and how they first appeared.
#[derive(Default)]
pub(crate) struct View {
    pub(crate) sections: Vec<Section>,
    pub(crate) first: Vec<SectionStatus>,
    pub(crate) tokens: usize,
    pub(crate) fraction: f32,
    pub(crate) coverage: f32,
}

impl Sink for View {
    fn section(&mut self, section: Section) {
        let at = section.index as usize;
        if at < self.sections.len() {
            self.sections[at] = section;
        } else {
            self.first.push(section.status);
            self.sections.push(section);
        }
    }

    fn token(&mut self, _: u32, _: &str) {
        self.tokens += 1;
    }

    fn progress(&mut self, progress: Progress) {
        self.fraction = progress.fraction.unwrap_or(self.fraction);
    }

    fn coverage(&mut self, share: f32) {
        self.coverage = share;
    }
}
