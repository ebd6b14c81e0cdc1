use protocol::{Progress, Section, SectionStatus};
use tasks::Sink;

/// What a task wrote, as a reader sees it at last.
#[derive(Default)]
pub(crate) struct Sections {
    pub(crate) sections: Vec<Section>,
    /// Share of the text that was read, from 0 to 1.
    pub(crate) coverage: f32,
    /// Every draft that was written on the way, with its section's index, whatever became of it.
    pub(crate) drafts: Vec<(u32, String)>,
}

impl Sink for Sections {
    fn section(&mut self, section: Section) {
        if section.status == SectionStatus::Draft {
            self.drafts.push((section.index, section.text.clone()));
        }
        let at = section.index as usize;
        if at < self.sections.len() { self.sections[at] = section } else { self.sections.push(section) }
    }

    fn token(&mut self, _: u32, text: &str) {
        if let Some((_, draft)) = self.drafts.last_mut() {
            draft.push_str(text);
        }
    }

    fn progress(&mut self, _: Progress) {}

    fn coverage(&mut self, share: f32) {
        self.coverage = share;
    }
}
