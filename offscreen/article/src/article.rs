//! What was read from a page.

/// The text of a page, as a person would read it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Title, without the site's name where it was recognised.
    pub title: String,
    /// Language the page declares (BCP 47).
    pub lang: Option<String>,
    /// The text, in order.
    pub blocks: Vec<Block>,
    /// Of a document the places at which the text of its pages begins, in order.
    pub pages: Vec<PageStart>,
}

/// From a place in the text on, it is that of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageStart {
    /// Index of the block …
    pub block: usize,
    /// … and of the byte in it.
    pub offset: usize,
    /// The page's number.
    pub page: u32,
}

/// A piece of text that stands on its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What the page's markup says it is.
    pub kind: BlockKind,
    /// Its text: white space folded, except in code.
    pub text: String,
}

/// Kinds of blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading of level 1 to 6.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// Quoted text.
    Quote,
    /// Preformatted text, verbatim.
    Code,
    /// A row of a table: its cells, separated by ` | `.
    TableRow,
}

impl Article {
    /// The text as a person would copy it: blocks separated by blank lines.
    #[must_use]
    pub fn text(&self) -> String {
        let blocks: Vec<_> = self.blocks.iter().map(|block| block.text.as_str()).collect();
        blocks.join("\n\n")
    }

    /// The heading that the block stands under: the nearest one before it.
    #[must_use]
    pub fn heading_of(&self, block: usize) -> Option<&str> {
        let before = self.blocks.get(..block)?;
        let heading = before.iter().rev().find(|block| matches!(block.kind, BlockKind::Heading(_)))?;
        Some(&heading.text)
    }

    /// The number of the page that a place in a block stands on, in a document that has pages.
    #[must_use]
    pub fn page_of(&self, block: usize, offset: usize) -> Option<u32> {
        let begun = self.pages.partition_point(|start| (start.block, start.offset) <= (block, offset));
        Some(self.pages.get(begun.checked_sub(1)?)?.page)
    }
}
