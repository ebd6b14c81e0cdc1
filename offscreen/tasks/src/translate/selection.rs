//! A selection, sentence by sentence.

use super::ask::{Outcome, Translator, Watch, line};
use super::pieces::{has_words, pieces};
use super::{names, report};
use crate::board::{Board, source};
use crate::{Error, LanguageModel, Sink};
use decoder::Scheduler;
use protocol::{Section, SectionStatus};

/// Translates `text`. What stands between its sentences goes into [`Section::before`]; what stands behind the last is added
/// to the text that is returned.
pub(super) async fn translate<M: LanguageModel, P: Scheduler>(
    translator: &mut Translator<'_, M, P>,
    text: &str,
    sink: &mut impl Sink,
) -> Result<String, Error> {
    let mut end = 0;
    let mut sentences = Vec::new();
    for piece in pieces(text, &[]) {
        sentences.push((text[end..piece.start].to_owned(), &text[piece.clone()]));
        end = piece.end;
    }
    if sentences.is_empty() {
        return Err(Error::NoText);
    }
    let mut board = Board::new(sink, sentences);
    let worked = work(translator, &mut board).await;
    board.settle(&super::left_as_it_was("stopped before it was translated"));
    let coverage = coverage(board.sections());
    board.sink().coverage(coverage);
    let fault = worked?;
    let translated = board.sections().iter().any(|section| section.status == SectionStatus::Checked);
    match fault {
        Some(reason) if !translated => Err(Error::NoResult { reason: super::no_result(&reason) }),
        _ => Ok(board.text() + &text[end..]),
    }
}

/// Works through the sentences. Gives the reason of the last that failed.
async fn work<M: LanguageModel, P: Scheduler, S: Sink>(
    translator: &mut Translator<'_, M, P>,
    board: &mut Board<'_, S>,
) -> Result<Option<String>, Error> {
    let mut fault = None;
    let count = board.sections().len();
    for at in 0..count {
        let own = source(&board.sections()[at]).to_owned();
        if has_words(&own) {
            let watch = &mut |watch: Watch<'_>| match watch {
                Watch::Attempt => board.begin(at, ""),
                Watch::Text(text) => board.token(text),
            };
            match translator.translate(&own, &[], watch).await? {
                Outcome::Translated(text) if text == line(&own) => board.quote(at, None),
                Outcome::Translated(text) => board.keep(at, &text, names::lost(&own, &text), None),
                Outcome::Failed(reason) => {
                    board.quote(at, Some(super::left_as_it_was(&reason)));
                    fault = Some(reason);
                }
            }
        } else {
            board.quote(at, None);
        }
        report(translator.model, board.sink(), at + 1, count);
    }
    Ok(fault)
}

/// The share of the characters that were translated, or had no need of it.
fn coverage(sections: &[Section]) -> f32 {
    let length = |section: &Section| source(section).len();
    let done = |section: &&Section| section.status == SectionStatus::Checked || !has_words(source(section));
    let total: usize = sections.iter().map(length).sum();
    sections.iter().filter(done).map(length).sum::<usize>() as f32 / total.max(1) as f32
}
