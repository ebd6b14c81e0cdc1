//! The main text of a page that is not an article.

use crate::article::BlockKind;
use crate::blocks::{Found, blocks};
use crate::error::Error;
use crate::pace::Pace;
use dom_query::{Document, NodeRef};
use html5ever::local_name;
use std::ops::ControlFlow;

/// Roles of what frames a page rather than filling it.
const FRAME_ROLES: [&str; 3] = ["banner", "contentinfo", "complementary"];

/// Words in identifiers and classes that say the same of any element.
const FRAME_WORDS: [&str; 24] = [
    "actions",
    "advert",
    "breadcrumb",
    "breadcrumbs",
    "consent",
    "cookie",
    "cookies",
    "footer",
    "header",
    "masthead",
    "menu",
    "navbar",
    "newsletter",
    "pager",
    "pagination",
    "promo",
    "related",
    "share",
    "sharing",
    "sidebar",
    "social",
    "sponsored",
    "subscribe",
    "tabs",
];

/// Share of a line's text in links above which it is navigation, where the page has other text.
const MAX_LINKED: f32 = 0.75;

/// Share of the page's text that must remain without navigation for it to be left out.
const MIN_KEPT: f32 = 0.4;

/// The page's blocks without its frame; with it, when nothing else is there.
pub(crate) async fn page_text(
    document: &Document,
    pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
) -> Result<Vec<Found>, Error> {
    let root = document.body().unwrap_or_else(|| document.root());
    let mut inner = blocks(&root, &is_frame, pace).await?;
    let all: usize = inner.iter().map(|block| block.text.len()).sum();
    let text = inner.iter().filter(|block| !is_navigation(block)).map(|block| block.text.len());
    let text: usize = text.sum();
    if text > 0 && text as f32 >= MIN_KEPT * all as f32 {
        inner.retain(|block| !is_navigation(block));
        Ok(inner)
    } else if !inner.is_empty() {
        Ok(inner)
    } else {
        blocks(&root, &|_| false, pace).await
    }
}

/// A line of links. Headings are often links to what they announce.
fn is_navigation(block: &Found) -> bool {
    !matches!(block.kind, BlockKind::Heading(_)) && block.linked as f32 > MAX_LINKED * block.text.len() as f32
}

fn is_frame(node: &NodeRef<'_>) -> bool {
    let Some(element) = node.element_ref() else { return false };
    let attribute = |name| element.attr_ref(name).unwrap_or_default();
    if FRAME_ROLES.contains(&attribute(local_name!("role"))) {
        return true;
    }
    match element.name.local {
        local_name!("header") | local_name!("footer") | local_name!("aside") => return !in_article(node),
        local_name!("html")
        | local_name!("body")
        | local_name!("main")
        | local_name!("article")
        | local_name!("h1")
        | local_name!("h2")
        | local_name!("h3")
        | local_name!("p") => return false,
        _ => {}
    }
    names(attribute(local_name!("id")))
        .chain(names(attribute(local_name!("class"))))
        .any(|word| FRAME_WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

/// The last words of names: `site-footer` is a footer, `footer-widgets-enabled` says something
/// about one.
fn names(attribute: &str) -> impl Iterator<Item = &str> {
    attribute.split_ascii_whitespace().map(|name| name.rsplit(['-', '_']).next().unwrap_or(name))
}

/// A header or footer of one article on the page belongs to its text.
pub(crate) fn in_article(node: &NodeRef<'_>) -> bool {
    !node.has_name("aside")
        && node
            .ancestors_it(Some(8))
            .any(|ancestor| ancestor.has_name("article") || ancestor.has_name("main"))
}
