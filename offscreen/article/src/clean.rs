//! Taking out of a page what is no reading text, whatever the page is.

use crate::elements::is_block;
use crate::error::Error;
use crate::pace::Pace;
use crate::text::{is_marker, short_text};
use dom_query::{NodeData, NodeRef};
use std::ops::ControlFlow;

/// Elements without reading text.
const SILENT: [&str; 28] = [
    "annotation",
    "annotation-xml",
    "area",
    "audio",
    "button",
    "canvas",
    "datalist",
    "dialog",
    "embed",
    "iframe",
    "input",
    "map",
    "meter",
    "nav",
    "noscript",
    "object",
    "option",
    "optgroup",
    "progress",
    "rp",
    "rt",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "video",
];

/// Roles of elements that are there to be operated, not read.
const SILENT_ROLES: [&str; 15] = [
    "alertdialog",
    "button",
    "dialog",
    "doc-backlink",
    "doc-noteref",
    "menu",
    "menubar",
    "navigation",
    "scrollbar",
    "search",
    "slider",
    "tablist",
    "textbox",
    "toolbar",
    "tooltip",
];

/// Classes that name the machinery of a page in widespread software: encyclopaedias, documentation
/// generators, blogs.
const SILENT_CLASSES: [&str; 29] = [
    // MediaWiki
    "ambox",
    "catlinks",
    "hatnote",
    "infobox",
    "mw-cite-backlink",
    "mw-editsection",
    "mw-jump-link",
    "mw-references-wrap",
    "navbox",
    "noprint",
    "printfooter",
    "reference",
    "references",
    "reflist",
    "refbegin",
    "sistersitebox",
    "toc",
    "vertical-navbox",
    // Sphinx, mdBook, Docusaurus, pandoc, code hosts
    "anchor",
    "anchorjs-link",
    "footnote-back",
    "footnote-backref",
    "footnote-ref",
    "hash-link",
    "headerlink",
    // For screen readers only
    "screen-reader-text",
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
];

/// What is left of a page.
#[derive(Default)]
pub(crate) struct Kept {
    pub(crate) elements: usize,
    /// Bytes of its text.
    pub(crate) text: usize,
    /// Elements that are called articles.
    pub(crate) articles: usize,
}

/// Removes from the tree what is never read: scripts, controls, hidden elements, markers of notes,
/// known machinery.
pub(crate) async fn clean(
    root: &NodeRef<'_>,
    pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
) -> Result<Kept, Error> {
    let mut kept = Kept::default();
    let (mut doomed, mut blocks) = (Vec::new(), Vec::new());
    // Each with whether it is part of a text whose names say nothing.
    let mut stack = vec![(*root, false)];
    while let Some((node, nameless)) = stack.pop() {
        pace.work(1).await?;
        if follows_text(&node) {
            blocks.push(node);
        }
        if node.is_comment() || is_silent(&node) {
            doomed.push(node);
            continue;
        }
        let nameless = nameless || is_text_whatever_its_name(&node);
        if nameless {
            node.remove_attrs(&["id", "class"]);
        }
        node.query(|node| match &node.data {
            NodeData::Text { contents } => kept.text += contents.len(),
            NodeData::Element(element) => {
                kept.elements += 1;
                kept.articles += usize::from(&*element.name.local == "article");
            }
            _ => {}
        });
        stack.extend(node.children_it(true).map(|child| (child, nameless)));
    }
    // The article finder drops blocks that it takes for no text: what they stood between must not
    // run together.
    for block in blocks {
        pace.work(1).await?;
        block.insert_before(&block.tree.new_text(" "));
    }
    for node in doomed {
        pace.work(1).await?;
        node.remove_from_parent();
    }
    Ok(kept)
}

fn is_silent(node: &NodeRef<'_>) -> bool {
    let Some(element) = node.element_ref() else { return false };
    let name = &*element.name.local;
    let stray_title = name == "title" && !node.parent().is_some_and(|parent| parent.has_name("head"));
    if SILENT.contains(&name) || stray_title {
        return true;
    }
    // A class on the whole page says something else.
    if matches!(name, "html" | "head" | "body" | "main" | "article") {
        return false;
    }
    let has = |attribute: &str, values: &[&str]| {
        element.attr(attribute).is_some_and(|value| {
            value
                .split_ascii_whitespace()
                .any(|word| values.iter().any(|known| word.eq_ignore_ascii_case(known)))
        })
    };
    let hidden = element.has_attr("hidden")
        || has("aria-hidden", &["true"])
        || element.attr("style").is_some_and(|style| hides(&style));
    // An anchor around a whole heading is its text.
    let machinery = has("class", &SILENT_CLASSES) || has("id", &["toc", "catlinks"]);
    let worded = || short_text(node, 64).is_none_or(|text| text.trim().chars().count() > 2);
    let machinery = machinery && !(name == "a" && has("class", &["anchor"]) && worded());
    // Of several roles the first holds.
    let role = element.attr("role").unwrap_or_default();
    let silent_role = role.split_ascii_whitespace().next().is_some_and(|role| SILENT_ROLES.contains(&role));
    hidden || silent_role || machinery || is_note_marker(name, node)
}

fn follows_text(node: &NodeRef<'_>) -> bool {
    node.qual_name_ref().is_some_and(|name| is_block(&name.local))
        && node.prev_sibling().is_some_and(|before| before.is_text())
}

fn hides(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    style.contains("display:none") || style.contains("visibility:hidden")
}

/// The raised number of a note, or a link that is only that.
fn is_note_marker(name: &str, node: &NodeRef<'_>) -> bool {
    let links_here = |node: &NodeRef<'_>| node.attr("href").is_some_and(|href| href.contains('#'));
    match name {
        "sup" => {
            let Some(text) = short_text(node, 64) else { return false };
            let text = text.trim();
            let number = text.trim_matches(|c| matches!(c, '[' | ']' | '(' | ')'));
            let bracketed = number.len() < text.len();
            let marker = !number.is_empty()
                && (number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit()))
                || matches!(number, "*" | "†" | "‡");
            marker && (bracketed || node.descendants_it().any(|inner| links_here(&inner)))
        }
        "a" if links_here(node) => {
            let Some(text) = short_text(node, 64) else { return false };
            match text.trim() {
                "#" | "¶" | "§" | "🔗" | "↩" | "↩︎" | "^" => true,
                text => text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).is_some_and(is_marker),
            }
        }
        _ => false,
    }
}

/// Headings are identified by their words, and code is highlighted by classes: the article finder
/// would take a heading called "Community" for a page's community links, and a comment in a program
/// for one of a reader.
fn is_text_whatever_its_name(node: &NodeRef<'_>) -> bool {
    let name = node.qual_name_ref();
    name.is_some_and(|name| matches!(&*name.local, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "pre" | "th"))
}
