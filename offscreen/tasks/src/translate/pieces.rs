//! A text cut into what is translated at once: sentences, and clauses of those that are too long.

use crate::sentences::{is_wrapped, sentences};
use std::ops::Range;

/// Sentences of more bytes are cut at a clause: small models lose the thread of longer ones.
const LONG: usize = 260;

/// Bytes that a part of a long sentence has at least, where there is a choice.
const SHORT: usize = 60;

/// Longer words are none: addresses, keys.
const MAX_WORD: usize = 40;

/// The pieces of `text`, in order, without the white space and the list marks around them. No cut
/// falls into one of `whole`, which are in order.
pub(super) fn pieces<'t>(
    text: &'t str,
    whole: &'t [Range<usize>],
) -> impl Iterator<Item = Range<usize>> + 't {
    let mut sentences = sentences(text).peekable();
    let mut end = 0;
    let joined = std::iter::from_fn(move || {
        let start = end;
        end += sentences.next()?.len();
        while let Some(sentence) =
            sentences.next_if(|sentence| is_within(whole, end) || is_wrapped(&text[start..end], sentence))
        {
            end += sentence.len();
        }
        Some(start..end)
    });
    joined
        .flat_map(|piece| cut(text, piece, whole))
        .map(|piece| unbroken(trimmed(text, piece), whole))
        .filter(|piece| !piece.is_empty())
}

/// Whether there is a word to translate in `text`: letters that are no address, number or code.
pub(super) fn has_words(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let joints = ['-', '\'', '’', '.', '/', '\u{ad}'];
        letters >= 2
            && word.len() <= MAX_WORD
            && !["www.", "://", ".com", ".org"].iter().any(|part| word.contains(part))
            && word.chars().all(|c| c.is_alphabetic() || joints.contains(&c))
    })
}

fn is_within(whole: &[Range<usize>], at: usize) -> bool {
    around(whole, at).is_some()
}

/// The range that has `at` in its middle.
fn around(whole: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    whole.get(whole.partition_point(|range| range.end <= at)).filter(|range| range.start < at)
}

/// Cuts a piece until no part is too long; each part when it is asked for, as a sentence may be as long as a page.
fn cut<'t>(
    text: &'t str,
    piece: Range<usize>,
    whole: &'t [Range<usize>],
) -> impl Iterator<Item = Range<usize>> + 't {
    let mut rest = Some(piece);
    std::iter::from_fn(move || {
        let Range { start, end } = rest.take()?;
        let at = if end - start > LONG { cut_at(text, start, end, whole) } else { None };
        rest = at.map(|at| at..end);
        Some(start..at.unwrap_or(end))
    })
}

/// Where to cut what stands between `start` and `end`: after the last strong mark, comma or word
/// that leaves a part of fair length; else after any character.
fn cut_at(text: &str, start: usize, end: usize, whole: &[Range<usize>]) -> Option<usize> {
    let window = start + SHORT..(start + LONG).min(end - 1);
    let free = |at: usize| text.is_char_boundary(at) && !is_within(whole, at);
    let after = |marks: &[char]| {
        window.clone().rev().find(|&at| {
            free(at) && text[at..].starts_with(char::is_whitespace) && text[..at].ends_with(marks)
        })
    };
    after(&[';', ':', '–', '—', ')'])
        .or_else(|| after(&[',']))
        .or_else(|| window.clone().rev().find(|&at| free(at) && text[at..].starts_with(char::is_whitespace)))
        .or_else(|| window.clone().rev().find(|&at| free(at)))
        .or_else(|| (start + LONG..end).find(|&at| free(at)))
}

fn trimmed(text: &str, piece: Range<usize>) -> Range<usize> {
    let part = &text[piece.clone()];
    let mut body = part.trim_start();
    if let Some((mark, rest)) = body.split_once(char::is_whitespace)
        && LIST_MARKS.contains(&mark)
    {
        body = rest.trim_start();
    }
    let start = piece.end - body.len();
    start..start + body.trim_end().len()
}

/// `piece` with all of what it has a part of.
fn unbroken(piece: Range<usize>, whole: &[Range<usize>]) -> Range<usize> {
    let start = around(whole, piece.start).map_or(piece.start, |range| range.start);
    start..around(whole, piece.end).map_or(piece.end, |range| range.end)
}

const LIST_MARKS: &[&str] = &["-", "•", "*", "–", "—", "·", "▪", ">", "◦", "‣"];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts<'a>(text: &'a str, whole: &[Range<usize>]) -> Vec<&'a str> {
        pieces(text, whole).map(|piece| &text[piece]).collect()
    }

    #[test]
    fn sentences_lines_and_items_are_pieces() {
        let text = " Es regnet.  Er kam\nnicht.\n\n- Brot\n• Käse\n";
        assert_eq!(texts(text, &[]), ["Es regnet.", "Er kam", "nicht.", "Brot", "Käse"]);
        let hard = "Der Rat der Stadt hat am Montag in langer Sitzung\nbeschlossen, die Schule zu schließen.";
        assert_eq!(texts(hard, &[]), [hard]);
        assert_eq!(texts("Nimm a. B nicht", std::slice::from_ref(&(5..9))), ["Nimm a. B nicht"]);
    }

    #[test]
    fn long_sentences_are_cut_at_clauses() {
        let clause = "der Rat hat es nach langer Beratung am Montag so beschlossen";
        let text = [clause; 8].join(", ");
        let parts = texts(&text, &[]);
        assert!(parts.len() > 1 && parts.iter().all(|part| part.len() <= LONG), "{parts:?}");
        assert!(parts.iter().all(|part| part.starts_with("der Rat")), "{parts:?}");
    }

    #[test]
    fn words_are_told_from_figures_and_addresses() {
        for text in ["Rat", "ein 3.", "l'eau", "Haus-Bau", "(ja)"] {
            assert!(has_words(text), "{text}");
        }
        for text in [
            "",
            "12.5 %",
            "https://example.org/das-haus",
            "a@b.de",
            "www.haus.de",
            "🙂",
            "x = 3",
            &"a".repeat(99),
        ] {
            assert!(!has_words(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn pieces_are_in_order_and_leave_no_word_out(
            text in "([a-zäß]{1,12}[,.;:]?[ \n]{0,2}|\\PC){0,300}",
            at in any::<prop::sample::Index>(),
        ) {
            let start = text.floor_char_boundary(at.index(text.len() + 1));
            let atom = start..text.ceil_char_boundary((start + 400).min(text.len()));
            let pieces: Vec<_> = pieces(&text, std::slice::from_ref(&atom)).collect();
            let mut end = 0;
            for piece in &pieces {
                prop_assert!(piece.start >= end && piece.end > piece.start);
                prop_assert!(!text[end..piece.start].contains(char::is_alphanumeric));
                prop_assert!(!(atom.start < piece.start && piece.start < atom.end) || text[atom.start..piece.start].trim().is_empty());
                end = piece.end;
            }
            prop_assert!(!text[end..].contains(char::is_alphanumeric));
        }
    }
}
