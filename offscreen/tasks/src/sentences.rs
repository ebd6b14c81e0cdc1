//! A paragraph to its sentences.
//!
//! The rules of Unicode's annex 29 know punctuation, quotes and decimals but no abbreviations, so
//! their pieces are joined again where a full stop ends `Dr.`, an initial or the like ([`ends`]), and
//! they are moved behind the marks of [`notes`]. Nothing is ever lost: the sentences, one after the
//! other, are the text.
//!
//! Those rules take quadratic time on hostile text, so a text is cut into stretches first.

mod ends;
mod lexicon;
mod near;
mod notes;
mod quotations;
mod shapes;
mod signs;

use ends::goes_on;
use signs::{CLOSERS, DASHES, OPENERS, OPENING, SPACES};
use unicode_segmentation::UnicodeSegmentation;

/// Bytes that a sentence has at most: what is longer is cut. So much is looked at at once, whatever
/// a text is.
pub(crate) const LONGEST: usize = 8 << 10;

/// Characters next to each other that are neither letters nor digits, after which a sentence ends
/// at the latest. The rules of Unicode look from each of them for a letter behind the last.
const LONGEST_GAP: usize = 32;

/// The sentences of `text`, with the white space after them. Concatenated they are `text`.
pub(crate) fn split(text: &str) -> Vec<&str> {
    sentences(text).collect()
}

/// The sentences of a text, found as they are asked for, each with the white space after it.
pub fn sentences(text: &str) -> impl Iterator<Item = &str> {
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
    for end in bounds(text) {
        let end = past_marks(text, end);
        if end > start && end < text.len() && !goes_on(&text[start..end], &text[end..]) {
            sentences.push(&text[start..end]);
            start = end;
        }
    }
    if start < text.len() {
        sentences.push(&text[start..]);
    }
    sentences
}

/// Where sentences of `text` may end: by Unicode's rules, and where those see nothing.
fn bounds(text: &str) -> impl Iterator<Item = usize> {
    text.split_sentence_bound_indices().flat_map(move |(start, piece)| {
        let end = start + piece.len();
        let inner = piece.char_indices().filter_map(move |(at, c)| more(&text[..end], start + at, c));
        inner.chain([end])
    })
}

/// The end behind a mark `c`, in the last piece of `text`, that Unicode's rules do not know: behind
/// the mark of a note, after an ellipsis, before a figure or a name like `iPhone`, and where a dash
/// shows that another speaks.
fn more(text: &str, at: usize, c: char) -> Option<usize> {
    if !['.', '…', '!', '?', '؟', '।'].contains(&c) {
        return None;
    }
    let (head, rest) = (&text[..at], text[at + c.len_utf8()..].trim_start_matches(CLOSERS));
    let marks = notes::leading(rest);
    let figure =
        if head.ends_with(char::is_alphabetic) && !ends::counts(head) { notes::bare(rest) } else { 0 };
    let body = rest[marks.max(figure)..].trim_start_matches(SPACES);
    let next = body.trim_start_matches(OPENERS);
    let (is_noted, is_apart) = (marks.max(figure) > 0, body.len() < rest.len());
    let trails = is_apart && ends::is_ellipsis(&text[..at + c.len_utf8()]);
    let begins = next.starts_with(char::is_uppercase);
    let is_new = begins && (is_noted || trails)
        || trails && ends::is_short_question(next)
        || is_apart && c == '.' && (ends::may_begin_small(next) || ends::begins_with_figure(head, next))
        || is_apart && text.starts_with(DASHES) && body.starts_with(DASHES);
    is_new.then_some(text.len() - body.len())
}

/// An end with the marks that stand behind it and belong to what ends: those of notes, without a
/// space, and the one of a quotation that stands apart (`« Non. »`).
fn past_marks(text: &str, end: usize) -> usize {
    let head = &text[..end];
    let behind = |end: usize| text.len() - text[end..].trim_start_matches(SPACES).len();
    if head.ends_with(char::is_whitespace) {
        let closing = text[end..].strip_prefix('»').filter(|rest| !rest.starts_with(char::is_alphanumeric));
        return closing.map_or(end, |rest| behind(text.len() - rest.len()));
    }
    // Marks that open are among those that Unicode's rules take for closing ones.
    let is_opening = text[end..].starts_with(char::is_alphanumeric);
    let end = if is_opening { head.trim_end_matches(OPENING).len() } else { end };
    let rest = &text[end..];
    behind(end + notes::leading(rest).max(notes::bare(rest)))
}

/// A line of at least so many bytes may go on in the next one, as in a text with hard line breaks.
const FULL_LINE: usize = 40;

/// Whether the sentence at the end of `before` seems to end only because its line does, and goes on
/// in `after`.
pub(crate) fn is_wrapped(before: &str, after: &str) -> bool {
    const BREAKS: [char; 2] = ['\n', '\r'];
    let body = before.trim_end_matches(BREAKS);
    let line = body.trim_end_matches(|c: char| c.is_whitespace() && !BREAKS.contains(&c));
    // However long the line is, no more of it is looked at.
    let end = line.len().checked_sub(FULL_LINE).map(|start| &line.as_bytes()[start..]);
    ["\n", "\r\n"].contains(&&before[body.len()..])
        && end.is_some_and(|end| !end.contains(&b'\n') && !end.contains(&b'\r'))
        && line.ends_with(|c: char| c.is_alphanumeric() || c == ',')
        && after.starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Lines of one language, their sentences parted by `|`.
    const LINES: [(&str, &str); 11] = [
        ("ar", include_str!("../../../tests/kinds/sentences/ar.txt")),
        ("de", include_str!("../../../tests/kinds/sentences/de.txt")),
        ("en", include_str!("../../../tests/kinds/sentences/en.txt")),
        ("es", include_str!("../../../tests/kinds/sentences/es.txt")),
        ("fr", include_str!("../../../tests/kinds/sentences/fr.txt")),
        ("hi", include_str!("../../../tests/kinds/sentences/hi.txt")),
        ("it", include_str!("../../../tests/kinds/sentences/it.txt")),
        ("ja", include_str!("../../../tests/kinds/sentences/ja.txt")),
        ("pt", include_str!("../../../tests/kinds/sentences/pt.txt")),
        ("ru", include_str!("../../../tests/kinds/sentences/ru.txt")),
        ("zh", include_str!("../../../tests/kinds/sentences/zh.txt")),
    ];

    #[test]
    fn sentences_end_where_readers_see_an_end() {
        let mut wrong = Vec::new();
        for (language, lines) in LINES {
            let (mut right, mut all) = (0, 0);
            for line in lines.lines() {
                let expected: Vec<&str> = line.split('|').map(str::trim).collect();
                let text = line.replace('|', "");
                let found: Vec<&str> = split(&text).into_iter().map(str::trim).collect();
                all += 1;
                if found == expected {
                    right += 1;
                } else {
                    wrong.push(found.join(" | "));
                }
            }
            println!(
                "{language}: {right} of {all} lines, {:.0} %",
                100.0 * f64::from(right) / f64::from(all)
            );
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn full_lines_go_on_in_small_letters() {
        let line = "The harbour of Orrin is closed until the"; // of 40 bytes
        for (before, after, wrapped) in [
            (format!("{line}\n"), "end", true),
            (format!("{line} \t\r\n"), "end", true),
            (format!("One.\n{line}\n"), "end", true),
            (format!("{line},\n"), "end", true),
            (format!("{line}\n"), "End", false),
            (format!("{line}.\n"), "end", false),
            (format!("{line}\n\n"), "end", false),
            (format!("{}\n", &line[1..]), "end", false),
            (format!("{line}\n{}\n", &line[1..]), "end", false),
            (format!("{line}\n  \n"), "end", false),
        ] {
            assert_eq!(is_wrapped(&before, after), wrapped, "{before:?}");
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
