//! What is said alike of two things must not be mixed: of `four minutes when the river is high and seven in a dry
//! summer`, half of one and half of the other is neither.

use super::alignment::Alignment;
use super::links::{is_link, parts};
use super::numbers::is_number;
use super::operators::counts;
use super::phrases::AUXILIARIES;
use crate::rejection::Rejection;
use crate::words::Word;
use std::ops::Range;

/// What was left out between two words that were kept, or after the last one.
struct Gap<'a> {
    source: &'a str,
    words: &'a [Word<'a>],
    /// The words between those that were kept.
    range: Range<usize>,
}

/// Where the end of one part and the beginning of the next were left out, what was kept on both sides must belong
/// together.
pub(super) fn check_contrasts(
    source: &str,
    words: &[Word<'_>],
    alignment: &Alignment,
) -> Result<(), Rejection> {
    let kept: Vec<usize> = alignment.content_pairs(words).into_iter().map(|(_, j)| j).collect();
    let ends = kept.iter().skip(1).copied().chain([words.len()]);
    for (from, to) in kept.iter().copied().zip(ends) {
        let gap = Gap { source, words, range: from + 1..to };
        if let Some(at) = gap.range.clone().find(|&at| gap.mixes(at)) {
            return Err(Rejection::Torn(words[at].text.to_owned()));
        }
    }
    Ok(())
}

impl Gap<'_> {
    /// Whether word `at` begins the second of two parts of which the first one's end and the second one's
    /// beginning were left out.
    fn mixes(&self, at: usize) -> bool {
        let Range { start, end } = self.range;
        let lower = self.words[at].lower.as_str();
        let parted = self.source[self.words[at - 1].end()..self.words[at].start].contains(';');
        let joined = JOINTS.contains(&lower);
        // `300 tons in 2019, 450 tons in 2020`.
        let counted = !joined && !parted && self.counts_on(at);
        if !(joined || parted || counted) {
            return false;
        }
        let (left, right) = (start..at, if joined { at + 1 } else { at }..end);
        let (Some(_), Some(first)) = (self.content(left.clone()).next(), self.content(right.clone()).next())
        else {
            return false;
        };
        // `3 and 4`, `between June 2019 and May 2020` are one.
        let is_number = |i: usize| is_number(&self.words[i]);
        let one = is_number(at - 1) && first == at + 1 && is_number(first)
            || self.lower(left.clone()).any(|lower| lower == "between");
        let last = self.content(self.range.clone()).last().unwrap_or(first);
        if one || self.goes_on(last) {
            return false;
        }
        let own = || self.lower(left.clone()).filter(|lower| is_link(lower) && *lower != "of");
        if end == self.words.len() {
            // What held under one condition does not hold without it.
            return own().next().is_some_and(|link| is_number(first) || CLAUSES.contains(&link));
        }
        // `and seven`, `and every hour`.
        let counted = |i: usize| counts(&self.words[i], self.words.get(i + 1)) || is_number(i);
        let number = right.clone().any(counted) || is_number(end) && left.clone().any(is_number);
        let next = self.lower(last + 1..end).filter(|lower| is_link(lower)).last();
        let alike = |link: &str| {
            next.is_some_and(|next| next == link || CLAUSES.contains(&next) && CLAUSES.contains(&link))
        };
        number || own().any(alike)
    }

    /// Whether a comma and a number with what it counts come before word `at`.
    fn counts_on(&self, at: usize) -> bool {
        let comma = self.source[self.words[at - 1].end()..self.words[at].start].contains(',');
        let counted = at + 1 < self.range.end && self.words[at + 1].content;
        comma && is_number(&self.words[at]) && counted
    }

    /// Whether what comes after word `last` goes on with what was kept: `The bakery [in Rome and Bern] has closed`,
    /// `The wall [, old and weak], fell`.
    fn goes_on(&self, last: usize) -> bool {
        let end = self.range.end;
        let Some(next) = self.words.get(end) else { return false };
        parts(&self.source[self.words[last].end()..next.start])
            || self.lower(last + 1..end).next().is_some_and(|lower| AUXILIARIES.contains(&lower))
    }

    fn content(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        range.filter(|&i| self.words[i].content)
    }

    fn lower(&self, range: Range<usize>) -> impl Iterator<Item = &str> {
        self.words[range].iter().map(|word| word.lower.as_str())
    }
}

/// Words that join two parts of a sentence.
const JOINTS: &[&str] = &["and", "but", "or", "whereas", "while"];

/// Words that begin a clause about when or where something holds.
const CLAUSES: &[&str] = &["as", "if", "once", "until", "when", "whenever", "where", "while"];
