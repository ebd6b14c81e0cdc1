//! Translators of their own kind at work on a task.

use super::aligned::{followed, restored};
use super::check::check;
use super::direction::Direction;
use super::numbers::respelled;
use super::piece::{Piece, PieceTranslator, Upcoming, Wanted, line};
use super::placeholders::Placeholders;
use super::tidy::tidy;
use crate::error::Error;
use crate::rejection::Rejection;
use crate::run::Pace;
use crate::sections::Sections;
use crate::sink::Sink;
use ::translator::{Pool, Translation, Translator};
use decoder::Scheduler;
use protocol::{Phase, Progress};
use std::cell::RefCell;
use std::collections::HashMap;

/// Bytes of text that are translated between two turns of the scheduler, for each thread: some tenths of a
/// second.
const BYTES: usize = 256;

/// A translator, and between which languages (BCP 47) it does its work.
#[derive(Clone, Copy)]
pub struct Leg<'r> {
    /// The model.
    pub translator: &'r Translator,
    /// The language that it reads.
    pub from: &'r str,
    /// The language that it writes.
    pub to: &'r str,
}

/// What a task works with, from its beginning to its end, that has translators of their own kind.
pub struct Translators<'r, S> {
    legs: &'r [Leg<'r>],
    pool: &'r Pool,
    sections: Sections<'r>,
    pace: Pace<'r, S>,
}

impl<'r, S: Scheduler> Translators<'r, S> {
    /// `legs` lead from the language of the text to the one that is wanted: one of them, or two by way
    /// of English. Sentences are shared among the threads of `pool`; output goes to `sink`; `scheduler`
    /// runs between sentences and may stop the task.
    pub fn new(legs: &'r [Leg<'r>], pool: &'r Pool, sink: &'r mut dyn Sink, scheduler: &'r S) -> Self {
        Self { legs, pool, sections: Sections::new(sink), pace: Pace::new(scheduler) }
    }

    /// The languages on the way; nothing where a leg does not begin where the one before it ends.
    pub(super) fn path(&self) -> Vec<&'r str> {
        if self.legs.windows(2).any(|pair| pair[0].to != pair[1].from) {
            return Vec::new();
        }
        self.legs.iter().take(1).map(|leg| leg.from).chain(self.legs.iter().map(|leg| leg.to)).collect()
    }
}

/// Translators at work in one direction.
pub(super) struct Specialist<'r, S> {
    with: Translators<'r, S>,
    direction: Direction,
    /// What was translated ahead.
    done: RefCell<HashMap<Upcoming, Translation>>,
}

impl<'r, S: Scheduler> Specialist<'r, S> {
    pub(super) fn new(with: Translators<'r, S>, direction: Direction) -> Self {
        Self { with, direction, done: RefCell::default() }
    }

    /// Translates pieces, all at once, along all legs.
    async fn work(&self, pieces: &[Upcoming]) -> Result<Vec<Translation>, Error> {
        let mut done: Vec<Option<Translation>> = vec![None; pieces.len()];
        for leg in self.with.legs {
            for aligned in [false, true] {
                let some: Vec<usize> =
                    (0..pieces.len()).filter(|at| pieces[*at].aligned == aligned).collect();
                if some.is_empty() {
                    continue;
                }
                self.with.pace.turn().await?;
                let text =
                    |at: &usize| done[*at].as_ref().map_or(pieces[*at].text.as_str(), |last| &last.text);
                let texts: Vec<&str> = some.iter().map(text).collect();
                let Translators { pool, .. } = self.with;
                let new = match aligned {
                    true => leg.translator.align(&texts, pool),
                    false => leg.translator.translate(&texts, pool),
                };
                for (at, new) in some.into_iter().zip(new) {
                    done[at] = Some(match done[at].take() {
                        Some(last) => joined(&last, new),
                        None => new,
                    });
                }
            }
        }
        Ok(done.into_iter().map(Option::unwrap_or_default).collect())
    }

    /// A piece's translation: made ahead, or now.
    async fn done(&self, piece: Upcoming) -> Result<Translation, Error> {
        // It may stand in the text again.
        let known = self.done.borrow().get(&piece).cloned();
        match known {
            Some(done) => Ok(done),
            None => Ok(self.work(&[piece]).await?.pop().unwrap_or_default()),
        }
    }

    /// What stands of a translation.
    fn judged(&self, line: &str, verbatim: &[String], done: &Translation) -> Result<Piece, Rejection> {
        if done.unfinished {
            return Err(Rejection::Form);
        }
        let text = tidy(self.direction, line, &respelled(self.direction, line, &done.text));
        check(self.direction, line, verbatim, &text)?;
        let alignment = done.alignment.clone().map(|alignment| followed(alignment, &done.text, &text));
        Ok(Piece { text, alignment })
    }
}

/// What two translations, the second of the first, are together.
fn joined(first: &Translation, second: Translation) -> Translation {
    let alignments = first.alignment.as_ref().zip(second.alignment.as_ref());
    Translation {
        alignment: alignments.map(|(first, second)| first.then(second)),
        unfinished: first.unfinished || second.unfinished,
        text: second.text,
    }
}

impl<'r, S: Scheduler> PieceTranslator<'r> for Specialist<'r, S> {
    fn direction(&self) -> Direction {
        self.direction
    }

    fn sections(&self) -> Sections<'r> {
        self.with.sections.beside()
    }

    /// What comes next is translated with it: see [`PieceTranslator::ahead`].
    fn width(&self) -> usize {
        1
    }

    async fn pace(&self, bytes: usize) -> Result<(), Error> {
        self.with.pace.read(bytes).await
    }

    fn report(&self, done: f32) {
        let (phase, fraction) = (Phase::Writing, Some(done));
        self.with.sections.progress(Progress { phase, fraction, tokens_per_second: None });
    }

    async fn translate(&self, wanted: Wanted<'_>) -> Result<Result<Piece, Rejection>, Error> {
        let Wanted { text, verbatim, aligned, .. } = wanted;
        let line = line(text);
        let done = self.done(Upcoming { text: line.clone(), aligned }).await?;
        let mut result = self.judged(&line, verbatim, &done);
        if matches!(result, Err(Rejection::Verbatim(_))) {
            let alignment = done.alignment.as_ref();
            let put = alignment.and_then(|alignment| restored(alignment, &line, verbatim, &done.text));
            if let Some((text, alignment)) = put {
                let done = Translation { text, alignment: Some(alignment), unfinished: false };
                result = self.judged(&line, verbatim, &done);
            }
        }
        if matches!(result, Err(Rejection::Verbatim(_))) {
            let mut placeholders = Placeholders::default();
            let asked = placeholders.insert(&line, verbatim);
            let mut done = self.done(Upcoming { text: asked, aligned: false }).await?;
            done.text = placeholders.restore(&done.text);
            result = self.judged(&line, verbatim, &done);
        }
        if let Err(rejection) = &result {
            log::debug!("rejected: {rejection:?}: {:?} for {line:?}", done.text);
        }
        Ok(result)
    }

    async fn ahead(&self, upcoming: impl Iterator<Item = Upcoming>) -> Result<(), Error> {
        let room = BYTES * self.with.pool.threads();
        let mut bytes = 0;
        let mut pieces: Vec<Upcoming> = Vec::new();
        for piece in upcoming {
            let piece = Upcoming { text: line(&piece.text), ..piece };
            if pieces.is_empty() && self.done.borrow().contains_key(&piece) {
                return Ok(());
            }
            bytes += piece.text.len();
            if !pieces.is_empty() && bytes > room {
                break;
            }
            if !pieces.contains(&piece) {
                pieces.push(piece);
            }
        }
        // What was not asked for is not kept.
        self.done.borrow_mut().clear();
        let done = self.work(&pieces).await?;
        self.done.borrow_mut().extend(pieces.into_iter().zip(done));
        Ok(())
    }
}
