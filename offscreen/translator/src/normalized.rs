//! Where what SentencePiece made of a text stood in it.
//!
//! It works on a text of its own: white space is one mark, ligatures, full-width letters and the like
//! are replaced. What was replaced is found again word by word.

use std::ops::Range;

/// What stands for a space.
const SPACE: char = '▁';

/// For each UTF-16 unit of `normalized`, the bytes of `raw` that it came from: what replaced several
/// letters, or was replaced by several, is one. `None` where the words of both don't correspond.
pub(crate) fn places(raw: &str, normalized: &str) -> Option<Vec<Range<usize>>> {
    let raw_words: Vec<Range<usize>> = words(raw, char::is_whitespace);
    let words = words(normalized, |c| c == SPACE || c == ' ');
    if raw_words.len() != words.len() {
        return None;
    }
    let mut places = Vec::new();
    let mut last = 0;
    let mut end = 0;
    for (word, raw_word) in words.into_iter().zip(raw_words) {
        // A space before it is one unit each: the white space, or nothing at the beginning.
        let spaces = normalized[last..word.start].chars().count();
        places.extend((0..spaces).map(|_| end..raw_word.start));
        let before = &raw[raw_word.clone()];
        let after = &normalized[word.clone()];
        within(before, after, |place, units| {
            let place = raw_word.start + place.start..raw_word.start + place.end;
            places.extend((0..units).map(|_| place.clone()));
        });
        (last, end) = (word.end, raw_word.end);
    }
    let spaces = normalized[last..].chars().count();
    places.extend((0..spaces).map(|_| end..raw.len()));
    Some(places)
}

/// Calls `each` with the place in `raw` of each letter of `normalized`, two forms of one word, and
/// how many UTF-16 units it has.
fn within(raw: &str, normalized: &str, mut each: impl FnMut(Range<usize>, usize)) {
    let letters: Vec<(usize, char)> = raw.char_indices().collect();
    let others: Vec<char> = normalized.chars().collect();
    let begin = |at: usize| letters.get(at).map_or(raw.len(), |(start, _)| *start);
    if letters.len() == others.len() {
        others.iter().enumerate().for_each(|(at, other)| each(begin(at)..begin(at + 1), other.len_utf16()));
        return;
    }
    let same = letters.iter().zip(&others).take_while(|((_, a), b)| a == *b).count();
    let rest = letters.len().min(others.len()) - same;
    let pairs = letters.iter().rev().zip(others.iter().rev()).take(rest);
    let behind = pairs.take_while(|((_, a), b)| a == *b).count();
    let (middle, tail) = (begin(same)..begin(letters.len() - behind), others.len() - behind);
    for (at, other) in others.iter().enumerate() {
        let place = if at < same {
            begin(at)..begin(at + 1)
        } else if at < tail {
            middle.clone()
        } else {
            let from_end = others.len() - at;
            begin(letters.len() - from_end)..begin(letters.len() - from_end + 1)
        };
        each(place, other.len_utf16());
    }
}

fn words(text: &str, is_space: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (is_space(c), start) {
            (true, Some(begin)) => {
                words.push(begin..at);
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    words.extend(start.map(|begin| begin..text.len()));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each unit of the normalised text came from.
    fn parts<'a>(raw: &'a str, normalized: &str) -> Option<Vec<&'a str>> {
        let places = places(raw, normalized)?;
        assert_eq!(places.len(), normalized.encode_utf16().count());
        Some(places.into_iter().map(|place| &raw[place]).collect())
    }

    #[test]
    fn what_was_replaced_is_found_again() {
        assert_eq!(parts("a  b", "▁a▁b").unwrap(), ["", "a", "  ", "b"]);
        assert_eq!(parts(" a\u{a0}b ", "▁a▁b").unwrap(), [" ", "a", "\u{a0}", "b"]);
        assert_eq!(parts("eﬀekt", "▁effekt").unwrap(), ["", "e", "ﬀ", "ﬀ", "e", "k", "t"]);
        assert_eq!(parts("ＡＢ，", "▁AB,").unwrap(), ["", "Ａ", "Ｂ", "，"]);
        assert_eq!(parts("a\u{301}b😀", "▁áb😀").unwrap(), ["", "a\u{301}", "b", "😀", "😀"]);
        assert_eq!(parts("a…b", "▁a...b").unwrap(), ["", "a", "…", "…", "…", "b"]);
        assert_eq!(parts("a\u{ad} \u{ad} b", "▁a▁b"), None, "a word is gone");
        assert_eq!(parts("", "").unwrap(), [""; 0]);
    }
}
