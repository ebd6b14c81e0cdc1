//! A paragraph to its sentences.
//!
//! The rules of Unicode's annex 29 know punctuation, quotes and decimals but no abbreviations, so their pieces are
//! joined again where a full stop ends `Dr.`, an initial or the like. Nothing is ever lost: the sentences, one after the
//! other, are the text.

use unicode_segmentation::UnicodeSegmentation;

/// The sentences of `text`, with the white space after them. Concatenated they are `text`.
#[must_use]
pub(crate) fn split(text: &str) -> Vec<&str> {
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
    let word = head.rsplit(|c: char| c.is_whitespace() || OPENERS.contains(&c)).next().unwrap_or_default();
    let next_word = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if is_initial(word) {
        // `J. Smith`, but `Plan B. The…`.
        return !STARTERS.contains(&next_word);
    }
    let lower = word.to_lowercase();
    if TITLES.contains(&lower.as_str()) {
        return true;
    }
    if MEASURED.contains(&lower.as_str()) {
        return next.chars().next().is_some_and(char::is_numeric);
    }
    if is_acronym(word) || OPEN.contains(&lower.as_str()) {
        return !STARTERS.contains(&next_word);
    }
    if is_ordinal(word) {
        let before = last_word(&head[..head.len() - word.len()]);
        if MONTHS.contains(&next_word) || ORDINAL_STARTERS.contains(&before) && !STARTERS.contains(&next_word)
        {
            return true;
        }
    }
    // The number of a list item: `1. Open the door.`
    before.trim_start().len() <= 4 && word.chars().all(|c| c.is_ascii_digit()) && !word.is_empty()
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

/// What stands before an ordinal in German.
#[rustfmt::skip]
const ORDINAL_STARTERS: &[&str] = &[
    "Am", "Beim", "Das", "Dem", "Den", "Der", "Des", "Die", "Im", "Vom", "Zum", "Zur", "ab", "am", "beim", "bis", "das", "dem",
    "den", "der", "des", "die", "im", "seit", "und", "vom", "zum", "zur",
];

/// German months, which follow ordinals.
#[rustfmt::skip]
const MONTHS: &[&str] = &[
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
];

/// Always followed by the rest of the sentence.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "adm", "capt", "cf", "cmdr", "col", "dr", "e.g", "gen", "gov", "hon", "i.e", "lt", "maj", "messrs",
    "mr", "mrs", "ms", "mx", "pres", "prof", "rep", "rev", "sen", "sgt", "st", "supt", "viz", "vs",
];

/// Followed by a number or ending a sentence.
#[rustfmt::skip]
const MEASURED: &[&str] = &[
    "apr", "art", "aug", "ca", "ch", "dec", "eq", "feb", "fig", "figs", "jan", "jul", "jun", "mar", "no",
    "nos", "nov", "oct", "p", "pp", "sec", "sep", "sept", "vol",
];

/// Ends a sentence or does not: the next word tells.
#[rustfmt::skip]
const OPEN: &[&str] = &[
    "al", "approx", "assn", "ave", "blvd", "bros", "co", "corp", "dept", "ed", "eds", "est", "etc", "ft",
    "inc", "jr", "ltd", "mt", "op", "ph.d", "rd", "sr", "univ",
];

/// Words that begin a sentence when they are capitalised in the middle of a text.
#[rustfmt::skip]
const STARTERS: &[&str] = &[
    "A", "According", "After", "All", "Although", "An", "And", "Another", "As", "At", "Because", "Before",
    "But", "By", "Despite", "During", "Each", "Even", "For", "From", "Had", "He", "Her", "Here", "His",
    "How", "However", "I", "If", "In", "Instead", "It", "Its", "Last", "Many", "Meanwhile", "More", "Most",
    "My", "No", "Not", "Now", "On", "Once", "One", "Only", "Or", "Our", "She", "Since", "So", "Some",
    "Such", "That", "The", "Their", "Then", "There", "These", "They", "This", "Those", "Though", "Through",
    "To", "Today", "Under", "Unlike", "Until", "We", "What", "When", "Where", "Whether", "Which", "While",
    "Who", "Why", "With", "Yet", "You", "Your",
];

/// A line of at least so many bytes may go on in the next one, as in a text with hard line breaks.
const FULL_LINE: usize = 40;

/// Whether the sentence at the end of `before` seems to end only because its line does, and goes on in `after`.
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

    proptest! {
        #[test]
        fn nothing_is_lost(text in "([A-Za-z]{1,9}[.,!?]?[ \n\"“”]{1,2}|Dr\\. |U\\.S\\. |\\PC){0,60}") {
            prop_assert_eq!(split(&text).concat(), text);
        }
    }
}
