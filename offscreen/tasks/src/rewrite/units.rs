//! A selection to the units that are rewritten one by one, and exactly what stands between them.

use super::facts;
use crate::error::Error;
use crate::sentences;
use std::ops::Range;

/// What is rewritten at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grain {
    /// A sentence.
    Sentence,
    /// A line, or lines that one sentence was wrapped into.
    Paragraph,
}

/// A stretch of text to rewrite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit<'a> {
    /// What stands between the unit before and this one: white space, line breaks, list markers,
    /// text without a word.
    pub(super) before: &'a str,
    /// The text, without white space around it.
    pub(super) text: &'a str,
}

/// The units of `text`, and what stands after the last. All of it, one after the other, is `text`.
/// `pace` is told of the bytes that are read, and may end it.
///
/// # Errors
/// Those of `pace`.
pub(super) async fn split(
    text: &str,
    grain: Grain,
    pace: impl AsyncFn(usize) -> Result<(), Error>,
) -> Result<(Vec<Unit<'_>>, &str), Error> {
    let mut units = Vec::new();
    let mut done = 0;
    let mut blocks = Blocks { text, line: 0..line_end(text, 0, &pace).await? };
    while let Some(block) = blocks.next(&pace).await? {
        let mut at = block.start + marker(&text[block.clone()]);
        // A line break inside it ends no sentence. Of the same length, so that the offsets are those of the block.
        let mut flat = String::with_capacity(block.end - at);
        for piece in pieces(&text[at..block.end]) {
            pace(piece.len()).await?;
            flat.push_str(&piece.replace(['\n', '\r'], " "));
        }
        let mut sentences = sentences::sentences(&flat);
        while let Some(length) = match grain {
            Grain::Sentence => sentences.next().map(str::len),
            Grain::Paragraph => (at < block.end).then_some(block.end - at),
        } {
            pace(length).await?;
            let piece = trimmed(text, at..at + length);
            at += length;
            if has_words(&text[piece.clone()]) {
                units.push(Unit { before: &text[done..piece.start], text: &text[piece.clone()] });
                done = piece.end;
            }
        }
    }
    Ok((units, &text[done..]))
}

/// What stands before point `at` of a list that is made of the units. Text without a word that
/// stood between keeps its line, and so does what is too long to be looked through at once.
pub(super) fn as_point(at: usize, before: &str) -> String {
    let is_word = |token: &str| token.contains(char::is_alphanumeric) && !is_marker(token);
    let kept = before.len() > PIECE || before.split_whitespace().any(is_word);
    let (first, between) = (at == 0, if kept { before.trim_end() } else { "" });
    let line = if first && !kept { "" } else { "\n" };
    format!("{between}{line}- ")
}

/// Bytes of text that are looked through at once.
const PIECE: usize = 8 << 10;

/// A text in pieces that are each looked through quickly.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Lines; those that a sentence was wrapped into are one.
struct Blocks<'t> {
    text: &'t str,
    /// The first line of the next one.
    line: Range<usize>,
}

impl Blocks<'_> {
    async fn next(
        &mut self,
        pace: &impl AsyncFn(usize) -> Result<(), Error>,
    ) -> Result<Option<Range<usize>>, Error> {
        let Range { start, mut end } = self.line;
        if start == end {
            return Ok(None);
        }
        loop {
            self.line = end..line_end(self.text, end, pace).await?;
            let (block, line) = (&self.text[start..end], &self.text[self.line.clone()]);
            // The second half of a `\r\n` belongs to the first.
            if !(line == "\n" && block.ends_with('\r') || sentences::is_wrapped(block, line)) {
                return Ok(Some(start..end));
            }
            end = self.line.end;
        }
    }
}

/// What ends a line.
const BREAKS: [char; 4] = ['\n', '\r', '\u{2028}', '\u{2029}'];

/// Where the line ends that begins at `start`, behind what breaks it.
async fn line_end(
    text: &str,
    start: usize,
    pace: &impl AsyncFn(usize) -> Result<(), Error>,
) -> Result<usize, Error> {
    let mut end = start;
    for piece in pieces(&text[start..]) {
        let found = piece.split_inclusive(BREAKS).next().unwrap_or_default();
        pace(found.len()).await?;
        end += found.len();
        if found.len() < piece.len() || found.ends_with(BREAKS) {
            break;
        }
    }
    Ok(end)
}

/// Bytes of a list marker at most, and more.
const LONGEST_MARKER: usize = 32;

/// Bytes of white space, list markers, quote marks and the like that `line` begins with.
fn marker(line: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &line[at..];
        at += rest.len() - rest.trim_start().len();
        let rest = &line[at..];
        let near = &rest[..rest.floor_char_boundary(LONGEST_MARKER)];
        let token = if near.starts_with("[ ] ") {
            "[ ]"
        } else {
            near.split(char::is_whitespace).next().unwrap_or_default()
        };
        if token.len() == near.len() || !is_marker(token) {
            return at;
        }
        at += token.len();
    }
}

/// `-`, `##`, `>`, `✅`, `[x]`, `12.`, `b)`.
fn is_marker(token: &str) -> bool {
    let symbols = |c: char| !c.is_alphanumeric() && !"\"'“”‘’«»„…([¿¡$€£&".contains(c);
    let numbered = token.strip_suffix(['.', ')']).is_some_and(|head| {
        let head = head.strip_prefix('(').unwrap_or(head);
        let digits = (1..=3).contains(&head.len()) && head.bytes().all(|b| b.is_ascii_digit());
        digits || token.ends_with(')') && head.len() == 1 && head.bytes().all(|b| b.is_ascii_alphabetic())
    });
    !token.is_empty() && token.chars().count() <= 6 && token.chars().all(symbols)
        || ["[]", "[x]", "[X]", "[ ]"].contains(&token)
        || numbered
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let piece = &text[range.clone()];
    let start = range.start + piece.len() - piece.trim_start().len();
    start..start.max(range.start + piece.trim_end().len())
}

/// True when there is something to rewrite: more than numbers, signs and links.
fn has_words(text: &str) -> bool {
    facts::without_links(text).chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str, grain: Grain) -> (Vec<Unit<'_>>, &str) {
        pollster::block_on(super::split(text, grain, async |_| Ok(()))).unwrap()
    }

    fn texts(text: &str, grain: Grain) -> Vec<&str> {
        split(text, grain).0.into_iter().map(|unit| unit.text).collect()
    }

    #[test]
    fn what_stands_between_is_kept_apart() {
        let text = "\r\n- One apple.  Two pears!\r\n\r\n  2) Three\tplums\n---\n> # Four https://a.b/c. \n";
        let (units, rest) = split(text, Grain::Sentence);
        let pairs: Vec<(&str, &str)> = units.iter().map(|unit| (unit.before, unit.text)).collect();
        assert_eq!(
            pairs,
            [
                ("\r\n- ", "One apple."),
                ("  ", "Two pears!"),
                ("\r\n\r\n  2) ", "Three\tplums"),
                ("\n---\n> # ", "Four https://a.b/c."),
            ]
        );
        assert_eq!(rest, " \n");
    }

    #[test]
    fn wrapped_lines_are_one() {
        let text = "The old bridge over the river, which was opened in\n1961, will be closed for repairs until the end of\nMay. A ferry runs.";
        assert_eq!(texts(text, Grain::Sentence).len(), 4, "a digit and a capital begin something new");
        let text = "The old bridge over the river will be closed for\nrepairs. A ferry runs.\nYes.";
        let wrapped = "The old bridge over the river will be closed for\nrepairs.";
        assert_eq!(texts(text, Grain::Sentence), [wrapped, "A ferry runs.", "Yes."]);
        assert_eq!(texts(text, Grain::Paragraph), [&text[..text.len() - 5], "Yes."]);
    }

    #[test]
    fn there_may_be_nothing_to_rewrite() {
        for text in ["", " \n ", "12:30 — 45 %", "🎉🎉", "https://example.org/a-page", "me@example.org"]
        {
            assert_eq!(split(text, Grain::Sentence), (vec![], text), "{text}");
        }
        assert_eq!(texts("a", Grain::Sentence), ["a"]);
        assert_eq!(texts("هذه جملة. وهذه أخرى؟", Grain::Sentence), ["هذه جملة.", "وهذه أخرى؟"]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "([A-Za-z]{1,9}[.,!?]?[ \n\r\"“”>-]{1,3}|[0-9]\\. |https://a\\.b |\\PC){0,60}", paragraphs: bool) {
            let grain = if paragraphs { Grain::Paragraph } else { Grain::Sentence };
            let (units, rest) = split(&text, grain);
            let joined: String = units.iter().map(|unit| format!("{}{}", unit.before, unit.text)).collect();
            prop_assert_eq!(joined + rest, text.clone());
            for unit in units {
                prop_assert!(!unit.text.is_empty() && unit.text.trim() == unit.text);
            }
        }
    }
}
