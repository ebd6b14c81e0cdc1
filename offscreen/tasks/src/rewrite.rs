//! Writing selected text anew: unit by unit, checked, with everything between the units as it was.
//!
//! The selection becomes [`units`]: sentences, or paragraphs for a free instruction. For each unit
//! every operation is done in turn, sentence by sentence ([`rewriter`]). What needs no model is done by [`rules`]: words of
//! another tone, simpler or fewer ones. For the rest the model is asked ([`combined`], [`mod@ask`], with its [`prompts`]),
//! and asked once more, in other words. Of its version of a sentence only single differences are
//! taken over ([`edits`]) where mistakes are to be mended ([`grammar`]) or simpler words wanted
//! ([`simple`]); elsewhere it is taken as a whole. Then it is held against the text ([`check`], by the
//! [`facts`] and the [`meaning`] of both). What falls stays as it was, and a note says why.

mod ask;
mod check;
mod combined;
mod edits;
mod facts;
mod grammar;
mod meaning;
mod operation;
mod prompts;
mod rewriter;
mod rules;
mod simple;
mod spelling;
mod units;

use crate::error::Error;
use crate::language_model::LanguageModel;
use crate::run::Run;
use crate::text_language::language;
use check::Letters;
use decoder::Scheduler;
use facts::Facts;
use protocol::{Ability, Passage, RewriteOperation, RewriteOptions, Selection};
use rewriter::{Rewriter, WorkUnit};
use units::Grain;

/// Rewrites selected text. Returns the finished text; the sections went to the sink.
///
/// All units are shown at once, as previews. Then the model works on them one by one; a section
/// ends as [`protocol::SectionStatus::Checked`] or, where no version passed the checks or none was
/// needed, as [`protocol::SectionStatus::Quoted`] with a note. No text is ever left unchecked, not
/// even when the work is stopped.
///
/// # Errors
/// [`Error::Unsupported`] before anything is shown, where the model is unfit for an operation or
/// does not know the language; [`Error::NoText`] for a selection without words; [`Error::NoResult`]
/// when not one unit could be rewritten; a failure of the model; [`decoder::Error::Stopped`] when
/// the scheduler says so.
pub async fn rewrite(
    run: Run<'_, impl LanguageModel, impl Scheduler>,
    selection: &Selection,
    options: &RewriteOptions,
) -> Result<String, Error> {
    for operation in options.operations() {
        if run.profile.rewrite(operation) == Ability::Unfit {
            return Err(Error::Unsupported { what: operation::in_words(operation).to_owned() });
        }
    }
    let tongue = Tongue::of(&run, selection).await?;
    if !run.profile.rewrites(tongue.tag.as_deref(), tongue.is_latin) {
        let tag = tongue.tag.as_deref().unwrap_or("unknown");
        return Err(Error::Unsupported { what: format!("rewrite text in this language ({tag})") });
    }
    rewrite_in(run, selection, options, &tongue).await
}

/// As [`rewrite`], however unfit the model is known to be: how that is measured.
///
/// # Errors
/// As [`rewrite`], without [`Error::Unsupported`].
pub async fn try_rewrite(
    run: Run<'_, impl LanguageModel, impl Scheduler>,
    selection: &Selection,
    options: &RewriteOptions,
) -> Result<String, Error> {
    let tongue = Tongue::of(&run, selection).await?;
    rewrite_in(run, selection, options, &tongue).await
}

/// What a selection is written in.
struct Tongue {
    /// Its language (BCP 47), where that is known.
    tag: Option<String>,
    /// Most of its letters are Latin.
    is_latin: bool,
}

impl Tongue {
    async fn of(
        run: &Run<'_, impl LanguageModel, impl Scheduler>,
        selection: &Selection,
    ) -> Result<Self, Error> {
        let mut letters = Letters::default();
        for piece in units::pieces(&selection.text) {
            run.pace(piece.len()).await?;
            letters.read(piece);
        }
        let tag = language(&selection.text, selection.lang.as_deref());
        Ok(Self { tag, is_latin: letters.are_latin() })
    }
}

async fn rewrite_in(
    run: Run<'_, impl LanguageModel, impl Scheduler>,
    selection: &Selection,
    options: &RewriteOptions,
    tongue: &Tongue,
) -> Result<String, Error> {
    let operations = options.operations();
    if operations.is_empty() {
        return Err(Error::NoResult { reason: "no way of rewriting was chosen".to_owned() });
    }
    let grain =
        if operations.contains(&RewriteOperation::Instruction) { Grain::Paragraph } else { Grain::Sentence };
    let (units, rest) = units::split(&selection.text, grain, async |bytes| run.pace(bytes).await).await?;
    if units.is_empty() {
        return Err(Error::NoText);
    }
    log::debug!("{} units: {operations:?}", units.len());
    run.sections.coverage(1.0);
    let bullets = operations.contains(&RewriteOperation::Bullets);
    let unknown = tongue.tag.is_none() && !tongue.is_latin;
    let lang = if unknown { Some("und") } else { tongue.tag.as_deref() };
    let instruction = options.instruction.as_deref().map(str::trim).unwrap_or_default();
    let facts = Facts::of(lang);
    let mut rewriter = Rewriter { run, instruction, facts: &facts };
    let mut work = Vec::new();
    let worked = async {
        for (at, unit) in units.iter().enumerate() {
            rewriter.run.pace(unit.text.len()).await?;
            let before = if bullets { units::as_point(at, unit.before) } else { unit.before.to_owned() };
            rewriter
                .run
                .sections
                .preview(before, Passage { text: unit.text.to_owned(), ..Passage::default() });
            work.push(WorkUnit::new(at, unit.text, &operations));
        }
        rewriter.rewrite_all(&mut work).await
    }
    .await;
    let sections = &mut rewriter.run.sections;
    sections.settle(Some("Kept as it was: stopped before it was rewritten."));
    worked?;
    // A list of points is a result, even of sentences that stayed as they were.
    if !bullets && let Some(reason) = rewriter::failure(&work) {
        return Err(Error::NoResult { reason });
    }
    Ok(sections.text() + rest)
}

/// See [`crate::prepare`].
pub(crate) async fn prepare(
    mut run: Run<'_, impl LanguageModel, impl Scheduler>,
    options: &RewriteOptions,
) -> Result<(), Error> {
    match options.operations().first() {
        // These prompts begin with the text.
        None | Some(RewriteOperation::Instruction) => Ok(()),
        Some(&operation) if run.profile.rewrite(operation) == Ability::Unfit => Ok(()),
        Some(&operation) => ask::Request { operation, instruction: "", text: "" }.prepare(&mut run).await,
    }
}

#[cfg(test)]
mod tests;
