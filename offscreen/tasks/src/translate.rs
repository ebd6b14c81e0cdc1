//! Translating: a selection sentence by sentence, or a page block by block.
//!
//! 1. [`direction`]: from which language into which, and whether the model can.
//! 2. [`pieces`] cuts the text into sentences; what has no words (numbers, addresses) is copied
//!    without the model.
//! 3. What translates a sentence is one of two kinds ([`piece`]). [`prompted`] asks a language model,
//!    after [`examples`] when it only continues texts. [`specialist`] has translators of their own
//!    kind ([`translator`](::translator)), one or two in a row, which take several sentences at once
//!    and tell what came from where ([`aligned`]).
//!    [`tidy`] dresses the answer as its source, [`check`] throws away what is no translation
//!    ([`numbers`], [`calendar`], language, length, loops). A second attempt helps over what
//!    a model fell for ([`placeholders`]); then the source's own words stay, and a note says why.
//!    Marks of notes ([`footnotes`]) are not shown to the model.
//! 4. In blocks, [`marks`] finds the phrases under inline markup in the translated sentence
//!    ([`styled`]); what is verbatim is there letter by letter or the sentence stays as it was.
//! 5. [`names`] lists what a reader should know is gone.

mod aligned;
mod blocks;
mod calendar;
mod check;
mod direction;
mod examples;
mod footnotes;
mod marks;
mod names;
mod notes;
mod numbers;
mod piece;
mod pieces;
mod placeholders;
mod prompted;
mod selection;
mod specialist;
mod styled;
mod tidy;

pub use specialist::{Leg, Translators};

use crate::error::Error;
use crate::language_model::LanguageModel;
use crate::run::Run;
use decoder::Scheduler;
use direction::Direction;
use prompted::Prompted;
use protocol::{PageBlocks, Selection, Task};
use specialist::Specialist;

/// Whether a task has anything to do, as far as is known before it begins.
///
/// # Errors
/// [`Error::Already`] for a translation into the language that the text is in.
pub fn needed(task: &Task) -> Result<(), Error> {
    match task {
        Task::Translate { from: Some(from), to } => direction::needed(from, to),
        _ => Ok(()),
    }
}

/// Translates a selection. Returns the finished text; the sections went to the sink: one for each
/// sentence (a long sentence makes several), first as a preview, then as a draft while it is
/// written, at last checked or in the source's own words.
///
/// `from` is the language the reader chose, if any; else the detected one counts. Both are BCP 47
/// tags.
///
/// # Errors
/// Before anything starts: [`Error::Unsupported`] when the language is unknown or the model cannot
/// translate it, [`Error::Already`] when it is the one that is wanted; [`Error::NoText`]. Later: [`Error::NoResult`] when no
/// sentence could be translated, a failure of the model, or [`decoder::Error::Stopped`] when the
/// scheduler says so: then nothing unchecked is left either.
pub async fn translate_selection(
    run: Run<'_, impl LanguageModel, impl Scheduler>,
    selection: &Selection,
    from: Option<&str>,
    to: &str,
) -> Result<String, Error> {
    let direction = Direction::of(run.profile, from, selection.lang.as_deref(), to)?;
    selection::translate(&Prompted { run, direction }, &selection.text).await
}

/// Translates a page's blocks in the order given. Returns the finished text, blocks separated by
/// blank lines; the sink received a section for each block, with the block's index, when it was
/// finished.
///
/// A section's spans carry the marks of the block: no mark stands in more places than in the
/// original, and verbatim spans are all there. Marked phrases that have no place in the translation
/// lose their mark and are named in [`protocol::Section::lost`].
///
/// # Errors
/// As [`translate_selection`].
pub async fn translate_blocks(
    run: Run<'_, impl LanguageModel, impl Scheduler>,
    blocks: &PageBlocks,
    from: Option<&str>,
    to: &str,
) -> Result<String, Error> {
    let direction = Direction::of(run.profile, from, blocks.lang.as_deref(), to)?;
    blocks::translate(&Prompted { run, direction }, &blocks.blocks).await
}

/// As [`translate_selection`], by translators of their own kind. What a text passes through on the
/// way, where there are two of them, is not shown.
///
/// # Errors
/// As [`translate_selection`]; [`Error::Unsupported`] when the translators lead from another language
/// or into another.
pub async fn translate_selection_with(
    translators: Translators<'_, impl Scheduler>,
    selection: &Selection,
    from: Option<&str>,
    to: &str,
) -> Result<String, Error> {
    let direction = Direction::along(&translators.path(), from, selection.lang.as_deref(), to)?;
    selection::translate(&Specialist::new(translators, direction), &selection.text).await
}

/// As [`translate_blocks`], by translators of their own kind.
///
/// # Errors
/// As [`translate_selection_with`].
pub async fn translate_blocks_with(
    translators: Translators<'_, impl Scheduler>,
    blocks: &PageBlocks,
    from: Option<&str>,
    to: &str,
) -> Result<String, Error> {
    let direction = Direction::along(&translators.path(), from, blocks.lang.as_deref(), to)?;
    blocks::translate(&Specialist::new(translators, direction), &blocks.blocks).await
}

/// See [`crate::prepare`]. Until the text's language is known, nothing of the prompts is.
pub(crate) async fn prepare(
    run: Run<'_, impl LanguageModel, impl Scheduler>,
    from: Option<&str>,
    to: &str,
) -> Result<(), Error> {
    let Ok(direction) = Direction::of(run.profile, from, None, to) else { return Ok(()) };
    Prompted { run, direction }.prepare().await
}

#[cfg(test)]
mod specialist_tests;
#[cfg(test)]
mod tests;
