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
    /// Where in the text what of its source begins, in order: the pages of a document, the times of a transcript.
    pub places: Vec<PlaceStart>,
    /// What it has to do with a video.
    pub video: Option<Video>,
}

/// A place in what a text was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A page of a document, by its number from 1.
    Page(u32),
    /// A time of a video, in seconds.
    Time(u32),
}

/// Where in an article a place of its source begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaceStart {
    /// Index of the block …
    pub block: usize,
    /// … and of the byte in it.
    pub offset: usize,
    /// The place.
    pub place: Place,
}

/// How a page's text and its video belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Video {
    /// The text is the video's transcript.
    Read,
    /// The text is the page's; what is said in its video does not stand on it.
    Unread,
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

    /// What of its source a byte of a block comes from, where that has places.
    #[must_use]
    pub fn place_of(&self, block: usize, offset: usize) -> Option<Place> {
        let begun = self.places.partition_point(|start| (start.block, start.offset) <= (block, offset));
        Some(self.places.get(begun.checked_sub(1)?)?.place)
    }
}
