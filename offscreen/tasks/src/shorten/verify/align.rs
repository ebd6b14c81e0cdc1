//! Which word of an answer is which word of its source.

use super::same;
use crate::words::Word;

/// A content word weighs more than any run of function words a sentence can have, so these never outvote one.
const CONTENT: u32 = 1000;

/// Matched words next to each other in both texts are likelier to be the right ones.
const ADJACENT: u32 = 2;

/// The best matching of an answer's words with its source's, in order.
pub(crate) struct Alignment {
    source: Vec<Option<usize>>,
}

impl Alignment {
    /// The heaviest common subsequence. Quadratic: for single sentences.
    pub(crate) fn of(source: &[Word<'_>], answer: &[Word<'_>]) -> Self {
        let (rows, columns) = (answer.len(), source.len());
        // best[i][j]: weight of the best alignment of answer[i..] with source[j..].
        let mut best = vec![vec![0_u32; columns + 1]; rows + 1];
        let matches = |i: usize, j: usize| i < rows && j < columns && same(&answer[i], &source[j]);
        let weight = |i: usize, j: usize| {
            let own = if answer[i].content { CONTENT } else { 1 };
            own + if matches(i + 1, j + 1) { ADJACENT } else { 0 }
        };
        for i in (0..rows).rev() {
            for j in (0..columns).rev() {
                let taken = if matches(i, j) { weight(i, j) + best[i + 1][j + 1] } else { 0 };
                best[i][j] = taken.max(best[i + 1][j]).max(best[i][j + 1]);
            }
        }
        let (mut i, mut j) = (0, 0);
        let mut found = vec![None; rows];
        while i < rows && j < columns {
            if matches(i, j) && best[i][j] == weight(i, j) + best[i + 1][j + 1] {
                found[i] = Some(j);
                (i, j) = (i + 1, j + 1);
            } else if best[i][j] == best[i][j + 1] {
                j += 1;
            } else {
                i += 1;
            }
        }
        Self { source: found }
    }

    /// The source's word that is the answer's word `i`.
    pub(crate) fn source_of(&self, i: usize) -> Option<usize> {
        self.source[i]
    }

    /// The answer's word that is the source's word `j`.
    pub(crate) fn answer_of(&self, j: usize) -> Option<usize> {
        self.source.iter().position(|&found| found == Some(j))
    }

    /// Content words of the source that the answer kept.
    pub(super) fn kept_content(&self, source: &[Word<'_>]) -> usize {
        self.source.iter().flatten().filter(|&&j| source[j].content).count()
    }

    /// Pairs (answer word, source word) of content words, in order.
    pub(super) fn content_pairs(&self, source: &[Word<'_>]) -> Vec<(usize, usize)> {
        let pairs = self.source.iter().enumerate().filter_map(|(i, j)| j.map(|j| (i, j)));
        pairs.filter(|&(_, j)| source[j].content).collect()
    }
}
