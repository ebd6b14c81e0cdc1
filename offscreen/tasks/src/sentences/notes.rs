//! Marks of notes: they belong to the sentence that they stand behind.

use super::signs::{OPENERS, SPACES};

/// Bytes that stand between the brackets of a mark at most: `[note 12]`, `[citation needed]`.
const LONGEST: usize = 32;

/// Digits of a mark without brackets at most.
const MOST_DIGITS: usize = 3;

/// Bytes of `text`, which follows a sentence directly, that are marks: `[1][2]`, `¹`.
pub(super) fn leading(text: &str) -> usize {
    let mut end = 0;
    loop {
        let rest = &text[end..];
        let next = bracketed(rest).or_else(|| raised(rest));
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
        let near = &body[body.ceil_char_boundary(body.len().saturating_sub(LONGEST + 2))..];
        let shorter = match near.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')) {
            Some((_, mark)) if is_mark(mark) => &body[..body.len() - mark.len() - 2],
            _ => body.trim_end_matches(is_raised),
        };
        if shorter.len() == body.len() {
            return body;
        }
        body = shorter;
    }
}

/// Bytes of the mark in brackets that `text` begins with.
pub(crate) fn bracketed(text: &str) -> Option<usize> {
    let near = &text[..text.floor_char_boundary(LONGEST + 2)];
    let (mark, _) = near.strip_prefix('[')?.split_once(']')?;
    is_mark(mark).then_some(mark.len() + 2)
}

fn raised(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches(is_raised);
    (rest.len() < text.len()).then_some(text.len() - rest.len())
}

fn is_mark(text: &str) -> bool {
    let is_short = text.chars().count() == 1;
    let mut chars = text.chars();
    (1..=LONGEST).contains(&text.len())
        && (is_short && chars.clone().all(char::is_alphanumeric)
            || chars.clone().any(|c| c.is_ascii_digit())
            || text.contains(' '))
        && chars.all(|c| c.is_alphanumeric() || [' ', '\u{a0}', '.', '-'].contains(&c))
}

fn is_raised(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}
