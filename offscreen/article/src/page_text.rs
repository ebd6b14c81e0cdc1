//! The main text of a page that is not an article.

use crate::Block;
use crate::blocks::blocks;
use dom_query::{Document, NodeRef};

/// What frames a page rather than filling it.
const FRAME: [&str; 4] = ["nav", "header", "footer", "aside"];

/// Roles that say the same of any element.
const FRAME_ROLES: [&str; 6] = ["navigation", "banner", "contentinfo", "complementary", "search", "menu"];

/// The page's blocks without its frame; with it, when nothing else is there.
pub(crate) fn page_text(document: &Document) -> Vec<Block> {
    let root = document.root();
    let inner = blocks(&root, &is_frame);
    if inner.is_empty() { blocks(&root, &|_| false) } else { inner }
}

/// Takes out of the document what is certainly its frame: on pages that are no articles the finder keeps it.
pub(crate) fn drop_navigation(document: &Document) {
    let root = document.root();
    let navigation: Vec<_> =
        root.descendants_it().filter(|node| node.has_name("nav") || has_frame_role(node)).collect();
    navigation.iter().for_each(NodeRef::remove_from_parent);
}

fn is_frame(node: &NodeRef<'_>) -> bool {
    let framed_by_name = node.node_name().is_some_and(|name| FRAME.contains(&&*name) && !in_article(node));
    let hidden = node.has_attr("hidden") || node.attr("aria-hidden").is_some_and(|value| &*value == "true");
    framed_by_name || has_frame_role(node) || hidden
}

fn has_frame_role(node: &NodeRef<'_>) -> bool {
    node.attr("role").is_some_and(|role| FRAME_ROLES.contains(&&*role))
}

/// A header or footer of one article on the page belongs to its text.
fn in_article(node: &NodeRef<'_>) -> bool {
    let framed = node.node_name().is_some_and(|name| matches!(&*name, "header" | "footer"));
    framed
        && node
            .ancestors_it(Some(8))
            .any(|ancestor| ancestor.has_name("article") || ancestor.has_name("main"))
}
