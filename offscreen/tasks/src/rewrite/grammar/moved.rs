//! Words that only moved: `explained me the rules` says what `explained the rules to me` says.

use super::limits::{LONGEST, has_s, is_other_tense};
use super::taught::{SURE, Sentence};
use crate::align::align;
use crate::rewrite::meaning::{Meaning, is_denial};
use crate::rewrite::spelling::{is_past, is_related, is_variant};
use crate::words::{Analyzer, Word};

/// Whether an `answer` in which words of the sentence moved says the same: what has content, denies,
/// doubts or joins comes in the same order, persons do among themselves, marks are the same, and few other
/// words are.
pub(super) fn says_the_same(sentence: &Sentence<'_>, answer: &str) -> bool {
    let (own, theirs) = (&sentence.words, &Analyzer::english().words(answer));
    let marks = |text: &str| {
        text.chars().filter(|c| !c.is_alphanumeric() && !" '’\n".contains(*c)).collect::<String>()
    };
    let (before, after) = (said(own), said(theirs));
    let lacks = |words: &[Word<'_>], others: &[Word<'_>]| {
        words.iter().filter(|word| !others.iter().any(|other| other.lower == word.lower)).count()
    };
    marks(sentence.source) == marks(answer)
        && own.len().abs_diff(theirs.len()) <= 2
        && lacks(own, theirs).max(lacks(theirs, own)) <= LONGEST
        && before.len() == after.len()
        && before.into_iter().zip(after).all(|(old, new)| is_as_before(old, new))
        && persons(own) == persons(theirs)
        && has_moved(own, theirs)
        && !sentence.is_heading()
}

/// Whether some word stands elsewhere.
fn has_moved(own: &[Word<'_>], theirs: &[Word<'_>]) -> bool {
    let pairs = align(own.len(), theirs.len(), |i, j| u32::from(own[i].lower == theirs[j].lower));
    let mut left = (0..own.len()).filter(|i| pairs.iter().all(|(own, _)| own != i));
    left.any(|i| {
        (0..theirs.len())
            .any(|j| theirs[j].lower == own[i].lower && pairs.iter().all(|(_, theirs)| *theirs != j))
    })
}

/// Two forms or spellings of one word, neither of which says another thing.
fn is_as_before(old: &Word<'_>, new: &Word<'_>) -> bool {
    is_related(old, new)
        && is_denial(old) == is_denial(new)
        && (!is_other_tense(old, new) || is_past(&new.lower))
        && !is_variant(&old.lower, &new.lower)
        && (old.text == new.text || !old.numeric() && has_s(old) == has_s(new))
}

/// What has content, denies, doubts or joins, and what is denied.
fn said<'w, 't>(words: &'w [Word<'t>]) -> Vec<&'w Word<'t>> {
    let says = |word: &Word<'_>| word.content || SURE.contains(&word.lower.as_str());
    let denied = |i: usize| i > 0 && is_denial(&words[i - 1]);
    let said = words.iter().enumerate().filter(|(i, word)| says(word) || is_denial(word) || denied(*i));
    said.map(|(_, word)| word).collect()
}

/// Who is spoken of, one after the other.
fn persons(words: &[Word<'_>]) -> Vec<Meaning> {
    let none = Meaning::of(&[]);
    let each = words.iter().map(|word| Meaning::of(std::slice::from_ref(word)).undenied());
    let mut persons: Vec<Meaning> = each.filter(|meaning| *meaning != none).collect();
    persons.dedup();
    persons
}
