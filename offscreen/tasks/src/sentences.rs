//! A paragraph to its sentences.
//!
//! The rules of Unicode's annex 29 know punctuation, quotes and decimals but no abbreviations, so
//! their pieces are joined again where a full stop ends `Dr.`, an initial or the like. Nothing is
//! ever lost: the sentences, one after the other, are the text.
//!
//! Those rules take quadratic time on hostile text, so a text is cut into stretches first.

use crate::languages::{Abbreviations, LANGUAGES};
use unicode_segmentation::UnicodeSegmentation;

/// Bytes that a sentence has at most: what is longer is cut. So much is looked at at once, whatever
/// a text is.
pub(crate) const LONGEST: usize = 8 << 10;

/// Characters next to each other that are neither letters nor digits, after which a sentence ends
/// at the latest. The rules of Unicode look from each of them for a letter behind the last.
const LONGEST_GAP: usize = 32;

/// Bytes that the words around an end have at most: longer ones are no abbreviations.
const LONGEST_WORD: usize = 64;

/// The sentences of `text`, with the white space after them. Concatenated they are `text`.
pub(crate) fn split(text: &str) -> Vec<&str> {
    sentences(text).collect()
}

/// As [`split`], found as they are asked for.
pub(crate) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    let mut found = Vec::new().into_iter();
    std::iter::from_fn(move || {
        if let Some(sentence) = found.next() {
            return Some(sentence);
        }
        let stretch = stretch(rest);
        let mut sentences = within(&rest[..stretch.end]);
        if stretch.is_open && sentences.len() > 1 {
            sentences.pop();
        }
        let length: usize = sentences.iter().map(|sentence| sentence.len()).sum();
        rest = &rest[length..];
        found = sentences.into_iter();
        found.next()
    })
}

/// A beginning of a text.
struct Stretch {
    end: usize,
    /// Its last sentence may go on behind it.
    is_open: bool,
}

fn stretch(text: &str) -> Stretch {
    let end = text.floor_char_boundary(LONGEST);
    let mut gap = 0;
    for (at, c) in text[..end].char_indices() {
        gap = if c.is_alphanumeric() { 0 } else { gap + 1 };
        if gap > LONGEST_GAP {
            return Stretch { end: at, is_open: false };
        }
    }
    Stretch { end, is_open: end < text.len() }
}

/// The sentences of a text of a bounded length.
fn within(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, piece) in text.split_sentence_bound_indices() {
        let end = at + piece.len();
        if end == text.len() || !joins(&text[start..end], &text[end..]) {
            sentences.push(&text[start..end]);
            start = end;
        }
    }
    sentences
}

/// True when a sentence does not end between `before` and `after`.
fn joins(before: &str, after: &str) -> bool {
    if before.ends_with(['\n', '\u{2029}']) {
        return false;
    }
    let next = after.trim_start_matches(OPENERS);
    // `“Why?” he asked.` and `Yahoo! has`: what goes on in lower case goes on.
    if next.chars().next().is_some_and(char::is_lowercase) {
        return true;
    }
    let trimmed = before.trim_end();
    let Some(head) = trimmed.strip_suffix('.') else { return false };
    let near = &head[head.ceil_char_boundary(head.len().saturating_sub(LONGEST_WORD))..];
    let word = near.rsplit(|c: char| c.is_whitespace() || OPENERS.contains(&c)).next().unwrap_or_default();
    let near = &next[..next.floor_char_boundary(LONGEST_WORD)];
    let next_word = near.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if is_initial(word) {
        // `J. Smith`, but `Plan B. The…`.
        return !starts(next_word);
    }
    let lower = word.to_lowercase();
    if is_listed(&lower, |abbreviations| abbreviations.titles) {
        return true;
    }
    if is_listed(&lower, |abbreviations| abbreviations.measured) {
        return next.chars().next().is_some_and(char::is_numeric);
    }
    if is_acronym(word) || is_listed(&lower, |abbreviations| abbreviations.open) {
        return !starts(next_word);
    }
    if is_ordinal(word) {
        let before = last_word(&head[..head.len() - word.len()]);
        let introduced = is_listed(before, |abbreviations| abbreviations.before_ordinals);
        if is_month_after_ordinals(next_word) || introduced && !starts(next_word) {
            return true;
        }
    }
    // The number of a list item: `1. Open the door.`
    before.trim_start().len() <= 4 && word.chars().all(|c| c.is_ascii_digit()) && !word.is_empty()
}

/// Whether any language lists a word: what a text is written in is often not known, and one
/// language's abbreviations are seldom another's words.
fn is_listed(word: &str, list: fn(&Abbreviations) -> &'static [&'static str]) -> bool {
    LANGUAGES.iter().any(|language| list(&language.abbreviations).contains(&word))
}

/// Whether a capitalised word in the middle of a text begins a sentence.
fn starts(word: &str) -> bool {
    is_listed(word, |abbreviations| abbreviations.starters)
}

fn is_month_after_ordinals(word: &str) -> bool {
    let mut languages =
        LANGUAGES.iter().filter(|language| !language.abbreviations.before_ordinals.is_empty());
    languages.any(|language| language.months.contains(&word))
}

/// `30` of `bis zum 30. April`: some languages write ordinals with a full stop.
fn is_ordinal(word: &str) -> bool {
    (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn last_word(text: &str) -> &str {
    text.split_whitespace().next_back().unwrap_or_default()
}

/// `J`, and the last of `J.R`.
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none() && word != "I"
}

/// `U.S`, `a.m`, `e.g`: letters with full stops between them.
fn is_acronym(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
}

const OPENERS: &[char] = &['"', '\'', '“', '‘', '«', '„', '(', '[', ' ', '\u{a0}', '*', '—', '–', '-'];

/// A line of at least so many bytes may go on in the next one, as in a text with hard line breaks.
const FULL_LINE: usize = 40;

/// Whether the sentence at the end of `before` seems to end only because its line does, and goes on
/// in `after`.
pub(crate) fn is_wrapped(before: &str, after: &str) -> bool {
    let body = before.trim_end_matches(['\n', '\r']);
    let last = body.rsplit(['\n', '\r']).next().unwrap_or_default().trim_end();
    ["\n", "\r\n"].contains(&&before[body.len()..])
        && last.len() >= FULL_LINE
        && last.ends_with(|c: char| c.is_alphanumeric() || c == ',')
        && after.starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn trimmed(text: &str) -> Vec<&str> {
        split(text).into_iter().map(str::trim).collect()
    }

    #[test]
    fn ends_and_abbreviations_are_told_apart() {
        for (text, expected) in [
            ("It rained. Dr. Smith stayed. He read.", vec!["It rained.", "Dr. Smith stayed.", "He read."]),
            ("J. R. R. Tolkien wrote it. It sold.", vec!["J. R. R. Tolkien wrote it.", "It sold."]),
            (
                "It fell 3.5 percent to $1.20. Shares rose.",
                vec!["It fell 3.5 percent to $1.20.", "Shares rose."],
            ),
            (
                "The U.S. Senate voted. She is in the U.S. They are not.",
                vec!["The U.S. Senate voted.", "She is in the U.S.", "They are not."],
            ),
            ("“Why?” he asked. “Because!” she said.", vec!["“Why?” he asked.", "“Because!” she said."]),
            ("“It is done.” She left.", vec!["“It is done.”", "She left."]),
            ("Use tools, e.g. Git. See Fig. 3 for it.", vec!["Use tools, e.g. Git.", "See Fig. 3 for it."]),
            (
                "Apple Inc. said so. He left Apple Inc. The end.",
                vec!["Apple Inc. said so.", "He left Apple Inc.", "The end."],
            ),
            ("Yahoo! has news. Really?! Yes.", vec!["Yahoo! has news.", "Really?!", "Yes."]),
            ("We met at 5 p.m. Monday. Fine.", vec!["We met at 5 p.m. Monday.", "Fine."]),
            ("He said no. Nobody came.", vec!["He said no.", "Nobody came."]),
            ("1. Open the door. 2. Close it.", vec!["1. Open the door.", "2. Close it."]),
            (
                "Bis zum 30. April ist offen. Am 3. Tag nicht. Bonn, 2. Mai.",
                vec!["Bis zum 30. April ist offen.", "Am 3. Tag nicht.", "Bonn, 2. Mai."],
            ),
            ("I am 30. They are not.", vec!["I am 30.", "They are not."]),
            ("吾輩は猫である。名前はまだ無い。", vec!["吾輩は猫である。", "名前はまだ無い。"]),
            ("C'est fini. Voilà !", vec!["C'est fini.", "Voilà !"]),
        ] {
            assert_eq!(trimmed(text), expected);
        }
    }

    #[test]
    fn no_sentence_is_longer_than_is_looked_at_at_once() {
        for part in [
            "word ", "x", ").", ". ) ", "a.", "あ.", "A.あ.", "…", "- ", "\u{300}", ".\u{300}", "1. ", "(",
            "\n",
        ] {
            let text = part.repeat(100_000 / part.len());
            let sentences = split(&text);
            assert!(sentences.iter().all(|sentence| (1..=LONGEST).contains(&sentence.len())), "{part:?}");
            assert_eq!(sentences.concat(), text);
        }
    }

    #[test]
    fn long_texts_are_cut_where_short_ones_are() {
        let text = "Dr. Smith stayed in the U.S. for 3.5 years. He read! “Why?” he asked. ";
        let sentences = split(text);
        let long = text.repeat(1_000);
        assert_eq!(split(&long), sentences.repeat(1_000));
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "([A-Za-z]{1,9}[.,!?]?[ \n\"“”]{1,2}|Dr\\. |U\\.S\\. |[.)]{0,40}|\\PC){0,60}", times in 1_usize..30) {
            let text = text.repeat(times);
            let sentences = split(&text);
            prop_assert_eq!(sentences.concat(), text.as_str());
            prop_assert!(sentences.iter().all(|sentence| (1..=LONGEST).contains(&sentence.len())));
        }
    }
}
