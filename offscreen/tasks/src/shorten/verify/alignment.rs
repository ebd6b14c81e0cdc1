//! Which word of an answer is which word of its source.

use crate::align::align;
use crate::words::Word;

/// A content word weighs more than any run of function words a sentence can have, so these never
/// outvote one.
const CONTENT: u32 = 1000;

/// Matched words next to each other in both texts are likelier to be the right ones.
const ADJACENT: u32 = 2;

/// The best matching of an answer's words with its source's, in order.
pub(super) struct Alignment {
    /// (answer word, source word).
    pairs: Vec<(usize, usize)>,
}

impl Alignment {
    pub(super) fn of(source: &[Word<'_>], answer: &[Word<'_>]) -> Self {
        let matches =
            |j: usize, i: usize| j < source.len() && i < answer.len() && source[j].is_form_of(&answer[i]);
        let weight = |j: usize, i: usize| {
            let own = if answer[i].content { CONTENT } else { 1 };
            let adjacent = if matches(j + 1, i + 1) { ADJACENT } else { 0 };
            if matches(j, i) { own + adjacent } else { 0 }
        };
        let pairs = align(source.len(), answer.len(), weight);
        Self { pairs: pairs.into_iter().map(|(j, i)| (i, j)).collect() }
    }

    /// The source's word that is the answer's word `i`.
    pub(super) fn source_of(&self, i: usize) -> Option<usize> {
        self.pairs.iter().find(|pair| pair.0 == i).map(|pair| pair.1)
    }

    /// The answer's word that is the source's word `j`.
    pub(super) fn answer_of(&self, j: usize) -> Option<usize> {
        self.pairs.iter().find(|pair| pair.1 == j).map(|pair| pair.0)
    }

    /// Pairs (answer word, source word) of content words, in order.
    pub(super) fn content_pairs(&self, source: &[Word<'_>]) -> Vec<(usize, usize)> {
        self.pairs.iter().copied().filter(|&(_, j)| source[j].content).collect()
    }
}
