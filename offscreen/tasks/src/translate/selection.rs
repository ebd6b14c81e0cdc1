//! A selection, sentence by sentence.

use super::direction::Direction;
use super::footnotes;
use super::names;
use super::notes::{left_as_it_was, no_result};
use super::piece::{PieceTranslator, Upcoming, Wanted, line};
use super::pieces::{has_words, pieces};
use super::styled::Styled;
use crate::error::Error;
use crate::rejection::Rejection;
use protocol::{Passage, Section, SectionStatus};

/// Translates `text`. What stands between its sentences goes into [`Section::before`]; what stands
/// behind the last is added to the text that is returned.
pub(super) async fn translate(
    translator: &mut impl PieceTranslator<'_>,
    text: &str,
) -> Result<String, Error> {
    let mut done = 0;
    let worked = work(translator, text, &mut done).await;
    let sections = translator.sections();
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
    translator: &mut impl PieceTranslator<'_>,
    text: &str,
    done: &mut usize,
) -> Result<Worked, Error> {
    let mut worked = Worked { end: 0, last: None };
    let mut places = Vec::new();
    for piece in pieces(text, &[]) {
        translator.pace(piece.len()).await?;
        let before = text[worked.end..piece.start].to_owned();
        worked.end = piece.end;
        places.push(piece.clone());
        let source = Passage { text: text[piece].to_owned(), heading: None };
        translator.sections().preview(before, source);
    }
    let count = places.len();
    if count == 0 {
        return Err(Error::NoText);
    }
    log::debug!("{count} sentences");
    for at in 0..count {
        let coming = places[at..].iter().map(|place| &text[place.clone()]);
        match sentence(translator, at, coming).await? {
            Ok(()) => *done += translator.sections().source(at).len(),
            Err(rejection) => worked.last = Some(rejection),
        }
        translator.report((at + 1) as f32 / count as f32);
    }
    Ok(worked)
}

/// Translates a sentence, where that is needed, and settles its section. `coming` are the sentences from
/// this one on.
async fn sentence(
    translator: &mut impl PieceTranslator<'_>,
    at: usize,
    coming: impl Iterator<Item = &str>,
) -> Result<Result<(), Rejection>, Error> {
    let source = translator.sections().source(at).to_owned();
    translator.pace(source.len()).await?;
    let direction = translator.direction();
    if !is_wanted(direction, &source) {
        translator.sections().quote(at, None);
        return Ok(Ok(()));
    }
    let upcoming = coming
        .filter(|text| is_wanted(direction, text))
        .map(|text| Upcoming { text: footnotes::apart(&Styled::plain(text)).0.text, aligned: false });
    translator.ahead(upcoming).await?;
    let (bare, notes) = footnotes::apart(&Styled::plain(&source));
    let wanted = Wanted { text: &bare.text, verbatim: &[], aligned: false, watched: Some(at) };
    let result = translator.translate(wanted).await?.map(|piece| piece.text);
    let sections = translator.sections();
    match result {
        // It needed no translation.
        Ok(text) if text == line(&bare.text) => sections.quote(at, None),
        Ok(text) => {
            let lost = names::lost(&bare.text, &text);
            let text = notes.put_back(&bare.text, &Styled::plain(&text), direction.to).text;
            sections.keep(at, Section { text, lost, ..Section::default() });
        }
        Err(rejection) => {
            sections.quote(at, Some(left_as_it_was(&rejection)));
            return Ok(Err(rejection));
        }
    }
    Ok(Ok(()))
}

/// Whether a sentence has anything to translate.
fn is_wanted(direction: Direction, sentence: &str) -> bool {
    has_words(sentence) && !direction.passes_over(sentence)
}
