//! A page's blocks, each with its inline markup.

use super::aligned::target;
use super::direction::Direction;
use super::footnotes::{self, Footnotes};
use super::marks::Projection;
use super::names;
use super::notes::{left_as_it_was, no_result};
use super::piece::{Piece, PieceTranslator, Upcoming, Wanted, line};
use super::pieces::{has_words, pieces};
use super::styled::{Segment, Styled};
use crate::error::Error;
use crate::rejection::Rejection;
use crate::side_by_side::side_by_side;
use protocol::{Block, Passage, Section, SectionStatus};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// Sentences of one block that are looked at ahead: more are not worked on together.
const MOST_AHEAD: usize = 64;

/// Bytes of the block at work that are looked at ahead. Where it is cut, a sentence may be too: that one
/// is then translated again.
const WINDOW: usize = 8 << 10;

/// Translates blocks; each appears when it and those before it are finished. Their sentences are worked
/// on side by side, in the order given, whatever block they are in.
pub(super) async fn translate(
    translator: &impl PieceTranslator<'_>,
    blocks: &[Block],
) -> Result<String, Error> {
    let mut sources = Vec::with_capacity(blocks.len());
    for block in blocks {
        let source = Styled::of(&block.spans);
        translator.pace(source.text.len()).await?;
        sources.push(source);
    }
    let total: usize = sources.iter().map(|source| source.text.len()).sum();
    log::debug!("{} blocks of {total} bytes", blocks.len());
    let verbatim: Vec<Vec<Range<usize>>> = sources.iter().map(Styled::verbatim).collect();
    let direction = translator.direction();
    let steps = sources.iter().zip(&verbatim).enumerate().flat_map(|(block, (source, verbatim))| {
        let is_wanted = !direction.passes_over(&source.text);
        let pieces = is_wanted.then(|| pieces(&source.text, verbatim)).into_iter().flatten();
        let ends = std::iter::once(Step { block, piece: None });
        pieces.map(move |piece| Step { block, piece: Some(piece) }).chain(ends)
    });
    let sources = &sources;
    let mut page = Page::new(sources);
    let work = steps.map(|step| async move {
        let Some(piece) = &step.piece else { return Ok((step, Outcome::default())) };
        translator.pace(piece.len()).await?;
        let (source, next) = (&sources[step.block], &sources[step.block + 1..]);
        let coming = Coming { source, from: piece.start, next };
        translator.ahead(coming.wanted(direction)).await?;
        let outcome = sentence(translator, source, piece).await?;
        Ok((step, outcome))
    });
    let worked = side_by_side(
        || translator.width(),
        work,
        |number, (step, done)| page.take(translator, number, step, done),
    )
    .await;
    let Page { translated, any, last, texts, .. } = page;
    translator.sections().coverage(translated as f32 / total.max(1) as f32);
    worked?;
    match last {
        _ if texts.iter().all(String::is_empty) => Err(Error::NoText),
        Some(rejection) if !any => Err(Error::NoResult { reason: no_result(rejection) }),
        _ => Ok(texts.join("\n\n")),
    }
}

/// A step of the way through the blocks.
struct Step {
    block: usize,
    /// A sentence; nothing at the end of a block.
    piece: Option<Range<usize>>,
}

/// What became of a sentence.
#[derive(Default)]
struct Outcome {
    /// Its translation under its markup; without one, the source's own words stay.
    placed: Option<Styled>,
    /// What has no place in it.
    lost: Vec<String>,
    /// Why the source's words stay, where they needed translation.
    rejection: Option<Rejection>,
}

/// The blocks that are finished, and the one that is next.
struct Page<'p> {
    sources: &'p [Styled],
    /// What came before its turn, by number.
    early: BTreeMap<usize, (Step, Outcome)>,
    /// The number whose turn it is.
    turn: usize,
    /// Of the next block.
    translation: Translation,
    /// Bytes of the finished blocks that were translated, or had no need of it.
    translated: usize,
    /// Whether any sentence of them was.
    any: bool,
    /// Why the last that was not was not.
    last: Option<Rejection>,
    texts: Vec<String>,
}

impl<'p> Page<'p> {
    fn new(sources: &'p [Styled]) -> Self {
        Self {
            sources,
            early: BTreeMap::new(),
            turn: 0,
            translation: Translation::default(),
            translated: 0,
            any: false,
            last: None,
            texts: Vec::new(),
        }
    }

    /// Takes what became of a step, in any order, and shows the blocks that are finished.
    fn take<'r>(
        &mut self,
        translator: &impl PieceTranslator<'r>,
        number: usize,
        step: Step,
        outcome: Outcome,
    ) {
        self.early.insert(number, (step, outcome));
        while let Some((Step { block, piece }, outcome)) = self.early.remove(&self.turn) {
            self.turn += 1;
            let source = &self.sources[block];
            match piece {
                Some(piece) => self.translation.add(source, &piece, outcome),
                None => self.finish(translator, source),
            }
        }
    }

    fn finish<'r>(&mut self, translator: &impl PieceTranslator<'r>, source: &Styled) {
        let mut translation = std::mem::take(&mut self.translation);
        translation.end(source);
        self.translated += translation.translated;
        self.any |= translation.sentences > 0;
        self.last = translation.last.clone().or(self.last.take());
        let passage = Passage { text: source.text.clone(), ..Passage::default() };
        let section = Section { source: Some(passage), ..translation.into_section() };
        self.texts.push(section.text.trim().to_owned());
        translator.sections().append(section);
        translator.report(self.texts.len() as f32 / self.sources.len() as f32);
    }
}

/// Translates a sentence of a block.
async fn sentence(
    translator: &impl PieceTranslator<'_>,
    source: &Styled,
    piece: &Range<usize>,
) -> Result<Outcome, Error> {
    let direction = translator.direction();
    let (sentence, notes) = MarkedSentence::of(source, piece);
    let text = &sentence.text;
    if !sentence.is_wanted(direction) {
        return Ok(Outcome::default());
    }
    let (verbatim, aligned) = (sentence.verbatim(), sentence.is_marked());
    let wanted = Wanted { text, verbatim: &verbatim, aligned, watched: None };
    let mut lost = Vec::new();
    let rejection = match translator.translate(wanted).await? {
        // It needed no translation.
        Ok(answer) if answer.text == line(text) => None,
        Ok(answer) => match sentence.placed(translator, &answer, &mut lost).await? {
            Some(placed) => {
                lost.extend(names::lost(text, &answer.text));
                let placed = Some(notes.put_back(text, &placed, direction.to));
                return Ok(Outcome { placed, lost, rejection: None });
            }
            None => Some(Rejection::Unplaced),
        },
        Err(rejection) => Some(rejection),
    };
    Ok(Outcome { rejection, ..Outcome::default() })
}

/// One block on its way.
#[derive(Default)]
struct Translation {
    result: Styled,
    /// Where in the source the next sentence or what stands before it begins.
    at: usize,
    /// Bytes of the source that were translated, or had no need of it.
    translated: usize,
    /// Sentences translated.
    sentences: usize,
    /// Sentences left as they were.
    left: usize,
    /// Why the last of them was.
    last: Option<Rejection>,
    lost: Vec<String>,
}

impl Translation {
    /// Goes on with the next sentence.
    fn add(&mut self, source: &Styled, piece: &Range<usize>, outcome: Outcome) {
        self.copy(source, piece.start);
        let Outcome { placed, lost, rejection } = outcome;
        match (placed, rejection) {
            (Some(placed), _) => {
                self.result.copy(&placed, &(0..placed.text.len()));
                self.lost.extend(lost);
                self.translated += piece.len();
                self.sentences += 1;
                self.at = piece.end;
            }
            (None, None) => self.copy(source, piece.end),
            (None, rejection) => {
                self.result.copy(source, piece);
                self.left += 1;
                self.last = rejection;
                self.at = piece.end;
            }
        }
    }

    /// Takes over what stands before `end` as it is.
    fn copy(&mut self, source: &Styled, end: usize) {
        self.translated += end - self.at;
        self.result.copy(source, &(self.at..end));
        self.at = end;
    }

    /// Adds what stands behind the last sentence.
    fn end(&mut self, source: &Styled) {
        self.copy(source, source.text.len());
        self.result.limit_marks(source);
    }

    /// Without its source.
    fn into_section(self) -> Section {
        let note = self.last.map(|reason| match (self.sentences, self.left) {
            (0, _) => left_as_it_was(reason),
            (_, 1) => format!("A sentence was left as it was: {reason}."),
            (_, count) => format!("{count} sentences were left as they were: {reason}."),
        });
        let status = if self.sentences > 0 { SectionStatus::Checked } else { SectionStatus::Quoted };
        Section {
            spans: self.result.spans(),
            text: self.result.text,
            status,
            lost: self.lost,
            note,
            ..Section::default()
        }
    }
}

/// What is to be translated from a place of a block on.
struct Coming<'a> {
    source: &'a Styled,
    from: usize,
    /// The blocks behind it.
    next: &'a [Styled],
}

impl<'a> Coming<'a> {
    /// The sentences that have anything to translate.
    fn wanted(&self, direction: Direction) -> impl Iterator<Item = Upcoming> + 'a {
        let (source, from) = (self.source, self.from);
        // No more of it is cut than is looked at.
        let own = std::iter::once_with(move || {
            let to = source.text.floor_char_boundary(from.saturating_add(WINDOW));
            let mut rest = Styled::default();
            rest.copy(source, &(from..to));
            Cow::Owned(rest)
        });
        let next = self.next.iter().map(Cow::Borrowed);
        let next = next.filter(move |block: &Cow<'_, Styled>| !direction.passes_over(&block.text));
        own.chain(next).flat_map(move |block| {
            let verbatim = block.verbatim();
            let sentences = pieces(&block.text, &verbatim).map(|piece| MarkedSentence::of(&block, &piece).0);
            let wanted = sentences.filter(|sentence| sentence.is_wanted(direction));
            let upcoming =
                |sentence: MarkedSentence| Upcoming { aligned: sentence.is_marked(), text: sentence.text };
            wanted.map(upcoming).take(MOST_AHEAD).collect::<Vec<_>>()
        })
    }
}

/// A sentence with its markup.
struct MarkedSentence {
    text: String,
    segments: Vec<Segment>,
}

impl MarkedSentence {
    /// Of a piece of a block, without its marks of notes.
    fn of(block: &Styled, piece: &Range<usize>) -> (Self, Footnotes) {
        let mut whole = Styled::default();
        whole.copy(block, piece);
        let (Styled { text, segments }, notes) = footnotes::apart(&whole);
        (Self { text, segments }, notes)
    }

    /// Whether it has anything to translate.
    fn is_wanted(&self, direction: Direction) -> bool {
        self.has_words() && !direction.passes_over(&self.text)
    }

    /// Whether anything in it is to be found again in its translation.
    fn is_marked(&self) -> bool {
        self.segments.len() > 1
    }

    fn part(&self, segment: &Segment) -> &str {
        &self.text[segment.range.clone()]
    }

    /// Its verbatim parts as the model sees them: on one line.
    fn verbatim(&self) -> Vec<String> {
        self.segments
            .iter()
            .filter(|segment| segment.verbatim)
            .map(|segment| line(self.part(segment)))
            .collect()
    }

    /// Whether anything but its verbatim parts is to be translated.
    fn has_words(&self) -> bool {
        let open: Vec<&str> = self
            .segments
            .iter()
            .map(|segment| if segment.verbatim { " " } else { self.part(segment) })
            .collect();
        has_words(&open.concat())
    }

    /// Its translation under its markup. `None` when a verbatim part has no place of its own;
    /// phrases without a place are named in `lost`.
    async fn placed(
        &self,
        translator: &impl PieceTranslator<'_>,
        answer: &Piece,
        lost: &mut Vec<String>,
    ) -> Result<Option<Styled>, Error> {
        let Piece { text: answer, alignment } = answer;
        // Places in it are places in what was translated where that is the same text.
        let alignment = alignment.as_ref().filter(|_| line(&self.text) == self.text);
        let mut projection = Projection::new(answer, translator.direction().to);
        let mut kept: Vec<usize> =
            (0..self.segments.len()).filter(|&at| self.segments[at].verbatim).collect();
        // The longest first: a shorter one may be a part of it.
        kept.sort_by_key(|&at| std::cmp::Reverse(self.segments[at].range.len()));
        for at in kept {
            if !projection.place_exact(&line(self.part(&self.segments[at])), at) {
                return Ok(None);
            }
        }
        let whole = self.marked_whole();
        for (at, segment) in self
            .segments
            .iter()
            .enumerate()
            .filter(|(_, segment)| segment.mark.is_some() && !segment.verbatim)
        {
            let phrase = self.part(segment).trim();
            let aligned =
                || alignment.and_then(|alignment| target(alignment, &self.text, &segment.range, answer));
            if whole.is_some()
                || !phrase.contains(char::is_alphanumeric)
                || aligned().is_some_and(|place| projection.place_at(place, at))
                || projection.place_exact(phrase, at)
            {
                continue;
            }
            let position = segment.range.start as f32 / self.text.len() as f32;
            let wanted = Wanted { text: phrase, verbatim: &[], aligned: false, watched: None };
            let found = match translator.translate(wanted).await? {
                Ok(phrase) => projection.place_similar(&phrase.text, position, at),
                Err(_) => false,
            };
            if !found {
                lost.push(phrase.to_owned());
            }
        }
        Ok(Some(self.dressed(answer, projection, whole)))
    }

    /// The mark under which all its words stand.
    fn marked_whole(&self) -> Option<u32> {
        let mut worded =
            self.segments.iter().filter(|segment| self.part(segment).contains(char::is_alphanumeric));
        let mark = worded.next()?.mark?;
        worded.all(|segment| segment.mark == Some(mark)).then_some(mark)
    }

    fn dressed(&self, answer: &str, projection: Projection<'_>, whole: Option<u32>) -> Styled {
        let mut styled = Styled::default();
        let mut end = 0;
        for (place, at) in projection.places() {
            let segment = &self.segments[at];
            styled.push(&answer[end..place.start], whole, false);
            let text = if segment.verbatim { self.part(segment) } else { &answer[place.clone()] };
            styled.push(text, segment.mark, segment.verbatim);
            end = place.end;
        }
        styled.push(&answer[end..], whole, false);
        styled
    }
}
