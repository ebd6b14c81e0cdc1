//! A text in sections, one for each piece that is worked on, as a rewrite and a translated selection show it.

use crate::Sink;
use protocol::{Passage, Section, SectionStatus};

/// The sections as they stand, kept in step with the sink.
pub(crate) struct Board<'s, S> {
    sink: &'s mut S,
    sections: Vec<Section>,
    /// What the section that is written next begins with, until its first piece of text comes.
    draft: Option<(usize, String)>,
}

impl<'s, S: Sink> Board<'s, S> {
    /// Shows all pieces as they are, each after what stands before it.
    pub(crate) fn new<'t>(sink: &'s mut S, pieces: impl IntoIterator<Item = (String, &'t str)>) -> Self {
        let mut sections = Vec::new();
        for (index, (before, text)) in (0..).zip(pieces) {
            let source = Some(Passage { text: text.to_owned(), heading: None });
            let section = Section { index, before, text: text.to_owned(), source, ..Section::default() };
            sink.section(section.clone());
            sections.push(section);
        }
        Self { sink, sections, draft: None }
    }

    /// A version is about to be written that begins with `text`. What was there stays until it comes.
    pub(crate) fn begin(&mut self, at: usize, text: &str) {
        self.draft = Some((at, text.to_owned()));
    }

    /// Appends to the version being written.
    pub(crate) fn token(&mut self, text: &str) {
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
    pub(crate) fn keep(&mut self, at: usize, text: &str, lost: Vec<String>, note: Option<String>) {
        self.put(at, text, SectionStatus::Checked, lost, note);
    }

    /// The section stays as it was.
    pub(crate) fn quote(&mut self, at: usize, note: Option<String>) {
        let source = source(&self.sections[at]).to_owned();
        self.put(at, &source, SectionStatus::Quoted, Vec::new(), note);
    }

    fn put(&mut self, at: usize, text: &str, status: SectionStatus, lost: Vec<String>, note: Option<String>) {
        self.draft = None;
        let section = &mut self.sections[at];
        (section.text, section.status) = (text.to_owned(), status);
        (section.lost, section.note) = (lost, note);
        self.sink.section(section.clone());
    }

    /// Nothing is left that was not checked: `note` is said of what was not reached.
    pub(crate) fn settle(&mut self, note: &str) {
        for at in 0..self.sections.len() {
            if matches!(self.sections[at].status, SectionStatus::Preview | SectionStatus::Draft) {
                self.quote(at, Some(note.to_owned()));
            }
        }
    }

    /// The sections.
    pub(crate) fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The sections' text.
    pub(crate) fn text(&self) -> String {
        self.sections.iter().map(|section| format!("{}{}", section.before, section.text)).collect()
    }

    /// Where else the work is told of.
    pub(crate) fn sink(&mut self) -> &mut S {
        self.sink
    }
}

/// The words that a section was made of.
pub(crate) fn source(section: &Section) -> &str {
    section.source.as_ref().map(|source| source.text.as_str()).unwrap_or_default()
}
