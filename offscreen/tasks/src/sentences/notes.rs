//! Marks of notes: they belong to the sentence that they stand behind.

use super::signs::{OPENERS, SPACES};
use article::note_mark;

/// Bytes at a text's end in which a mark begins that it ends with.
const END: usize = 64;

/// Digits of a mark without brackets at most.
const MOST_DIGITS: usize = 3;

/// Bytes of `text`, which follows a sentence directly, that are marks: `[1][2]`, `¹`.
pub(super) fn leading(text: &str) -> usize {
    let mut end = 0;
    loop {
        let rest = &text[end..];
        let next = note_mark(rest).or_else(|| raised(rest));
        match next {
            Some(length) => end += length,
            None => return end,
        }
    }
}

/// Bytes of `text`, which follows a sentence directly, that are a mark in bare figures: another
/// sentence begins behind it. `7 cents.3 Three years later`
pub(super) fn bare(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    let next = rest.trim_start_matches(SPACES);
    let begins = rest.len() > next.len() && next.trim_start_matches(OPENERS).starts_with(char::is_uppercase);
    if (1..=MOST_DIGITS).contains(&digits) && begins { digits } else { 0 }
}

/// `text` without the marks at its end.
pub(super) fn without(text: &str) -> &str {
    let mut body = text;
    loop {
        let near = &body[body.ceil_char_boundary(body.len().saturating_sub(END))..];
        let mark = near.rfind('[').map(|open| &near[open..]);
        let shorter = match mark {
            Some(mark) if note_mark(mark) == Some(mark.len()) => &body[..body.len() - mark.len()],
            _ => body.trim_end_matches(is_raised),
        };
        if shorter.len() == body.len() {
            return body;
        }
        body = shorter;
    }
}

fn raised(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches(is_raised);
    (rest.len() < text.len()).then_some(text.len() - rest.len())
}

fn is_raised(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}
