//! What translates pieces of text: a language model that is asked to, or translators of their own
//! kind.

use super::direction::Direction;
use crate::error::Error;
use crate::rejection::Rejection;
use crate::sections::Sections;
use ::translator::Alignment;

/// A piece that is to be translated.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'t> {
    /// One sentence or phrase.
    pub(super) text: &'t str,
    /// Its parts to be carried over letter by letter.
    pub(super) verbatim: &'t [String],
    /// Whether somebody asks what came from where, as far as that can be told.
    pub(super) aligned: bool,
    /// The section in which the reader watches, if any.
    pub(super) watched: Option<usize>,
}

/// A piece that will be wanted soon.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Upcoming {
    pub(super) text: String,
    /// See [`Wanted::aligned`].
    pub(super) aligned: bool,
}

/// A translation that passed the checks.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    /// What of it came from where in the [`line`] of the source.
    pub(super) alignment: Option<Alignment>,
}

/// Translates pieces of text in one direction, and has what the task works with.
pub(super) trait PieceTranslator<'r> {
    fn direction(&self) -> Direction;

    /// A hand on the task's output.
    fn sections(&self) -> Sections<'r>;

    /// Pieces that are worked on side by side at most.
    fn width(&self) -> usize;

    /// See [`crate::run::Pace::read`].
    async fn pace(&self, bytes: usize) -> Result<(), Error>;

    /// Tells the reader which share of the work is done, from 0 to 1.
    fn report(&self, done: f32);

    /// Translates a piece.
    async fn translate(&self, wanted: Wanted<'_>) -> Result<Result<Piece, Rejection>, Error>;

    /// Hears which pieces come next, in order, the first at once: several may be translated in one
    /// go. No more of them are looked at than that.
    async fn ahead(&self, _upcoming: impl Iterator<Item = Upcoming>) -> Result<(), Error> {
        Ok(())
    }
}

/// A text on one line, whatever breaks it: examples are told apart by lines.
pub(super) fn line(text: &str) -> String {
    let plain = text.replace(|c: char| c.is_control() || ['\u{2028}', '\u{2029}'].contains(&c), " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
