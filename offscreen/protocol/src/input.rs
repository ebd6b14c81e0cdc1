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
}

impl Input {
    /// Address and title of the page it comes from.
    #[must_use]
    pub fn page(&self) -> (&str, &str) {
        match self {
            Self::Page { page } => (&page.url, &page.title),
            Self::Selection { selection } => (&selection.url, &selection.title),
            Self::Blocks { blocks } => (&blocks.url, &blocks.title),
        }
    }

    /// The language of the text (BCP 47), as far as the capture tells.
    #[must_use]
    pub fn lang(&self) -> Option<&str> {
        match self {
            Self::Page { page } => page.lang.as_deref(),
            Self::Selection { selection } => selection.lang.as_deref(),
            Self::Blocks { blocks } => blocks.lang.as_deref(),
        }
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
    /// The document's declared language (BCP 47), if it declares one.
    pub lang: Option<String>,
    /// Serialised HTML: open shadow roots and same-origin frames inlined, hidden elements dropped.
    pub html: String,
    /// True when `html` was cut at the capture limit.
    pub truncated: bool,
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
    /// True when `text` was cut at the capture limit.
    pub truncated: bool,
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
    /// True when blocks beyond the capture limit were left out.
    pub truncated: bool,
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
