//! A task's output: a text in sections, one for each piece that is worked on.

use crate::sink::Sink;
use protocol::{Passage, Progress, Section, SectionStatus};
use std::cell::{Ref, RefCell};
use std::rc::Rc;

/// One hand that writes sections. Several may, each a draft of its own.
pub(crate) struct Sections<'s> {
    written: Rc<RefCell<Written<'s>>>,
    draft: Option<Draft>,
}

/// The sections as they stand, kept in step with the sink.
struct Written<'s> {
    sink: &'s mut dyn Sink,
    sections: Vec<Section>,
    /// The reader's own words that each was made of.
    sources: Vec<Passage>,
}

/// What the model is about to write or writes.
struct Draft {
    at: usize,
    /// What the section begins with, until the first text comes.
    beginning: Option<String>,
}

impl<'s> Sections<'s> {
    pub(crate) fn new(sink: &'s mut dyn Sink) -> Self {
        let written = Written { sink, sections: Vec::new(), sources: Vec::new() };
        Self { written: Rc::new(RefCell::new(written)), draft: None }
    }

    /// Another hand, for a draft beside this one's.
    pub(crate) fn beside(&self) -> Self {
        Self { written: Rc::clone(&self.written), draft: None }
    }

    /// Shows the reader's own words as a section after the last, with what stands before it.
    pub(crate) fn preview(&mut self, before: String, source: Passage) {
        let text = source.text.clone();
        self.append(Section { before, text, source: Some(source), ..Section::default() });
    }

    /// Shows a section after the last, as it is.
    pub(crate) fn append(&mut self, section: Section) {
        let Written { sink, sections, sources } = &mut *self.written.borrow_mut();
        let index = u32::try_from(sections.len()).unwrap_or(u32::MAX);
        sources.push(section.source.clone().unwrap_or_default());
        let section = Section { index, ..section };
        sections.push(section.clone());
        sink.section(section);
    }

    /// A version of section `at` is about to be written that begins with `text`. What was there
    /// stays until more comes.
    pub(crate) fn begin(&mut self, at: usize, text: &str) {
        self.draft = Some(Draft { at, beginning: Some(text.to_owned()) });
    }

    /// Appends to the version being written; ignored where none has begun.
    pub(crate) fn token(&mut self, text: &str) {
        let Some(draft) = self.draft.as_mut().filter(|_| !text.is_empty()) else { return };
        let Written { sink, sections, .. } = &mut *self.written.borrow_mut();
        let section = &mut sections[draft.at];
        if let Some(beginning) = draft.beginning.take() {
            (section.text, section.status) = (beginning, SectionStatus::Draft);
            section.note = None;
            sink.section(section.clone());
        }
        section.text.push_str(text);
        sink.token(section.index, text);
    }

    /// A version of section `at` passed the checks: its text and what is to be told of it. It rests
    /// on the section's own source where it names no other.
    pub(crate) fn keep(&mut self, at: usize, version: Section) {
        let source = version.source.clone().unwrap_or_else(|| self.written.borrow().sources[at].clone());
        let status = SectionStatus::Checked;
        self.replace(at, Section { status, source: Some(source), ..version });
    }

    /// The reader's own words stay; `note` says why, where that is to be said.
    pub(crate) fn quote(&mut self, at: usize, note: Option<String>) {
        let source = self.written.borrow().sources[at].clone();
        let (text, status) = (source.text.clone(), SectionStatus::Quoted);
        self.replace(at, Section { text, status, source: Some(source), note, ..Section::default() });
    }

    fn replace(&mut self, at: usize, section: Section) {
        self.draft = None;
        let Written { sink, sections, .. } = &mut *self.written.borrow_mut();
        let old = &mut sections[at];
        let before = std::mem::take(&mut old.before);
        *old = Section { index: old.index, before, ..section };
        sink.section(old.clone());
    }

    /// Nothing is left that was not checked: `note` is told of what was not reached.
    pub(crate) fn settle(&mut self, note: Option<&str>) {
        let count = self.list().len();
        for at in 0..count {
            let status = self.list()[at].status;
            if matches!(status, SectionStatus::Preview | SectionStatus::Draft) {
                self.quote(at, note.map(str::to_owned));
            }
        }
    }

    pub(crate) fn coverage(&self, share: f32) {
        self.written.borrow_mut().sink.coverage(share);
    }

    pub(crate) fn progress(&self, progress: Progress) {
        self.written.borrow_mut().sink.progress(progress);
    }

    pub(crate) fn list(&self) -> Ref<'_, [Section]> {
        Ref::map(self.written.borrow(), |written| &written.sections[..])
    }

    /// The reader's own words that section `at` was made of.
    pub(crate) fn source(&self, at: usize) -> Ref<'_, str> {
        Ref::map(self.written.borrow(), |written| &written.sources[at].text[..])
    }

    /// The whole text: each section after what stands before it.
    pub(crate) fn text(&self) -> String {
        self.list().iter().flat_map(|section| [section.before.as_str(), &section.text]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::View;

    #[test]
    fn a_preview_stays_until_text_comes_and_nothing_unchecked_is_left() {
        let mut view = View::default();
        let mut sections = Sections::new(&mut view);
        for text in ["One.", "Two.", "Three."] {
            sections.preview(" ".to_owned(), Passage { text: text.to_owned(), ..Passage::default() });
        }
        sections.token("unheard");
        sections.begin(0, "A");
        assert_eq!(sections.list()[0].status, SectionStatus::Preview);
        sections.token("");
        assert_eq!(sections.list()[0].status, SectionStatus::Preview);
        sections.token(" one.");
        assert_eq!((sections.list()[0].text.as_str(), &*sections.source(0)), ("A one.", "One."));
        sections.keep(0, Section { text: "A one!".to_owned(), ..Section::default() });
        sections.begin(1, "");
        sections.token("Unchecked");
        sections.settle(Some("Stopped."));
        assert_eq!(sections.text(), " A one! Two. Three.");
        let statuses: Vec<SectionStatus> = view.sections.iter().map(|section| section.status).collect();
        assert_eq!(statuses, [SectionStatus::Checked, SectionStatus::Quoted, SectionStatus::Quoted]);
        assert_eq!(view.sections[0].source.as_ref().map(|source| source.text.as_str()), Some("One."));
        assert!(view.sections[0].note.is_none() && view.sections[1].note.as_deref() == Some("Stopped."));
        assert_eq!((view.first, view.drafts, view.tokens), (vec![SectionStatus::Preview; 3], 2, 2));
    }

    #[test]
    fn each_hand_writes_a_draft_of_its_own() {
        let mut view = View::default();
        let mut sections = Sections::new(&mut view);
        for text in ["One.", "Two."] {
            sections.preview(String::new(), Passage { text: text.to_owned(), ..Passage::default() });
        }
        let (mut first, mut second) = (sections.beside(), sections.beside());
        first.begin(0, "");
        second.begin(1, "");
        for word in ["Ein", "s."] {
            first.token(word);
            second.token(&word.to_uppercase());
        }
        second.keep(1, Section { text: "Zwei.".to_owned(), ..Section::default() });
        first.token("!");
        assert_eq!(sections.text(), "Eins.!Zwei.");
        sections.settle(None);
        assert_eq!(sections.text(), "One.Zwei.");
    }
}
