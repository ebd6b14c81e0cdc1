//! A selection, sentence by sentence.

use super::direction::Direction;
use super::footnotes;
use super::names;
use super::notes::{left_as_it_was, no_result};
use super::pieces::{has_words, pieces};
use super::styled::Styled;
use super::translator::{Translator, line};
use crate::error::Error;
use crate::language_model::LanguageModel;
use crate::rejection::Rejection;
use crate::sections::Sections;
use decoder::Scheduler;
use protocol::{Passage, Section, SectionStatus};

/// Translates `text`. What stands between its sentences goes into [`Section::before`]; what stands
/// behind the last is added to the text that is returned.
pub(super) async fn translate(
    translator: &mut Translator<'_, impl LanguageModel, impl Scheduler>,
    text: &str,
) -> Result<String, Error> {
    let mut end = 0;
    for piece in pieces(text, &[]) {
        let before = text[end..piece.start].to_owned();
        end = piece.end;
        let source = Passage { text: text[piece].to_owned(), heading: None };
        translator.run.sections.preview(before, source);
    }
    if translator.run.sections.list().is_empty() {
        return Err(Error::NoText);
    }
    log::debug!("{} sentences", translator.run.sections.list().len());
    let worked = translate_all(translator).await;
    let sections = &mut translator.run.sections;
    sections.settle(Some(&left_as_it_was("stopped before it was translated")));
    sections.coverage(coverage(sections, translator.direction));
    let last = worked?;
    let translated = sections.list().iter().any(|section| section.status == SectionStatus::Checked);
    match last {
        Some(rejection) if !translated => Err(Error::NoResult { reason: no_result(rejection) }),
        _ => Ok(sections.text() + &text[end..]),
    }
}

/// Works through the sentences. Gives the last rejection, if any was left as it was.
async fn translate_all(
    translator: &mut Translator<'_, impl LanguageModel, impl Scheduler>,
) -> Result<Option<Rejection>, Error> {
    let mut last = None;
    let count = translator.run.sections.list().len();
    for at in 0..count {
        let source = translator.run.sections.source(at).to_owned();
        if has_words(&source) && !translator.direction.passes_over(&source) {
            let to = translator.direction.to;
            let (bare, notes) = footnotes::apart(&Styled::plain(&source));
            let result = translator.translate(&bare.text, &[], Some(at)).await?;
            let sections = &mut translator.run.sections;
            match result {
                Ok(text) if text == line(&bare.text) => sections.quote(at, None),
                Ok(text) => {
                    let lost = names::lost(&bare.text, &text);
                    let text = notes.put_back(&bare.text, &Styled::plain(&text), to).text;
                    sections.keep(at, Section { text, lost, ..Section::default() });
                }
                Err(rejection) => {
                    sections.quote(at, Some(left_as_it_was(&rejection)));
                    last = Some(rejection);
                }
            }
        } else {
            translator.run.sections.quote(at, None);
        }
        translator.run.report((at + 1) as f32 / count as f32);
    }
    Ok(last)
}

/// The share of the text's bytes that were translated, or had no need of it.
fn coverage(sections: &Sections<'_>, direction: Direction) -> f32 {
    let (mut total, mut done) = (0, 0);
    for (at, section) in sections.list().iter().enumerate() {
        let source = sections.source(at);
        total += source.len();
        let needed = has_words(source) && !direction.passes_over(source);
        if section.status == SectionStatus::Checked || !needed {
            done += source.len();
        }
    }
    done as f32 / total.max(1) as f32
}
