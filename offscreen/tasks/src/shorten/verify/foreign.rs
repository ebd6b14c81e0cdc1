//! What can be told of sentences that are not English.

use super::alignment::Alignment;
use crate::align::too_long;
use crate::languages::Language;
use crate::rejection::Rejection;
use crate::words::Word;

/// Nothing is said anew, in another order, or without the words that deny it or doubt it.
pub(super) fn check(language: &Language, source: &[Word<'_>], answer: &[Word<'_>]) -> Result<(), Rejection> {
    if !answer.iter().any(|word| word.content) {
        return Err(Rejection::Empty);
    }
    if too_long(source.len(), answer.len()) {
        return Err(Rejection::TooLong);
    }
    let is_new = |word: &&Word<'_>| !source.iter().any(|other| word.is_form_of(other));
    let counts = |word: &Word<'_>| word.numeric() || language.number(&word.lower).is_some();
    if let Some(word) = answer.iter().filter(is_new).find(|word| word.content || counts(word)) {
        let text = word.text.to_owned();
        return Err(if counts(word) { Rejection::NewNumber(text) } else { Rejection::NewWords(text) });
    }
    let alignment = Alignment::of(source, answer);
    if (0..answer.len()).any(|i| answer[i].content && alignment.source_of(i).is_none()) {
        return Err(Rejection::Reordered);
    }
    let count = |words: &[Word<'_>], listed: &str| words.iter().filter(|word| is(word, listed)).count();
    let differs = |listed: &&str| count(source, listed) != count(answer, listed);
    if language.denials.iter().chain(language.hedges.iter()).any(|listed| differs(&listed)) {
        return Err(Rejection::Denial);
    }
    match language.doubts.iter().find(differs) {
        Some(doubt) => Err(Rejection::Operator(doubt.to_owned())),
        None => Ok(()),
    }
}

/// Whether a word is a listed one, or has it before an apostrophe: `n'est`.
fn is(word: &Word<'_>, listed: &str) -> bool {
    word.lower == listed || word.lower.split_once('\'').is_some_and(|(before, _)| before == listed)
}
