use super::units::Unit;
use crate::Sink;
use protocol::{Passage, Section, SectionStatus};

/// Said of what was not reached.
const STOPPED: &str = "Kept as it was: stopped before it was rewritten.";

/// The sections as they stand, kept in step with the sink.
pub(super) struct Board<'s, S> {
    sink: &'s mut S,
    sections: Vec<Section>,
    /// What the section that is written next begins with, until its first piece of text comes.
    draft: Option<(usize, String)>,
}

impl<'s, S: Sink> Board<'s, S> {
    /// Shows all units as they are, each after what `before` makes of the text between.
    pub(super) fn new(
        sink: &'s mut S,
        units: &[Unit<'_>],
        before: impl Fn(usize, &Unit<'_>) -> String,
    ) -> Self {
        let mut sections = Vec::new();
        for (at, unit) in units.iter().enumerate() {
            let section = Section {
                index: u32::try_from(at).unwrap_or(u32::MAX),
                before: before(at, unit),
                text: unit.text.to_owned(),
                source: Some(Passage { text: unit.text.to_owned(), heading: None }),
                ..Section::default()
            };
            sink.section(section.clone());
            sections.push(section);
        }
        Self { sink, sections, draft: None }
    }

    /// A version is about to be written that begins with `text`. What was there stays until it comes.
    pub(super) fn begin(&mut self, at: usize, text: &str) {
        self.draft = Some((at, text.to_owned()));
    }

    /// Appends to the version being written.
    pub(super) fn token(&mut self, text: &str) {
        if let Some((at, begun)) = self.draft.take() {
            let section = &mut self.sections[at];
            (section.text, section.status) = (begun, SectionStatus::Draft);
            section.note = None;
            self.sink.section(section.clone());
        }
        if let Some(section) = self.sections.iter_mut().find(|section| section.status == SectionStatus::Draft)
        {
            section.text.push_str(text);
            self.sink.token(section.index, text);
        }
    }

    /// The section's text is this.
    pub(super) fn keep(&mut self, at: usize, text: &str, lost: Vec<String>, note: Option<String>) {
        self.put(at, text, SectionStatus::Checked, lost, note);
    }

    /// The section stays as it was.
    pub(super) fn quote(&mut self, at: usize, note: Option<String>) {
        let source = self.sections[at].source.as_ref().map(|source| source.text.clone()).unwrap_or_default();
        self.put(at, &source, SectionStatus::Quoted, Vec::new(), note);
    }

    fn put(&mut self, at: usize, text: &str, status: SectionStatus, lost: Vec<String>, note: Option<String>) {
        self.draft = None;
        let section = &mut self.sections[at];
        (section.text, section.status) = (text.to_owned(), status);
        (section.lost, section.note) = (lost, note);
        self.sink.section(section.clone());
    }

    /// Nothing is left that was not checked.
    pub(super) fn settle(&mut self) {
        for at in 0..self.sections.len() {
            if matches!(self.sections[at].status, SectionStatus::Preview | SectionStatus::Draft) {
                self.quote(at, Some(STOPPED.to_owned()));
            }
        }
    }

    /// The sections' text.
    pub(super) fn text(&self) -> String {
        self.sections.iter().map(|section| format!("{}{}", section.before, section.text)).collect()
    }

    /// Where else the work is told of.
    pub(super) fn sink(&mut self) -> &mut S {
        self.sink
    }
}
