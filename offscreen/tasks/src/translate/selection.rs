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
use crate::side_by_side::side_by_side;
use protocol::{Passage, Section, SectionStatus};

/// Translates `text`. What stands between its sentences goes into [`Section::before`]; what stands
/// behind the last is added to the text that is returned.
pub(super) async fn translate(translator: &impl PieceTranslator<'_>, text: &str) -> Result<String, Error> {
    let mut done = 0;
    let worked = work(translator, text, &mut done).await;
    let mut sections = translator.sections();
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
    /// Why the last sentence that was left as it was was.
    last: Option<Rejection>,
}

/// Shows the sentences and works on them. `done` counts the bytes that were translated, or had no need of it.
async fn work(translator: &impl PieceTranslator<'_>, text: &str, done: &mut usize) -> Result<Worked, Error> {
    let mut end = 0;
    let mut places = Vec::new();
    for piece in pieces(text, &[]) {
        translator.pace(piece.len()).await?;
        let before = text[end..piece.start].to_owned();
        end = piece.end;
        places.push(piece.clone());
        let source = Passage { text: text[piece].to_owned(), ..Passage::default() };
        translator.sections().preview(before, source);
    }
    let count = places.len();
    if count == 0 {
        return Err(Error::NoText);
    }
    log::debug!("{count} sentences");
    let sentences = (0..count).map(|at| {
        let coming = places[at..].iter().map(|place| &text[place.clone()]);
        sentence(translator, at, coming)
    });
    let (mut ended, mut last) = (0, None);
    let finish = |at: usize, result: Result<(), Rejection>| {
        match result {
            Ok(()) => *done += places[at].len(),
            Err(rejection) if last.as_ref().is_none_or(|(before, _)| *before < at) => {
                last = Some((at, rejection));
            }
            Err(_) => {}
        }
        ended += 1;
        translator.report(ended as f32 / count as f32);
    };
    side_by_side(|| translator.width(), sentences, finish).await?;
    Ok(Worked { end, last: last.map(|(_, rejection)| rejection) })
}

/// Translates a sentence, where that is needed, and settles its section. `coming` are the sentences from
/// this one on.
async fn sentence(
    translator: &impl PieceTranslator<'_>,
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
    let mut sections = translator.sections();
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
