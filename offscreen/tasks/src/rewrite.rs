//! Writing selected text anew: unit by unit, checked, with everything between the units as it was.
//!
//! The selection becomes [`units`]: sentences, or paragraphs for a free instruction. For each unit every operation is done
//! in turn, sentence by sentence ([`mod@work`]): the model is asked ([`mod@ask`], in the words of [`wording`]), and asked once
//! more, in other words. Of its version of a sentence only single differences are taken over ([`edits`]) where mistakes are
//! to be mended ([`grammar`]) or simpler words wanted ([`simple`]); elsewhere it is taken as a whole. Then it is held
//! against the text ([`check`], by the [`facts`] and the [`meaning`] of both). What falls stays as it was, and a note says
//! why ([`fault`]).

mod ask;
mod check;
mod edits;
mod facts;
mod fault;
mod grammar;
mod meaning;
mod operation;
mod simple;
mod spelling;
mod units;
mod wording;
mod work;

use crate::board::Board;
use crate::{Error, LanguageModel, Sink, Wording};
use catalog::Profile;
use decoder::Scheduler;
use facts::Facts;
use protocol::{Ability, Phase, Progress, RewriteOperation, RewriteOptions, Selection};
use units::Grain;
use work::{Draft, Worker};

/// Rewrites selected text. Returns the finished text; the sections went to `sink`.
///
/// All units are shown at once, as previews. Then the model works on them one by one; a section ends as
/// [`protocol::SectionStatus::Checked`] or, where no version passed the checks or none was needed, as
/// [`protocol::SectionStatus::Quoted`] with a note. No text is ever left unchecked, not even when the work is stopped.
///
/// # Errors
/// [`Error::Unsupported`] before anything is shown, where the model is unfit for an operation or does not know the
/// language; [`Error::NoText`] for a selection without words; [`Error::NoResult`] when not one unit could be rewritten; a
/// failure of the model; [`decoder::Error::Stopped`] when `scheduler` says so.
pub async fn rewrite<M: LanguageModel>(
    model: &mut M,
    profile: &Profile,
    selection: &Selection,
    options: &RewriteOptions,
    sink: &mut impl Sink,
    scheduler: &impl Scheduler,
) -> Result<String, Error> {
    for operation in options.operations() {
        if profile.rewrite(operation) == Ability::Unfit {
            return Err(Error::Unsupported { what: operation::in_words(operation).to_owned() });
        }
    }
    if !profile.rewrites(selection.lang.as_deref(), check::is_latin(&selection.text)) {
        let tag = selection.lang.as_deref().unwrap_or("unknown");
        return Err(Error::Unsupported { what: format!("rewrite text in this language ({tag})") });
    }
    try_rewrite(model, profile, selection, options, sink, scheduler).await
}

/// As [`rewrite`], however unfit the model is known to be: how that is measured.
///
/// # Errors
/// As [`rewrite`], without [`Error::Unsupported`].
pub async fn try_rewrite<M: LanguageModel>(
    model: &mut M,
    profile: &Profile,
    selection: &Selection,
    options: &RewriteOptions,
    sink: &mut impl Sink,
    scheduler: &impl Scheduler,
) -> Result<String, Error> {
    let operations = options.operations();
    if operations.is_empty() {
        return Err(Error::NoResult { reason: "no way of rewriting was chosen".to_owned() });
    }
    let grain =
        if operations.contains(&RewriteOperation::Instruction) { Grain::Paragraph } else { Grain::Sentence };
    let (units, rest) = units::split(&selection.text, grain);
    if units.is_empty() {
        return Err(Error::NoText);
    }
    sink.coverage(1.0);
    let bullets = operations.contains(&RewriteOperation::Bullets);
    let pieces = units.iter().enumerate().map(|(at, unit)| {
        let before = if bullets { units::as_point(at, unit.before) } else { unit.before.to_owned() };
        (before, unit.text)
    });
    let unknown = selection.lang.is_none() && !check::is_latin(&selection.text);
    let language = if unknown { Some("und") } else { selection.lang.as_deref() };
    let mut board = Board::new(sink, pieces);
    let worker = Worker {
        style: profile.style,
        instruction: options.instruction.as_deref().map(str::trim).unwrap_or_default(),
        facts: Facts::of(language),
        operations,
    };
    let mut drafts: Vec<Draft<'_>> =
        units.iter().enumerate().map(|(at, unit)| Draft::new(at, unit.text, &worker.operations)).collect();
    let worked = work_through(model, &worker, &mut drafts, &mut board, scheduler).await;
    board.settle("Kept as it was: stopped before it was rewritten.");
    worked?;
    // A list of points is a result, even of sentences that stayed as they were.
    if !bullets && let Some(reason) = work::failure(&drafts) {
        return Err(Error::NoResult { reason });
    }
    Ok(board.text() + rest)
}

/// See [`crate::prepare`].
pub(crate) async fn prepare<M: LanguageModel>(
    model: &mut M,
    profile: &Profile,
    options: &RewriteOptions,
    scheduler: &impl Scheduler,
) -> Result<(), Error> {
    match options.operations().first() {
        // These prompts begin with the text.
        None | Some(RewriteOperation::Instruction) => Ok(()),
        Some(&operation) if profile.rewrite(operation) == Ability::Unfit => Ok(()),
        Some(&operation) => {
            let style = profile.style;
            ask::Request { style, operation, instruction: "", text: "" }.prepare(model, scheduler).await
        }
    }
}

/// Works on all units with examples first, so that the examples stay in the model's cache; what failed is asked for once
/// more, in other words, behind what is shown by then.
async fn work_through<M: LanguageModel, S: Sink>(
    model: &mut M,
    worker: &Worker<'_>,
    drafts: &mut [Draft<'_>],
    board: &mut Board<'_, S>,
    scheduler: &impl Scheduler,
) -> Result<(), Error> {
    for (wording, from, share) in [(Wording::Examples, 0.0, 0.7), (Wording::Plain, 0.7, 0.3)] {
        let mut pending: Vec<_> = drafts.iter_mut().filter(|draft| draft.is_pending()).collect();
        let all = pending.len();
        for (done, draft) in pending.iter_mut().enumerate() {
            worker.rewrite(model, draft, wording, board, scheduler).await?;
            let fraction = Some(from + share * (done + 1) as f32 / all as f32);
            let tokens_per_second = model.tokens_per_second();
            board.sink().progress(Progress { phase: Phase::Writing, fraction, tokens_per_second });
        }
    }
    let tokens_per_second = model.tokens_per_second();
    board.sink().progress(Progress { phase: Phase::Writing, fraction: Some(1.0), tokens_per_second });
    Ok(())
}

#[cfg(test)]
mod tests;
