//! Captured HTML to an article: title, language, blocks under their headings.
//!
//! [`extract`] parses the page (`parse`, `nesting`), counts what is in each of its blocks (`measure`), takes out what stands
//! around its article (`furniture`, by what its words and headings say: `topics`, `section`) and what nobody reads (`clean`: `controls`, `notes`;
//! `raised` numbers and `formula`s become plain text), lets `dom_smoothie` (a port of Mozilla's Readability) find the article in
//! it, walks what it found into blocks (`blocks`, `lines`, `table`) and drops captions, back matter and empty sections (`tidy`).
//! Pages that are not articles (a search page, a forum, an app) give the text of their body without
//! what frames it (`page_text`), and so do pages that are too large for the finder. Of a page that shows the `transcript` of
//! its video, that is the text.
//!
//! # Why this library
//!
//! On the pages of `tests/pages`, token-F1 and time a page (native, release): this crate 0.990 in
//! 1.7 ms, `dom_smoothie` 0.19's text 0.951 in 1.9 ms, `rs-trafilatura` 0.2.2's 0.940 in 12.4 ms.
//! The expected texts were started from what this crate reads, which flatters it; on 181 pages of
//! another collection `dom_smoothie` had 0.946, `rs-trafilatura` 0.957 and Mozilla's Readability
//! 0.947. As WebAssembly this crate with everything below it is 1.3 MB, 0.45 MB compressed;
//! `rs-trafilatura` alone is 4.4 MB.
//!
//! A page is hostile input: it may be large, deeply nested or broken in any way. Its nesting is
//! bounded before it is parsed, nothing here recurses over its tree, every stage takes time in
//! proportion to the page, and all but the finder pause (`pace`); the finder gets only pages of
//! which it makes short work.

mod article;
mod blocks;
mod clean;
mod controls;
mod elements;
mod error;
mod evidence;
mod extract;
mod formula;
mod furniture;
mod head;
mod labels;
mod lines;
mod measure;
mod nesting;
mod nodes;
mod notes;
mod pace;
mod page_text;
mod parse;
mod raised;
mod section;
mod table;
mod tabs;
mod text;
mod tidy;
mod title;
mod topics;
mod transcript;

pub use article::{Article, Block, BlockKind, Place, PlaceStart, Video};
pub use error::Error;
pub use extract::{extract, extract_with_pauses};
pub use notes::note_mark;
