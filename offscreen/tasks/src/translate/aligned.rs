//! Places in a translation, by what a translator tells of which part came from where.

use ::translator::{Alignment, Link};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// What came from elsewhere must be so many times less than what came from a phrase, where it stands.
const STRANGERS: usize = 2;

/// Where in `answer` the part `phrase` of `source` went: whole words, one behind the other. None where
/// much of what stands there came from elsewhere.
pub(super) fn target(
    alignment: &Alignment,
    source: &str,
    phrase: &Range<usize>,
    answer: &str,
) -> Option<Range<usize>> {
    let text = source.get(phrase.clone())?;
    let start = phrase.end - text.trim_start().len();
    let phrase = start..phrase.start + text.trim_end().len();
    let comes_from = |link: &&Link| overlaps(&link.source, &phrase);
    let own = || alignment.links.iter().filter(comes_from);
    let hull = own().map(|link| link.target.start).min()?..own().map(|link| link.target.end).max()?;
    let others = alignment.links.iter().filter(|link| !comes_from(link) && overlaps(&link.target, &hull));
    let (own, others): (usize, usize) =
        (own().map(|link| link.target.len()).sum(), others.map(|link| link.target.len()).sum());
    if STRANGERS * others > own {
        return None;
    }
    let (mut start, mut end) = (hull.start, hull.end);
    for (at, word) in answer.unicode_word_indices() {
        let word = at..at + word.len();
        if overlaps(&word, &hull) {
            (start, end) = (start.min(word.start), end.max(word.end));
        }
    }
    // Signs around it belong to the sentence, unless the phrase has such, too.
    let text = source.get(phrase)?;
    let mut place = answer.get(start..end)?;
    if text.starts_with(char::is_alphanumeric) {
        place = place.trim_start_matches(|c: char| !c.is_alphanumeric());
        start = end - place.len();
    }
    if text.ends_with(char::is_alphanumeric) {
        end = start + place.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    }
    (start < end).then_some(start..end)
}

/// The alignment of a text that became `new` by small changes, wherever they are.
pub(super) fn followed(alignment: Alignment, old: &str, new: &str) -> Alignment {
    if old == new {
        return alignment;
    }
    let same = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - same;
    let behind = old.bytes().rev().zip(new.bytes().rev()).take(most).take_while(|(a, b)| a == b).count();
    let changed = same..old.len() - behind;
    let moved = |at: usize| (at + new.len()).saturating_sub(old.len());
    let place = |range: &Range<usize>| {
        let start = if range.start < changed.end { range.start.min(same) } else { moved(range.start) };
        let end = if range.end <= same { range.end } else { moved(range.end.max(changed.end)) };
        new.floor_char_boundary(start)..new.ceil_char_boundary(end)
    };
    let links = alignment.links.into_iter().map(|link| Link { target: place(&link.target), ..link });
    Alignment { links: links.filter(|link| !link.target.is_empty()).collect() }
}

/// `answer` with the parts `verbatim` of `source` put where they went, letter by letter, and what then
/// came from where. None where one of them went nowhere, or where another did.
pub(super) fn restored(
    alignment: &Alignment,
    source: &str,
    verbatim: &[String],
    answer: &str,
) -> Option<(String, Alignment)> {
    let (mut answer, mut alignment) = (answer.to_owned(), alignment.clone());
    let mut placed: Vec<Range<usize>> = Vec::new();
    for text in verbatim.iter().filter(|text| !text.is_empty()) {
        if source.matches(text.as_str()).count() == answer.matches(text.as_str()).count() {
            continue;
        }
        for (at, _) in source.match_indices(text.as_str()) {
            let phrase = at..at + text.len();
            let place = target(&alignment, source, &phrase, &answer)?;
            if placed.iter().any(|other| overlaps(other, &place)) {
                return None;
            }
            let mut changed = answer.clone();
            changed.replace_range(place.clone(), text);
            let moved = |range: Range<usize>| match () {
                () if range.start >= place.end => {
                    range.start - place.len() + text.len()..range.end - place.len() + text.len()
                }
                () => range,
            };
            let others = alignment.links.into_iter().filter(|link| !overlaps(&link.target, &place));
            let mut links: Vec<Link> =
                others.map(|link| Link { target: moved(link.target), ..link }).collect();
            placed = placed.into_iter().map(moved).collect();
            let now = place.start..place.start + text.len();
            links.push(Link { source: phrase, target: now.clone() });
            placed.push(now);
            links.sort_by_key(|link| link.target.start);
            (answer, alignment) = (changed, Alignment { links });
        }
    }
    Some((answer, alignment))
}

fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Word by word, by their numbers; words end at spaces.
    fn linked(source: &str, answer: &str, pairs: &[(usize, usize)]) -> Alignment {
        let word = |text: &str, at: usize| {
            let word = text.split(' ').nth(at).unwrap();
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            start..start + word.len()
        };
        let link =
            |(from, to): &(usize, usize)| Link { source: word(source, *from), target: word(answer, *to) };
        Alignment { links: pairs.iter().map(link).collect() }
    }

    fn found<'a>(source: &str, answer: &'a str, pairs: &[(usize, usize)], phrase: &str) -> Option<&'a str> {
        let at = source.find(phrase).unwrap();
        let place = target(&linked(source, answer, pairs), source, &(at..at + phrase.len()), answer)?;
        Some(&answer[place])
    }

    #[test]
    fn phrases_are_found_where_they_went() {
        let (source, answer) = ("das alte Haus am See, gestern", "yesterday the old house, at the lake");
        let pairs = [(5, 0), (0, 1), (1, 2), (2, 3), (3, 4), (4, 6)];
        assert_eq!(found(source, answer, &pairs, "alte Haus "), Some("old house"));
        assert_eq!(found(source, answer, &pairs, "am See"), Some("at the lake"));
        assert_eq!(found(source, answer, &pairs, "gestern"), Some("yesterday"));
        // From the first word to the last, with the sentence between them: that is no phrase.
        assert_eq!(found(source, answer, &[(0, 0), (1, 1), (2, 2), (3, 3), (0, 6)], "das"), None);
        assert_eq!(found(source, answer, &[], "das"), None);
    }

    #[test]
    fn places_follow_small_changes() {
        let links = linked("a b c", "he is here", &[(0, 0), (1, 1), (2, 2)]);
        for (new, expected) in [
            ("He is here", ["He", "is", "here"]),
            ("he is here.", ["he", "is", "here"]),
            ("Éh is here", ["Éh", "is", "here"]),
            ("he was here", ["he", "was", "here"]),
        ] {
            let parts: Vec<&str> = followed(links.clone(), "he is here", new)
                .links
                .into_iter()
                .map(|link| &new[link.target])
                .collect();
            assert_eq!(parts, expected, "{new}");
        }
    }

    #[test]
    fn what_was_translated_and_should_not_be_is_put_back() {
        let (source, answer) = ("Nimm bau-haus am Montag", "On Monday take house build");
        let alignment = linked(source, answer, &[(2, 0), (3, 1), (0, 2), (1, 3), (1, 4)]);
        let verbatim = ["bau-haus".to_owned()];
        let (text, links) = restored(&alignment, source, &verbatim, answer).unwrap();
        assert_eq!(text, "On Monday take bau-haus");
        assert_eq!(links.links.last().map(|link| &text[link.target.clone()]), Some("bau-haus"));
        assert_eq!(restored(&Alignment::default(), source, &verbatim, answer), None);
    }
}
