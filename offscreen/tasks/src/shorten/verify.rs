//! Is a model's shorter sentence still true to the sentence it was made from?
//!
//! No model is asked: every rule can be read below and errs on the side of the page, whose own
//! sentence stands where the answer falls. A good answer leaves words out and joins what is left;
//! so its words must be those of the source, in the source's order ([`alignment`]), what it leaves
//! out must be whole phrases ([`phrases`]), the little words that turn a meaning round (not, may,
//! most, by, more than …) must still stand before the same words, and who says it must still be said
//! ([`operators`]). Of sentences in other languages less is known ([`foreign`]).

mod alignment;
mod contrasts;
mod foreign;
mod links;
mod numbers;
mod operators;
mod phrases;

use crate::align::too_long;
use crate::rejection::Rejection;
use crate::sentences::split;
use crate::words::{Analyzer, Word};
use alignment::Alignment;
pub(crate) use numbers::value as number;
pub(crate) use phrases::{AUXILIARIES, INTRODUCTIONS};

/// An answer must leave out at least this share of its source's words, or the page's own sentence
/// is the better one.
const MIN_SAVING: f32 = 0.05;

/// Judges an English `answer` as a shorter version of the sentence `source`.
///
/// # Errors
/// The first rule that the answer breaks.
pub fn verify(source: &str, answer: &str) -> Result<(), Rejection> {
    let english = Analyzer::english();
    let (source_words, answer_words) = (english.words(source), english.words(answer));
    // `The changes` are not just any `changes`: an article alone saves nothing.
    let content = |words: &[Word<'_>]| words.iter().filter(|word| word.content).count();
    let longest = (1.0 - MIN_SAVING) * source_words.len() as f32;
    let saves = (answer_words.len() as f32) <= longest && content(&answer_words) < content(&source_words);
    if !answer_words.is_empty() && !saves {
        return Err(Rejection::NotShorter);
    }
    judge(source, &source_words, answer, &answer_words)
}

/// Numbers and names of an English `text` that `page` does not have; for texts that are not one
/// sentence's shorter version.
#[must_use]
pub fn inventions(page: &str, text: &str) -> Vec<String> {
    let english = Analyzer::english();
    let (page, words) = (english.words(page), english.words(text));
    let starts = sentence_starts(text);
    let name = words
        .iter()
        .filter(|word| word.content && word.capitalised() && !starts.contains(&word.start))
        .filter(|word| !page.iter().any(|other| word.is_form_of(other)))
        .map(|word| word.text.to_owned());
    numbers::new_number(&page, &words).into_iter().chain(name).collect()
}

/// Judges what an `answer` claims by the sentence `source` that it rests on, however little shorter
/// it is; both are in the language that `analyzer` reads. Of a language without a list of the words
/// that deny, nothing can be told.
///
/// # Errors
/// The first rule that the answer breaks.
pub(crate) fn verify_claim(analyzer: &Analyzer, source: &str, answer: &str) -> Result<(), Rejection> {
    let (source_words, answer_words) = (analyzer.words(source), analyzer.words(answer));
    match analyzer.language() {
        _ if analyzer.is_english() => judge(source, &source_words, answer, &answer_words),
        Some(language) => foreign::check(language, &source_words, &answer_words),
        None => Err(Rejection::Ungrounded),
    }
}

/// As [`verify`], however little `answer` saves.
pub(crate) fn stays_true(source: &str, answer: &str) -> bool {
    let english = Analyzer::english();
    judge(source, &english.words(source), answer, &english.words(answer)).is_ok()
}

fn judge(
    source: &str,
    source_words: &[Word<'_>],
    answer: &str,
    answer_words: &[Word<'_>],
) -> Result<(), Rejection> {
    if too_long(source_words.len(), answer_words.len()) {
        return Err(Rejection::TooLong);
    }
    check_form(source, answer, answer_words)?;
    if let Some(number) = numbers::new_number(source_words, answer_words) {
        return Err(Rejection::NewNumber(number));
    }
    check_names(source_words, answer_words)?;
    let alignment = Alignment::of(source_words, answer_words);
    check_new_words(source_words, answer_words)?;
    let misplaced = (0..answer_words.len())
        .filter(|&i| answer_words[i].content && alignment.source_of(i).is_none())
        .filter(|&i| source_words.iter().any(|word| word.is_form_of(&answer_words[i])))
        .count();
    if misplaced > 0 {
        return Err(Rejection::Reordered);
    }
    if let Some(number) = numbers::torn_number(source, source_words, &alignment) {
        return Err(Rejection::Number(number));
    }
    operators::check(source, source_words, answer_words, &alignment).map_err(Rejection::Operator)?;
    check_small_words(source_words, answer_words)?;
    contrasts::check_contrasts(source, source_words, &alignment)?;
    phrases::check_possessor(source_words, answer_words)?;
    phrases::check_subject(source, source_words, answer_words, &alignment)?;
    phrases::check_gaps(source, source_words, answer_words, &alignment)?;
    phrases::check_joints(source, source_words, answer, answer_words, &alignment)?;
    phrases::check_heads(source, source_words, answer_words, &alignment)?;
    let kept = alignment.content_pairs(source_words).len();
    let content = source_words.iter().filter(|word| word.content).count();
    if kept < content.min(3) || kept * 4 < content { Err(Rejection::Gutted) } else { Ok(()) }
}

fn check_form(source: &str, answer: &str, words: &[Word<'_>]) -> Result<(), Rejection> {
    if words.is_empty() {
        return Err(Rejection::Empty);
    }
    let bare = answer.trim_end_matches(['"', '”', '\'', '’', ')']);
    let ends = bare.ends_with(['.', '!', '?']) && !bare.ends_with("..");
    let starts = answer.trim_start_matches(['"', '“', '‘', '\'']).chars().next();
    let begins = starts.is_some_and(|c| {
        c.is_uppercase() || c.is_numeric() || source.contains(answer.split(' ').next().unwrap_or_default())
    });
    if !ends || !begins || answer.contains('\n') || split(answer).len() != 1 {
        return Err(Rejection::NotASentence);
    }
    let lower_source = source.to_lowercase();
    let chatter = |lower: &str| words.iter().any(|word| word.lower == lower) && !lower_source.contains(lower);
    let marks = |c: &char| answer.contains(*c) && !source.contains(*c);
    let quotes = |text: &str| text.matches(['"', '“', '”']).count();
    if CHATTER.iter().any(|lower| chatter(lower))
        || ['*', '#', '`', '<', '>', '|', '_', '[', '{', ':', ';'].iter().any(marks)
    {
        return Err(Rejection::Chatter);
    }
    if quotes(answer) % 2 != 0 || (quotes(answer) > 0 && quotes(source) == 0) {
        return Err(Rejection::Chatter);
    }
    Ok(())
}

/// Words of answers that talk about the task.
#[rustfmt::skip]
const CHATTER: &[&str] = &[
    "sentence", "paragraph", "rephrase", "rephrased", "rewritten", "summary", "author", "shorter",
    "revised", "here's",
];

fn check_names(source: &[Word<'_>], answer: &[Word<'_>]) -> Result<(), Rejection> {
    for (i, word) in answer.iter().enumerate() {
        let name = word.capitalised() && word.content || word.text.chars().skip(1).any(char::is_uppercase);
        let known = source.iter().any(|other| word.is_form_of(other));
        // The first word is capitalised anyway; a new one there would be a new subject.
        if name && !known {
            return Err(if i == 0 { Rejection::Subject } else { Rejection::NewName(word.text.to_owned()) });
        }
        // `apple` is not `Apple`.
        let written = || source.iter().any(|other| word.is_form_of(other) && other.capitalised());
        if i > 0 && word.capitalised() && word.content && !written() {
            return Err(Rejection::NewName(word.text.to_owned()));
        }
    }
    Ok(())
}

fn check_new_words(source: &[Word<'_>], answer: &[Word<'_>]) -> Result<(), Rejection> {
    // Spelled out, anything can be said in letters that are no words.
    let spelled =
        |word: &Word<'_>| word.text.chars().count() == 1 && !["a", "i"].contains(&word.lower.as_str());
    let is_new = |word: &&Word<'_>| {
        (word.content || spelled(word)) && !source.iter().any(|other| word.is_form_of(other))
    };
    let new: Vec<&str> = answer.iter().filter(is_new).map(|word| word.text).collect();
    if new.is_empty() { Ok(()) } else { Err(Rejection::NewWords(new.join(", "))) }
}

/// `Her keys` are not `his`, and what was turned off was not turned on: of the words without content
/// too, an answer has those of its source, but for what only holds others together.
fn check_small_words(source: &[Word<'_>], answer: &[Word<'_>]) -> Result<(), Rejection> {
    let known = |word: &Word<'_>| {
        // `Don't` of `do not`: the operators have seen to the rest.
        let spelled = |other: &Word<'_>| {
            word.lower == other.lower || word.lower.contains('\'') && word.lower.starts_with(&other.lower)
        };
        GLUE.contains(&word.lower.as_str()) || source.iter().any(spelled)
    };
    match answer.iter().find(|word| !word.content && !known(word)) {
        Some(word) => Err(Rejection::NewWords(word.text.to_owned())),
        None => Ok(()),
    }
}

/// Words without content that say nothing of their own.
#[rustfmt::skip]
const GLUE: &[&str] = &[
    "a", "an", "and", "are", "be", "been", "being", "did", "do", "does", "had", "has", "have", "is", "of", "that", "the", "to",
    "was", "were", "which", "who",
];

fn sentence_starts(text: &str) -> Vec<usize> {
    let english = Analyzer::english();
    let mut at = 0;
    let mut starts = Vec::new();
    for sentence in split(text) {
        starts.extend(english.words(sentence).first().map(|word| at + word.start));
        at += sentence.len();
    }
    starts
}

#[cfg(test)]
mod tests;
