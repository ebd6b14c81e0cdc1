//! What can be worked on. All of it comes from a page and is hostile.

use serde::{Deserialize, Serialize};

/// What a job works on.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "input", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Input {
    /// A whole page, to be read.
    Page { page: PageCapture },
    /// Selected text.
    Selection { selection: Selection },
    /// A page's blocks of text, to be replaced in place.
    Blocks { blocks: PageBlocks },
    /// A file's text, to be read.
    Document { document: Document },
}

impl Input {
    /// Address and title of the page it comes from.
    #[must_use]
    pub fn page(&self) -> (&str, &str) {
        match self {
            Self::Page { page } => (&page.url, &page.title),
            Self::Selection { selection } => (&selection.url, &selection.title),
            Self::Blocks { blocks } => (&blocks.url, &blocks.title),
            Self::Document { document } => (&document.url, &document.title),
        }
    }

    /// What of its page or selection it does not hold.
    #[must_use]
    pub fn left_out(&self) -> LeftOut {
        match self {
            Self::Page { page } => page.left_out,
            Self::Selection { selection } => selection.left_out,
            Self::Blocks { blocks } => blocks.left_out,
            Self::Document { document } => document.left_out,
        }
    }

    /// The language of the text (BCP 47), as far as the capture tells.
    #[must_use]
    pub fn lang(&self) -> Option<&str> {
        match self {
            Self::Page { page } => page.lang.as_deref(),
            Self::Selection { selection } => selection.lang.as_deref(),
            Self::Blocks { blocks } => blocks.lang.as_deref(),
            Self::Document { document } => document.lang.as_deref(),
        }
    }
}

/// What of a page or a selection is not in its capture. Counts saturate.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LeftOut {
    /// Characters, roughly, beyond what a capture may hold or may take time for.
    pub cut: u32,
    /// Characters that are laid out and that no reader can see.
    pub hidden: u32,
    /// Frames in view whose documents belong to other sites and cannot be read.
    pub frames: u32,
}

impl LeftOut {
    /// The share of a text that `captured` characters of it are; anything cut, and any frame, of
    /// which nobody knows how much it holds, keeps it visibly below 1.
    #[must_use]
    pub fn share(&self, captured: usize) -> f32 {
        if self.cut == 0 && self.frames == 0 {
            return 1.0;
        }
        let captured = captured as f32;
        (captured / (captured + self.cut as f32)).min(0.99)
    }
}

/// What the content script found on a page. All of it is hostile input.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PageCapture {
    pub url: String,
    /// The document's title, possibly empty.
    pub title: String,
    /// The language the browser detected in the text, or else the one that the document declares
    /// (BCP 47).
    pub lang: Option<String>,
    /// Serialised HTML: shadow roots and same-origin frames inlined, what no reader can see
    /// dropped.
    pub html: String,
    pub left_out: LeftOut,
}

/// Text the reader selected.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Selection {
    pub url: String,
    /// The document's title, possibly empty.
    pub title: String,
    /// The language the browser detected in the text, or else the one that the page declares (BCP
    /// 47).
    pub lang: Option<String>,
    /// The text as it stands, line breaks included.
    pub text: String,
    /// Whether it stands in a field, where a result can replace it.
    pub editable: bool,
    pub left_out: LeftOut,
}

/// A page's text as blocks in the order in which they are to be worked on: visible ones first.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PageBlocks {
    pub url: String,
    /// The document's title, possibly empty.
    pub title: String,
    /// The language the browser detected in the text, or else the one that the page declares (BCP
    /// 47).
    pub lang: Option<String>,
    /// The blocks; a result's [`crate::Section::index`] is the block's index here.
    pub blocks: Vec<Block>,
    pub left_out: LeftOut,
}

/// A block of running text: a paragraph, a heading, an item of a list, a cell.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Block {
    /// Its text in order.
    pub spans: Vec<Span>,
}

/// A stretch of text under the same inline markup.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Span {
    pub text: String,
    /// Which inline markup of its block it stands in (a link, an emphasis): numbers from 0, known
    /// to the content script. Text in none of it has none.
    pub mark: Option<u32>,
    /// To be carried over letter by letter: code, a formula, `translate="no"`.
    pub verbatim: bool,
}

/// What was read of a file: a PDF or a plain text.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Document {
    /// Empty of a file that was handed over.
    pub url: String,
    /// What the file or its first heading says, possibly empty.
    pub title: String,
    /// The language the browser detected in the text (BCP 47).
    pub lang: Option<String>,
    /// The text in the order in which it is read.
    pub blocks: Vec<TextBlock>,
    /// Where the text of its pages begins, in the order of the text; of a file without pages empty.
    pub pages: Vec<PageStart>,
    pub left_out: LeftOut,
}

/// A piece of a document's text that stands on its own.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TextBlock {
    pub kind: TextKind,
    pub text: String,
    /// Of a heading, from 1; of all else 0.
    pub level: u8,
}

/// What a piece of a document's text is.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum TextKind {
    #[default]
    Paragraph,
    Heading,
    ListItem,
    /// The cells of a row, separated by ` | `.
    TableRow,
    /// Verbatim.
    Code,
}

/// From a place in a document's text on, it is that of a page.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PageStart {
    /// Its number, from 1.
    pub page: u32,
    /// Index of the block …
    pub block: u32,
    /// … and of the byte in it.
    pub offset: u32,
}

#[cfg(test)]
mod tests {
    use super::LeftOut;

    #[test]
    fn what_is_left_out_is_not_covered() {
        for (cut, hidden, frames, captured, share) in [
            (0, 0, 0, 100, 1.0),
            (0, 50, 0, 100, 1.0),
            (300, 0, 0, 100, 0.25),
            (300, 0, 2, 100, 0.25),
            (1, 0, 0, 1_000_000, 0.99),
            (0, 0, 1, 1_000_000, 0.99),
            (0, 0, 1, 0, 0.99),
            (u32::MAX, 0, u32::MAX, 0, 0.0),
        ] {
            let left_out = LeftOut { cut, hidden, frames };
            assert!((left_out.share(captured) - share).abs() < 1e-6, "{left_out:?} {captured}");
        }
    }
}
