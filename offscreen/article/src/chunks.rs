//! Cutting an article into pieces that fit a model's context.

use crate::article::{Article, Block, BlockKind};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// A piece of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// The heading it stands under, if it does not begin with one.
    pub heading: Option<String>,
    /// Its text: blocks separated by blank lines.
    pub text: String,
    /// The blocks it is made of; a block that was cut is in several chunks.
    pub blocks: Range<usize>,
}

impl Article {
    /// Cuts the article into chunks of at most `budget` as `cost` counts (tokens, usually).
    ///
    /// Cuts fall before headings where that fills a chunk at least half, else between blocks, else
    /// between sentences, else between words; a single word above the budget is a chunk of its own.
    pub fn chunks(&self, budget: usize, cost: impl Fn(&str) -> usize) -> Vec<Chunk> {
        let mut cutter = Cutter { article: self, budget, chunks: Vec::new(), open: None };
        for (index, block) in self.blocks.iter().enumerate() {
            cutter.add(index, block, &cost);
        }
        cutter.close();
        cutter.chunks
    }
}

struct Cutter<'a> {
    article: &'a Article,
    budget: usize,
    chunks: Vec<Chunk>,
    open: Option<(Chunk, usize)>,
}

impl Cutter<'_> {
    fn add(&mut self, index: usize, block: &Block, cost: &impl Fn(&str) -> usize) {
        let half_full = self.open.as_ref().is_some_and(|(_, used)| *used * 2 >= self.budget);
        if half_full && matches!(block.kind, BlockKind::Heading(_)) {
            self.close();
        }
        let whole = cost(&block.text);
        if whole <= self.budget {
            self.append(index, &block.text, whole);
            return;
        }
        for sentence in block.text.unicode_sentences() {
            let sentence_cost = cost(sentence);
            if sentence_cost <= self.budget {
                self.append(index, sentence.trim_end(), sentence_cost);
            } else {
                for word in sentence.split_whitespace() {
                    self.append(index, word, cost(word));
                }
            }
        }
    }

    fn append(&mut self, index: usize, text: &str, cost: usize) {
        if self.open.as_ref().is_some_and(|(_, used)| used + cost > self.budget) {
            self.close();
        }
        match &mut self.open {
            None => {
                let heading = match self.article.blocks[index].kind {
                    BlockKind::Heading(_) => None,
                    _ => self.article.heading_of(index).map(str::to_owned),
                };
                self.open = Some((Chunk { heading, text: text.to_owned(), blocks: index..index + 1 }, cost));
            }
            Some((chunk, used)) => {
                chunk.text.push_str(if chunk.blocks.end == index + 1 { " " } else { "\n\n" });
                chunk.text.push_str(text);
                chunk.blocks.end = index + 1;
                *used += cost;
            }
        }
    }

    fn close(&mut self) {
        self.chunks.extend(self.open.take().map(|(chunk, _)| chunk));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> usize {
        text.split_whitespace().count()
    }

    fn article(blocks: Vec<(bool, String)>) -> Article {
        let block = |(heading, text)| Block {
            kind: if heading { BlockKind::Heading(2) } else { BlockKind::Paragraph },
            text,
        };
        Article { blocks: blocks.into_iter().map(block).collect(), ..Article::default() }
    }

    proptest! {
        #[test]
        fn no_word_is_lost_and_no_chunk_too_large(
            blocks in prop::collection::vec((any::<bool>(), "[a-z]{1,6}( [a-z]{1,6}|\\. [A-Z][a-z]{1,4}){0,30}"), 0..12),
            budget in 1_usize..40,
        ) {
            let article = article(blocks);
            let chunks = article.chunks(budget, words);
            let all = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            let rejoined: Vec<String> = chunks.iter().flat_map(|chunk| all(&chunk.text)).collect();
            prop_assert_eq!(rejoined, all(&article.text()));
            prop_assert!(chunks.iter().all(|chunk| words(&chunk.text) <= budget));
        }
    }

    #[test]
    fn cuts_before_headings() {
        let text = |n: usize| vec!["word"; n].join(" ");
        let article =
            article(vec![(true, "One".into()), (false, text(7)), (true, "Two".into()), (false, text(3))]);
        let chunks = article.chunks(12, words);
        assert_eq!(chunks.iter().map(|chunk| chunk.blocks.clone()).collect::<Vec<_>>(), [0..2, 2..4]);
        assert_eq!(chunks[1].heading, None);
    }
}
