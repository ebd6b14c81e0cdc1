//! Where the marked phrases of a sentence are in its translation.
//!
//! Small models do not bring markers back reliably, and translate worse with them (see
//! `tests/translations/README.md`). So the sentence is translated plainly; each phrase is then
//! looked for in it: where the translator says that it went ([`super::aligned`]), as it is, or else
//! as the model translates it alone.

use crate::languages::Language;
use crate::words::{Analyzer, Word};
use std::ops::Range;

/// The share of a phrase's words, by weight, that a stretch of the sentence must have.
const ALIKE: f32 = 0.5;

/// What a word in its place counts, or one too many, where stretches have the same words.
const NUANCE: f32 = 0.02;

/// What a function word weighs beside a word with content.
const FUNCTION_WEIGHT: f32 = 0.2;

/// A phrase may be so many words longer or shorter in its sentence.
const STRETCH: usize = 2;

/// A sentence's translation, in which phrases are looked for.
pub(super) struct Projection<'a> {
    answer: &'a str,
    language: &'static Language,
    analyzer: Analyzer,
    words: Vec<Word<'a>>,
    /// What phrases stand on already, with what each is.
    taken: Vec<(Range<usize>, usize)>,
}

impl<'a> Projection<'a> {
    pub(super) fn new(answer: &'a str, language: &'static Language) -> Self {
        let analyzer = Analyzer::of(Some(language.tag));
        let words = analyzer.words(answer);
        Self { answer, language, analyzer, words, taken: Vec::new() }
    }

    /// Puts `phrase` where it stands letter by letter: of several places, where it is a word of its
    /// own. `what` is remembered with the place. False when there is no free place.
    pub(super) fn place_exact(&mut self, phrase: &str, what: usize) -> bool {
        if phrase.is_empty() {
            return false;
        }
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        let places: Vec<Range<usize>> = self
            .answer
            .match_indices(phrase)
            .map(|(at, found)| at..at + found.len())
            .filter(|place| self.is_free(place))
            .collect();
        let own = |place: &&Range<usize>| {
            edge(self.answer[..place.start].chars().next_back())
                && edge(self.answer[place.end..].chars().next())
        };
        let Some(place) = places.iter().find(own).or(places.first()).cloned() else { return false };
        self.taken.push((place, what));
        true
    }

    /// Puts a phrase where it is known to stand. False when something else does.
    pub(super) fn place_at(&mut self, place: Range<usize>, what: usize) -> bool {
        let free = self.is_free(&place);
        self.taken.extend(free.then_some((place, what)));
        free
    }

    /// Puts a phrase where words like those of `translation` stand, the nearest to `position` (a
    /// share of the sentence).
    pub(super) fn place_similar(&mut self, translation: &str, position: f32, what: usize) -> bool {
        let wanted = self.analyzer.words(translation);
        let (shortest, longest) = (wanted.len().saturating_sub(STRETCH).max(1), wanted.len() + STRETCH);
        let mut best: Option<(f32, Range<usize>)> = None;
        for start in 0..self.words.len() {
            for end in start + shortest..=(start + longest).min(self.words.len()) {
                let window = &self.words[start..end];
                let place = window[0].start..window[window.len() - 1].end();
                let alike = self.alike(&wanted, window);
                if alike <= 0.0 || !self.is_free(&place) {
                    continue;
                }
                // Of equals, the nearest.
                let distance = (place.start as f32 / self.answer.len() as f32 - position).abs();
                let score = alike - NUANCE * distance;
                if best.as_ref().is_none_or(|(other, _)| score > *other) {
                    best = Some((score, place));
                }
            }
        }
        let found = best.is_some();
        self.taken.extend(best.map(|(_, place)| (place, what)));
        found
    }

    /// The places found, in order.
    pub(super) fn places(mut self) -> Vec<(Range<usize>, usize)> {
        self.taken.sort_by_key(|(place, _)| place.start);
        self.taken
    }

    fn is_free(&self, place: &Range<usize>) -> bool {
        self.taken.iter().all(|(other, _)| other.end <= place.start || place.end <= other.start)
    }

    /// The share of the wanted words, by weight, that a stretch has; a little more where they stand
    /// in the same place, a little less where it is longer or shorter. A stretch without a word of
    /// content in common is not alike.
    fn alike(&self, wanted: &[Word<'_>], window: &[Word<'_>]) -> f32 {
        let weight =
            |word: &Word<'_>| if self.language.is_function(&word.lower) { FUNCTION_WEIGHT } else { 1.0 };
        let total: f32 = wanted.iter().map(weight).sum();
        let mut used = vec![false; window.len()];
        let (mut shared, mut nuance) = (0.0, -NUANCE * wanted.len().abs_diff(window.len()) as f32);
        let mut content = wanted.iter().all(|word| weight(word) < 1.0);
        for (at, word) in wanted.iter().enumerate() {
            let mut same = (0..window.len()).filter(|&other| !used[other] && window[other].key == word.key);
            let Some(found) = same.clone().find(|&other| other == at).or_else(|| same.next()) else {
                continue;
            };
            used[found] = true;
            shared += weight(word);
            nuance += if found == at { NUANCE } else { 0.0 };
            content |= weight(word) >= 1.0;
        }
        if content && shared >= ALIKE * total { shared / total + nuance } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::languages::ENGLISH;

    fn place(answer: &str, translation: &str, position: f32) -> Option<String> {
        let mut projection = Projection::new(answer, &ENGLISH);
        projection.place_similar(translation, position, 0);
        projection.places().first().map(|(place, _)| answer[place.clone()].to_owned())
    }

    #[test]
    fn phrases_are_found_in_other_forms() {
        for (answer, translation, found) in [
            ("It is opposite the old post office, in the centre.", "old post", Some("old post")),
            ("The mayor published the new regulations on the market.", "new rules", Some("new regulations")),
            ("She called it a significant step for the city.", "important step", Some("significant step")),
            ("The proposals are shown in the library.", "Library", Some("library")),
            ("The plan of the council was read.", "The plan of the city", Some("The plan of the council")),
            ("He will replace the old clock.", "of the house", None),
        ] {
            assert_eq!(place(answer, translation, 0.5).as_deref(), found, "{answer}");
        }
    }

    #[test]
    fn of_equal_places_the_nearest_is_taken_and_none_twice() {
        let answer = "The new house is near the old house.";
        assert_eq!(place(answer, "house", 0.9).as_deref(), Some("house"));
        let mut projection = Projection::new(answer, &ENGLISH);
        assert!(projection.place_exact("house", 0) && projection.place_similar("house", 0.0, 1));
        assert!(!projection.place_similar("house", 0.0, 2));
        assert_eq!(projection.places(), [(8..13, 0), (30..35, 1)]);
    }
}
