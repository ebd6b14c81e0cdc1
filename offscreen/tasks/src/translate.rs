//! Translating: a selection sentence by sentence, or a page block by block.
//!
//! 1. [`direction`]: from which language into which, and whether the model can.
//! 2. [`pieces`] cuts the text into sentences; what has no words (numbers, addresses) is copied without the model.
//! 3. [`ask`] has the model translate a sentence, after [`examples`] when it only continues texts; [`tidy`] dresses the answer
//!    as its source, [`check`] throws away what is no translation ([`numbers`], [`calendar`], language, length, loops). A second attempt
//!    helps the model over what it fell for ([`masks`]); then the source's own words stay, and a note says why.
//! 4. In blocks, [`marks`] finds the phrases under inline markup in the translated sentence ([`styled`]); what is verbatim is
//!    there letter by letter or the sentence stays as it was.
//! 5. [`names`] lists what a reader should know is gone.

mod ask;
mod blocks;
mod calendar;
mod check;
mod direction;
mod examples;
mod languages;
mod marks;
mod masks;
mod names;
mod numbers;
mod pieces;
mod selection;
mod styled;
mod tidy;

use crate::{Error, LanguageModel, Sink};
use ask::Translator;
use catalog::Profile;
use decoder::Scheduler;
use direction::Direction;
use protocol::{PageBlocks, Phase, Progress, Selection};

/// Translates a selection. Returns the finished text; the sections went to `sink`: one for each sentence (a long sentence makes
/// several), first as a preview, then as a draft while it is written, at last checked or in the source's own words.
///
/// `from` is the language the reader chose, if any; else the detected one counts. Both are BCP 47 tags.
///
/// # Errors
/// Before anything starts: [`Error::Unsupported`] when the language is unknown, the same as the one wanted, or the model cannot
/// translate it; [`Error::NoText`]. Later: [`Error::NoResult`] when no sentence could be translated, a failure of the model, or
/// [`decoder::Error::Stopped`] when `scheduler` says so: then nothing unchecked is left either.
pub async fn translate_selection<M: LanguageModel>(
    model: &mut M,
    profile: &Profile,
    selection: &Selection,
    from: Option<&str>,
    to: &str,
    sink: &mut impl Sink,
    scheduler: &impl Scheduler,
) -> Result<String, Error> {
    let direction = Direction::of(profile, from, selection.lang.as_deref(), to)?;
    let mut translator = Translator { model, profile, direction, scheduler };
    selection::translate(&mut translator, &selection.text, sink).await
}

/// Translates a page's blocks in the order given. Returns the finished text, blocks separated by blank lines; `sink` received a
/// section for each block, with the block's index, when it was finished.
///
/// A section's spans carry the marks of the block: no mark stands in more places than in the original, and verbatim spans are
/// all there. Marked phrases that have no place in the translation lose their mark and are named in [`protocol::Section::lost`].
///
/// # Errors
/// As [`translate_selection`].
pub async fn translate_blocks<M: LanguageModel>(
    model: &mut M,
    profile: &Profile,
    blocks: &PageBlocks,
    from: Option<&str>,
    to: &str,
    sink: &mut impl Sink,
    scheduler: &impl Scheduler,
) -> Result<String, Error> {
    let direction = Direction::of(profile, from, blocks.lang.as_deref(), to)?;
    let mut translator = Translator { model, profile, direction, scheduler };
    blocks::translate(&mut translator, &blocks.blocks, sink).await
}

/// See [`crate::prepare`]. Until the text's language is known, nothing of the prompts is.
pub(crate) async fn prepare<M: LanguageModel>(
    model: &mut M,
    profile: &Profile,
    from: Option<&str>,
    to: &str,
    scheduler: &impl Scheduler,
) -> Result<(), Error> {
    let Ok(direction) = Direction::of(profile, from, None, to) else { return Ok(()) };
    Translator { model, profile, direction, scheduler }.prepare().await
}

fn report(model: &impl LanguageModel, sink: &mut impl Sink, done: usize, of: usize) {
    let fraction = Some(done as f32 / of as f32);
    sink.progress(Progress { phase: Phase::Writing, fraction, tokens_per_second: model.tokens_per_second() });
}

fn left_as_it_was(reason: &str) -> String {
    format!("Left as it was: {reason}.")
}

fn no_result(reason: &str) -> String {
    format!("nothing could be translated: {reason}")
}

#[cfg(test)]
mod tests;
