//! Cutting an article into pieces that fit a model's context.

use crate::error::Error;
use crate::language_model::LanguageModel;
use crate::run::Run;
use crate::sentences::{LONGEST, sentences};
use article::{Article, Block, BlockKind};
use decoder::Scheduler;
use std::ops::Range;

/// A piece of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chunk {
    /// The heading it stands under, if it does not begin with one.
    pub(super) heading: Option<String>,
    /// Its text: blocks separated by blank lines.
    pub(super) text: String,
    /// The blocks it is made of; a block that was cut is in several chunks.
    pub(super) blocks: Range<usize>,
    /// Tokens of its text: more than the budget only where a single word is.
    pub(super) tokens: usize,
}

/// Cuts an article into chunks of at most `budget` tokens.
///
/// Cuts fall before headings where that fills a chunk at least half, else between blocks, else
/// between sentences, else between words; a single word above the budget is a chunk of its own.
///
/// # Errors
/// [`decoder::Error::Stopped`] when the scheduler says so.
pub(super) async fn chunks(
    run: &Run<'_, impl LanguageModel, impl Scheduler>,
    article: &Article,
    budget: usize,
) -> Result<Vec<Chunk>, Error> {
    let mut cutter = Cutter { article, budget, chunks: Vec::new(), open: None, heading: None };
    for (index, block) in article.blocks.iter().enumerate() {
        cutter.add(run, index, block).await?;
    }
    cutter.close();
    Ok(cutter.chunks)
}

/// What a block costs beside its text, in bytes of that: some pages have one for each word.
const PER_BLOCK: usize = 64;

struct Cutter<'a> {
    article: &'a Article,
    budget: usize,
    chunks: Vec<Chunk>,
    open: Option<Chunk>,
    /// The last heading.
    heading: Option<usize>,
}

impl Cutter<'_> {
    async fn add(
        &mut self,
        run: &Run<'_, impl LanguageModel, impl Scheduler>,
        index: usize,
        block: &Block,
    ) -> Result<(), Error> {
        let half_full = self.open.as_ref().is_some_and(|chunk| chunk.tokens * 2 >= self.budget);
        if matches!(block.kind, BlockKind::Heading(_)) {
            if half_full {
                self.close();
            }
            self.heading = Some(index);
        }
        // Of a long one only sentences are counted, so that no count takes long.
        if block.text.len() <= LONGEST {
            run.pace(PER_BLOCK + block.text.len()).await?;
            let whole = run.model.count_tokens(&block.text);
            if whole <= self.budget {
                self.append(index, &block.text, whole);
                return Ok(());
            }
        }
        for sentence in sentences(&block.text) {
            run.pace(sentence.len()).await?;
            let tokens = run.model.count_tokens(sentence);
            if tokens <= self.budget {
                self.append(index, sentence.trim_end(), tokens);
            } else {
                for word in sentence.split_whitespace() {
                    run.pace(word.len()).await?;
                    self.append(index, word, run.model.count_tokens(word));
                }
            }
        }
        Ok(())
    }

    fn append(&mut self, index: usize, text: &str, tokens: usize) {
        if self.open.as_ref().is_some_and(|chunk| chunk.tokens + tokens > self.budget) {
            self.close();
        }
        match &mut self.open {
            None => {
                let heading = self.heading.filter(|heading| *heading != index);
                let heading = heading.map(|heading| self.article.blocks[heading].text.clone());
                self.open = Some(Chunk { heading, text: text.to_owned(), blocks: index..index + 1, tokens });
            }
            Some(chunk) => {
                chunk.text.push_str(if chunk.blocks.end == index + 1 { " " } else { "\n\n" });
                chunk.text.push_str(text);
                chunk.blocks.end = index + 1;
                chunk.tokens += tokens;
            }
        }
    }

    fn close(&mut self) {
        self.chunks.extend(self.open.take());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Parrot, at_once};
    use proptest::prelude::*;

    fn words(text: &str) -> usize {
        text.split_whitespace().count()
    }

    fn cut(article: &Article, budget: usize) -> Vec<Chunk> {
        at_once(&mut Parrot::default(), async |run| chunks(&run, article, budget).await.unwrap())
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
            let chunks = cut(&article, budget);
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
        let chunks = cut(&article, 12);
        assert_eq!(chunks.iter().map(|chunk| chunk.blocks.clone()).collect::<Vec<_>>(), [0..2, 2..4]);
        assert_eq!(chunks[1].heading, None);
    }
}
