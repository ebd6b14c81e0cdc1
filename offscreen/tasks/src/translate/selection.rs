//! A selection, sentence by sentence.

use super::ask::{Outcome, Translator, Watch, line};
use super::pieces::{has_words, pieces};
use super::{names, report};
use crate::{Error, LanguageModel, Sink};
use decoder::Pace;
use protocol::{Passage, Section, SectionStatus};

/// Translates `text`. What stands between its sentences goes into [`Section::before`]; what stands behind the last is added
/// to the text that is returned.
pub(super) async fn translate<M: LanguageModel, P: Pace>(
    translator: &mut Translator<'_, M, P>,
    text: &str,
    sink: &mut impl Sink,
) -> Result<String, Error> {
    let mut board = Board::new(text, sink);
    if board.sections.is_empty() {
        return Err(Error::NoText);
    }
    let worked = board.work(translator).await;
    board.settle();
    board.sink.coverage(board.coverage());
    worked?;
    let translated = board.sections.iter().any(|section| section.status == SectionStatus::Checked);
    match board.fault {
        Some(reason) if !translated => Err(Error::NoResult { reason: super::no_result(&reason) }),
        _ => {
            let parts = board.sections.iter().map(|section| format!("{}{}", section.before, section.text));
            Ok(parts.collect::<String>() + board.after)
        }
    }
}

/// The sections as they stand, kept in step with the sink.
struct Board<'t, 's, S> {
    sink: &'s mut S,
    sections: Vec<Section>,
    /// What stands behind the last sentence.
    after: &'t str,
    /// Why the last failure was one.
    fault: Option<String>,
}

impl<'t, 's, S: Sink> Board<'t, 's, S> {
    /// All sentences as previews.
    fn new(text: &'t str, sink: &'s mut S) -> Self {
        let mut board = Self { sink, sections: Vec::new(), after: text, fault: None };
        let mut end = 0;
        for (index, piece) in (0..).zip(pieces(text, &[])) {
            let source = text[piece.clone()].to_owned();
            let before = text[end..piece.start].to_owned();
            end = piece.end;
            let passage = Some(Passage { text: source.clone(), heading: None });
            board.sections.push(Section {
                index,
                before,
                text: source,
                source: passage,
                ..Section::default()
            });
        }
        board.after = &text[end..];
        for section in &board.sections {
            board.sink.section(section.clone());
        }
        board
    }

    async fn work<M: LanguageModel, P: Pace>(
        &mut self,
        translator: &mut Translator<'_, M, P>,
    ) -> Result<(), Error> {
        let count = self.sections.len();
        for at in 0..count {
            let source = self.source(at).to_owned();
            if has_words(&source) {
                let outcome = translator.translate(&source, &[], &mut |watch| self.watch(at, &watch)).await?;
                self.finish(at, &source, outcome);
            } else {
                self.put(at, Section { status: SectionStatus::Quoted, ..self.own(at) });
            }
            report(translator.model, self.sink, at + 1, count);
        }
        Ok(())
    }

    /// The first text of an attempt takes the place of what stood there: until then that stays.
    fn watch(&mut self, at: usize, watch: &Watch<'_>) {
        match watch {
            Watch::Attempt => self.put(at, self.own(at)),
            Watch::Text(text) => {
                if self.sections[at].status != SectionStatus::Draft {
                    self.put(
                        at,
                        Section { status: SectionStatus::Draft, text: String::new(), ..self.own(at) },
                    );
                }
                self.sections[at].text.push_str(text);
                self.sink.token(self.sections[at].index, text);
            }
        }
    }

    fn finish(&mut self, at: usize, source: &str, outcome: Outcome) {
        let own = self.own(at);
        let section = match outcome {
            Outcome::Translated(text) if text == line(source) => {
                Section { status: SectionStatus::Quoted, ..own }
            }
            Outcome::Translated(text) => {
                let lost = names::lost(source, &text);
                Section { status: SectionStatus::Checked, text, lost, ..own }
            }
            Outcome::Failed(reason) => {
                let note = Some(super::left_as_it_was(&reason));
                self.fault = Some(reason);
                Section { status: SectionStatus::Quoted, note, ..own }
            }
        };
        self.put(at, section);
    }

    /// Changes a section; nothing is sent when it stays as it is.
    fn put(&mut self, at: usize, section: Section) {
        if self.sections[at] != section {
            self.sections[at] = section.clone();
            self.sink.section(section);
        }
    }

    /// A section with the source's own words.
    fn own(&self, at: usize) -> Section {
        let Section { index, before, source, .. } = self.sections[at].clone();
        Section { index, before, text: self.source(at).to_owned(), source, ..Section::default() }
    }

    fn source(&self, at: usize) -> &str {
        self.sections[at].source.as_ref().map(|source| source.text.as_str()).unwrap_or_default()
    }

    /// Previews and drafts become the source's own words.
    fn settle(&mut self) {
        for at in 0..self.sections.len() {
            if matches!(self.sections[at].status, SectionStatus::Preview | SectionStatus::Draft) {
                self.put(at, Section { status: SectionStatus::Quoted, ..self.own(at) });
            }
        }
    }

    /// The share of the characters that were translated, or had no need of it.
    fn coverage(&self) -> f32 {
        let length = |section: &Section| section.source.as_ref().map_or(0, |source| source.text.len());
        let done = |section: &&Section| {
            section.status == SectionStatus::Checked
                || section.source.as_ref().is_none_or(|own| !has_words(&own.text))
        };
        let total: usize = self.sections.iter().map(length).sum();
        self.sections.iter().filter(done).map(length).sum::<usize>() as f32 / total.max(1) as f32
    }
}
