//! A selection, sentence by sentence.

use super::footnotes;
use super::names;
use super::notes::{left_as_it_was, no_result};
use super::pieces::{has_words, pieces};
use super::styled::Styled;
use super::translator::{Translator, line};
use crate::error::Error;
use crate::language_model::LanguageModel;
use crate::rejection::Rejection;
use decoder::Scheduler;
use protocol::{Passage, Section, SectionStatus};

/// Translates `text`. What stands between its sentences goes into [`Section::before`]; what stands
/// behind the last is added to the text that is returned.
pub(super) async fn translate(
    translator: &mut Translator<'_, impl LanguageModel, impl Scheduler>,
    text: &str,
) -> Result<String, Error> {
    let mut done = 0;
    let worked = work(translator, text, &mut done).await;
    let sections = &mut translator.run.sections;
    sections.settle(Some(&left_as_it_was("stopped before it was translated")));
    let total: usize = (0..sections.list().len()).map(|at| sections.source(at).len()).sum();
    sections.coverage(done as f32 / total.max(1) as f32);
    let Worked { end, last } = worked?;
    let translated = sections.list().iter().any(|section| section.status == SectionStatus::Checked);
    match last {
        Some(rejection) if !translated => Err(Error::NoResult { reason: no_result(rejection) }),
        _ => Ok(sections.text() + &text[end..]),
    }
}

/// What became of a text.
struct Worked {
    /// Where its last sentence ends.
    end: usize,
    /// The last rejection, if any sentence was left as it was.
    last: Option<Rejection>,
}

/// Shows the sentences and works through them. `done` counts the bytes that were translated, or had no need of it.
async fn work(
    translator: &mut Translator<'_, impl LanguageModel, impl Scheduler>,
    text: &str,
    done: &mut usize,
) -> Result<Worked, Error> {
    let mut worked = Worked { end: 0, last: None };
    for piece in pieces(text, &[]) {
        translator.run.pace(piece.len()).await?;
        let before = text[worked.end..piece.start].to_owned();
        worked.end = piece.end;
        let source = Passage { text: text[piece].to_owned(), heading: None };
        translator.run.sections.preview(before, source);
    }
    let count = translator.run.sections.list().len();
    if count == 0 {
        return Err(Error::NoText);
    }
    log::debug!("{count} sentences");
    for at in 0..count {
        match sentence(translator, at).await? {
            Ok(()) => *done += translator.run.sections.source(at).len(),
            Err(rejection) => worked.last = Some(rejection),
        }
        translator.run.report((at + 1) as f32 / count as f32);
    }
    Ok(worked)
}

/// Translates a sentence, where that is needed, and settles its section.
async fn sentence(
    translator: &mut Translator<'_, impl LanguageModel, impl Scheduler>,
    at: usize,
) -> Result<Result<(), Rejection>, Error> {
    let source = translator.run.sections.source(at).to_owned();
    translator.run.pace(source.len()).await?;
    if !has_words(&source) || translator.direction.passes_over(&source) {
        translator.run.sections.quote(at, None);
        return Ok(Ok(()));
    }
    let (bare, notes) = footnotes::apart(&Styled::plain(&source));
    let result = translator.translate(&bare.text, &[], Some(at)).await?;
    let sections = &mut translator.run.sections;
    match result {
        // It needed no translation.
        Ok(text) if text == line(&bare.text) => sections.quote(at, None),
        Ok(text) => {
            let lost = names::lost(&bare.text, &text);
            let text = notes.put_back(&bare.text, &Styled::plain(&text), translator.direction.to).text;
            sections.keep(at, Section { text, lost, ..Section::default() });
        }
        Err(rejection) => {
            sections.quote(at, Some(left_as_it_was(&rejection)));
            return Ok(Err(rejection));
        }
    }
    Ok(Ok(()))
}
