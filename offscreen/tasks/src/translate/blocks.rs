//! A page's blocks, each with its inline markup.

use super::ask::{Outcome, Translator, line};
use super::marks::Ground;
use super::pieces::{has_words, pieces};
use super::styled::{Run, Styled};
use super::{names, report};
use crate::{Error, LanguageModel, Sink};
use decoder::Scheduler;
use protocol::{Block, Passage, Section, SectionStatus};
use std::ops::Range;

/// Translates blocks in the order given; each appears when it is finished.
pub(super) async fn translate<M: LanguageModel, P: Scheduler>(
    translator: &mut Translator<'_, M, P>,
    blocks: &[Block],
    sink: &mut impl Sink,
) -> Result<String, Error> {
    let total: usize = blocks.iter().map(|block| Styled::of(&block.spans).text.len()).sum();
    let mut translated = 0;
    let mut any = false;
    let mut fault = None;
    let mut texts = Vec::new();
    let mut worked = Ok(());
    for (index, block) in blocks.iter().enumerate() {
        let mut work = Work::new(&block.spans);
        worked = work.run(translator).await;
        if worked.is_err() {
            break;
        }
        translated += work.translated;
        any |= work.sentences > 0;
        fault = work.fault.clone().or(fault);
        let section = work.section(u32::try_from(index).unwrap_or(u32::MAX));
        texts.push(section.text.trim().to_owned());
        sink.section(section);
        report(translator.model, sink, index + 1, blocks.len());
    }
    sink.coverage(translated as f32 / total.max(1) as f32);
    worked?;
    match fault {
        _ if texts.iter().all(String::is_empty) => Err(Error::NoText),
        Some(reason) if !any => Err(Error::NoResult { reason: super::no_result(&reason) }),
        _ => Ok(texts.join("\n\n")),
    }
}

/// One block being translated.
struct Work {
    source: Styled,
    result: Styled,
    /// Bytes of the source that were translated, or had no need of it.
    translated: usize,
    /// Sentences translated.
    sentences: usize,
    /// Sentences left as they were.
    left: usize,
    /// Why the last was.
    fault: Option<String>,
    lost: Vec<String>,
}

impl Work {
    fn new(spans: &[protocol::Span]) -> Self {
        let (source, result) = (Styled::of(spans), Styled::default());
        Self { source, result, translated: 0, sentences: 0, left: 0, fault: None, lost: Vec::new() }
    }

    async fn run<M: LanguageModel, P: Scheduler>(
        &mut self,
        translator: &mut Translator<'_, M, P>,
    ) -> Result<(), Error> {
        let mut end = 0;
        for piece in pieces(&self.source.text, &self.source.verbatim()) {
            self.translated += piece.start - end;
            self.result.copy(&self.source, &(end..piece.start));
            end = piece.end;
            self.sentence(translator, &piece).await?;
        }
        let rest = end..self.source.text.len();
        self.translated += rest.len();
        self.result.copy(&self.source, &rest);
        self.result.limit_marks(&self.source);
        Ok(())
    }

    async fn sentence<M: LanguageModel, P: Scheduler>(
        &mut self,
        translator: &mut Translator<'_, M, P>,
        piece: &Range<usize>,
    ) -> Result<(), Error> {
        let text = self.source.text[piece.clone()].to_owned();
        let sentence = Sentence { runs: self.source.within(piece), text: &text };
        let copied = if sentence.has_words() {
            let verbatim = sentence.verbatim();
            match translator.translate(&text, &verbatim, &mut |_| {}).await? {
                Outcome::Translated(answer) if answer == line(&text) => true,
                Outcome::Translated(answer) => {
                    match sentence.placed(translator, &answer, &mut self.lost).await? {
                        Some(placed) => {
                            self.lost.extend(names::lost(&text, &answer));
                            self.result.copy(&placed, &(0..placed.text.len()));
                            self.translated += piece.len();
                            self.sentences += 1;
                            return Ok(());
                        }
                        None => self.leave("what is to stay as it is could not be found again"),
                    }
                }
                Outcome::Failed(reason) => self.leave(&reason),
            }
        } else {
            true
        };
        if copied {
            self.translated += piece.len();
        }
        self.result.copy(&self.source, piece);
        Ok(())
    }

    /// A sentence stays: never one that needed no translation.
    fn leave(&mut self, reason: &str) -> bool {
        self.left += 1;
        self.fault = Some(reason.to_owned());
        false
    }

    fn section(self, index: u32) -> Section {
        let note = self.fault.as_deref().map(|reason| match (self.sentences, self.left) {
            (0, _) => super::left_as_it_was(reason),
            (_, 1) => format!("A sentence was left as it was: {reason}."),
            (_, count) => format!("{count} sentences were left as they were: {reason}."),
        });
        let status = if self.sentences > 0 { SectionStatus::Checked } else { SectionStatus::Quoted };
        Section {
            index,
            before: String::new(),
            spans: self.result.spans(),
            text: self.result.text,
            status,
            source: Some(Passage { text: self.source.text, heading: None }),
            lost: self.lost,
            note,
        }
    }
}

/// A sentence with its markup.
struct Sentence<'a> {
    text: &'a str,
    runs: Vec<Run>,
}

impl Sentence<'_> {
    fn part(&self, run: &Run) -> &str {
        &self.text[run.range.clone()]
    }

    /// Its verbatim parts as the model sees them: on one line.
    fn verbatim(&self) -> Vec<String> {
        self.runs.iter().filter(|run| run.verbatim).map(|run| line(self.part(run))).collect()
    }

    /// Whether anything but its verbatim parts is to be translated.
    fn has_words(&self) -> bool {
        let open: Vec<&str> =
            self.runs.iter().map(|run| if run.verbatim { " " } else { self.part(run) }).collect();
        has_words(&open.concat())
    }

    /// Its translation under its markup. `None` when a verbatim part has no place of its own; phrases without a place are
    /// named in `lost`.
    async fn placed<M: LanguageModel, P: Scheduler>(
        &self,
        translator: &mut Translator<'_, M, P>,
        answer: &str,
        lost: &mut Vec<String>,
    ) -> Result<Option<Styled>, Error> {
        let mut ground = Ground::new(answer, translator.direction.to);
        let mut kept: Vec<usize> = (0..self.runs.len()).filter(|&at| self.runs[at].verbatim).collect();
        // The longest first: a shorter one may be a part of it.
        kept.sort_by_key(|&at| std::cmp::Reverse(self.runs[at].range.len()));
        for at in kept {
            if !ground.place_literally(&line(self.part(&self.runs[at])), at) {
                return Ok(None);
            }
        }
        let whole = self.marked_whole();
        for (at, run) in self.runs.iter().enumerate().filter(|(_, run)| run.mark.is_some() && !run.verbatim) {
            let phrase = self.part(run).trim();
            if whole.is_some()
                || !phrase.contains(char::is_alphanumeric)
                || ground.place_literally(phrase, at)
            {
                continue;
            }
            let position = run.range.start as f32 / self.text.len() as f32;
            let found = match translator.translate(phrase, &[], &mut |_| {}).await? {
                Outcome::Translated(phrase) => ground.place_alike(&phrase, position, at),
                Outcome::Failed(_) => false,
            };
            if !found {
                lost.push(phrase.to_owned());
            }
        }
        Ok(Some(self.dressed(answer, ground, whole)))
    }

    /// The mark under which all its words stand.
    fn marked_whole(&self) -> Option<u32> {
        let mut worded = self.runs.iter().filter(|run| self.part(run).contains(char::is_alphanumeric));
        let mark = worded.next()?.mark?;
        worded.all(|run| run.mark == Some(mark)).then_some(mark)
    }

    fn dressed(&self, answer: &str, ground: Ground<'_>, whole: Option<u32>) -> Styled {
        let mut styled = Styled::default();
        let mut end = 0;
        for (place, at) in ground.places() {
            let run = &self.runs[at];
            styled.push(&answer[end..place.start], whole, false);
            let text = if run.verbatim { self.part(run) } else { &answer[place.clone()] };
            styled.push(text, run.mark, run.verbatim);
            end = place.end;
        }
        styled.push(&answer[end..], whole, false);
        styled
    }
}
