//! The foreign pages of the demo as the content script captures them: blocks of text with their
//! inline markup.

use dom_query::{Document, NodeRef};
use protocol::{Block, PageBlocks, Span};

/// The article of `pages/demo-LANG`: its headings, paragraphs and items, in order.
///
/// # Panics
/// When the page is not there.
#[must_use]
pub fn demo(lang: &str) -> PageBlocks {
    let path = crate::root().join(format!("tests/pages/demo-{lang}/source.html"));
    let html = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let page = Document::from(html);
    let nodes = page.select("article h1, article h2, article p:not(.byline), article li");
    let blocks = nodes.nodes().iter().map(block).collect();
    PageBlocks { lang: Some(lang.to_owned()), blocks, ..PageBlocks::default() }
}

/// Inline elements are marks; code and what is not to be translated is verbatim. None of them is
/// within another here.
fn block(node: &NodeRef<'_>) -> Block {
    let mut marks = 0..;
    let spans = node.children_it(false).map(|child| {
        let verbatim = child.has_name("code") || child.attr("translate").is_some_and(|value| &*value == "no");
        let mark = if child.is_element() { marks.next() } else { None };
        Span { text: child.text().to_string(), mark, verbatim }
    });
    Block { spans: spans.collect() }
}
