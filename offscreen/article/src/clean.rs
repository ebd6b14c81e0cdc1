//! Taking out of a page what is no reading text, whatever the page is.

use crate::article::BlockKind;
use crate::controls::{is_button, is_read};
use crate::elements::{is_block, kind_of};
use crate::error::Error;
use crate::formula::source;
use crate::measure::{Measure, Measures};
use crate::notes::{GONE, is_linked_marker, is_raised_marker};
use crate::pace::Pace;
use crate::page_text::in_article;
use crate::raised::in_plain_text;
use crate::tabs::Tabs;
use crate::text::{short_text, text_in};
use dom_query::NodeRef;
use html5ever::{LocalName, local_name};
use std::ops::ControlFlow;

/// Elements without reading text.
const SILENT: [LocalName; 27] = [
    local_name!("annotation"),
    local_name!("annotation-xml"),
    local_name!("area"),
    local_name!("audio"),
    local_name!("canvas"),
    local_name!("datalist"),
    local_name!("del"),
    local_name!("embed"),
    local_name!("iframe"),
    local_name!("input"),
    local_name!("map"),
    local_name!("meter"),
    local_name!("nav"),
    local_name!("noscript"),
    local_name!("object"),
    local_name!("option"),
    local_name!("optgroup"),
    local_name!("progress"),
    local_name!("rp"),
    local_name!("rt"),
    local_name!("script"),
    local_name!("select"),
    local_name!("style"),
    local_name!("svg"),
    local_name!("template"),
    local_name!("textarea"),
    local_name!("video"),
];

/// Roles of elements that are there to be operated, not read.
const SILENT_ROLES: [&str; 12] = [
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
const SILENT_CLASSES: [&str; 28] = [
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

/// Beginnings of those that stand within a line and hold words all the same.
const OPERATED: [&str; 5] = ["mw-", "screen-reader", "sr-only", "visually", "headerlink"];

/// What is left of a page.
#[derive(Default)]
pub(crate) struct Kept {
    pub(crate) elements: usize,
    /// Bytes of its text, and of the texts of all its elements: what nests counts once for each.
    pub(crate) text: usize,
    pub(crate) nested: usize,
    /// Elements that are called articles.
    pub(crate) articles: usize,
}

/// Bytes of a caption at most.
const CAPTION: usize = 400;

/// Elements between a caption and what holds its picture at most, and nodes in there that are looked at.
const FRAMES: usize = 3;
const FRAMED: usize = 40;

/// Characters in front of a raised number that tell what it is.
const BEFORE: usize = 32;

/// Removes from the tree what is never read: scripts, controls, hidden elements, markers of notes,
/// known machinery.
pub(crate) async fn clean(
    root: &NodeRef<'_>,
    measures: &Measures<'_>,
    pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
) -> Result<Kept, Error> {
    let mut kept = Kept::default();
    let (mut doomed, mut blocks, mut buttons) = (Vec::new(), Vec::new(), Vec::new());
    let (mut footers, mut captions) = (Vec::new(), Vec::new());
    // The end of what was kept so far of the block under way.
    let mut before = String::new();
    let mut tabs = Tabs::default();
    // Each with how deep it lies, and whether it is part of a text whose names say nothing.
    let mut stack = vec![(*root, 0_usize, false)];
    while let Some((node, depth, nameless)) = stack.pop() {
        pace.work(1).await?;
        let name = node.qual_name_ref().map(|name| name.local.clone());
        let ends_line = |name: &LocalName| *name == local_name!("br") || is_block(name);
        let previous = node.prev_sibling();
        // The text in front of it is of another block.
        if name.as_ref().is_some_and(ends_line)
            || previous
                .and_then(|previous| previous.qual_name_ref().map(|name| ends_line(&name.local)))
                .unwrap_or_default()
        {
            before.clear();
        }
        let Some(name) = name else {
            if let Some(text) = text_in(&node) {
                kept.text += text.len();
                kept.nested = kept.nested.saturating_add(text.len().saturating_mul(depth));
                append(&mut before, &text);
            } else if node.is_comment() {
                doomed.push(node);
            } else {
                stack.extend(node.children_it(true).map(|child| (child, depth, nameless)));
            }
            continue;
        };
        let is_block = is_block(&name);
        if is_block && previous.is_some_and(|previous| previous.is_text()) {
            blocks.push(node);
        }
        if let Some(text) = plain_text(&name, &node, &before) {
            append(&mut before, &text);
            node.insert_before(&node.tree.new_text(text));
            doomed.push(node);
            continue;
        }
        let role = node.attr("role").unwrap_or_default();
        match &*role {
            "tablist" => tabs.read(&node),
            "tabpanel" => tabs.label(&node),
            _ => {}
        }
        if is_silent(&name, &node, &before, measures) {
            // One of several, or the first.
            if name == local_name!("a") && before.trim_end().ends_with(['[', ',']) {
                node.insert_before(&node.tree.new_text(GONE));
            }
            doomed.push(node);
            continue;
        }
        if let Some(text) = opened_text(&name, &node) {
            text.insert_before(&node.tree.new_text(node.text().trim().to_owned()));
            doomed.push(node);
            continue;
        }
        if is_button(&name, &role) {
            buttons.push(node);
        }
        if name == local_name!("footer") && in_article(&node) && measures.of(&node).is_running_text(&node) {
            footers.push(node);
        }
        if is_called_caption(&name, &node) {
            captions.push(node);
        }
        let nameless = nameless || is_text_whatever_its_name(&name) || !is_block && is_within_text(&node);
        if nameless {
            node.remove_attrs(&["id", "class"]);
        }
        kept.elements += 1;
        kept.articles += usize::from(name == local_name!("article"));
        stack.extend(node.children_it(true).map(|child| (child, depth + 1, nameless)));
    }
    // The article finder drops blocks that it takes for no text: what they stood between must not
    // run together.
    for block in blocks {
        pace.work(1).await?;
        block.insert_before(&block.tree.new_text(" "));
    }
    // What is read is no control any more: the article finder drops those.
    for button in buttons {
        pace.work(1).await?;
        button.rename("span");
        button.remove_attr("role");
    }
    // Nor does it read footers: notes and corrections at an article's end.
    for footer in footers {
        pace.work(1).await?;
        footer.rename("div");
        footer.remove_attrs(&["id", "class"]);
        // Beside the box of the text it would be passed over.
        let is_box = |node: &NodeRef<'_>| {
            ["div", "section"].iter().any(|name| node.has_name(name))
                && measures.of(node).is_running_text(node)
        };
        if let Some(text) = footer.prev_element_sibling().filter(is_box) {
            text.append_child(&footer);
        }
    }
    for caption in captions {
        pace.work(1).await?;
        caption.rename("figcaption");
    }
    for node in doomed {
        pace.work(1).await?;
        node.remove_from_parent();
    }
    Ok(kept)
}

fn append(before: &mut String, text: &str) {
    before.push_str(&text[text.ceil_char_boundary(text.len().saturating_sub(BEFORE))..]);
    before.drain(..before.ceil_char_boundary(before.len().saturating_sub(BEFORE)));
}

fn is_silent(name: &LocalName, node: &NodeRef<'_>, before: &str, measures: &Measures<'_>) -> bool {
    let Some(element) = node.element_ref() else { return false };
    let stray_title =
        || *name == local_name!("title") && !node.parent().is_some_and(|parent| parent.has_name("head"));
    if SILENT.contains(name) || stray_title() {
        return true;
    }
    // A class on the whole page says something else.
    if matches!(
        *name,
        local_name!("html")
            | local_name!("head")
            | local_name!("body")
            | local_name!("main")
            | local_name!("article")
    ) {
        return false;
    }
    let (mut hidden, mut machinery, mut role) = (false, false, "");
    for attribute in &element.attrs {
        let words = || attribute.value.split_ascii_whitespace();
        let is = |word: &str, known: &str| word.len() == known.len() && word.eq_ignore_ascii_case(known);
        let has = |values: &[&str]| words().any(|word| values.iter().any(|known| is(word, known)));
        match attribute.name.local {
            local_name!("hidden") => hidden = true,
            local_name!("aria-hidden") => hidden |= has(&["true"]),
            local_name!("style") => hidden |= hides(&attribute.value),
            local_name!("class") => machinery |= has(&SILENT_CLASSES),
            local_name!("id") => machinery |= has(&["toc", "catlinks"]),
            // Of several roles the first holds.
            local_name!("role") => role = words().next().unwrap_or_default(),
            _ => {}
        }
    }
    hidden
        || !role.is_empty() && SILENT_ROLES.contains(&role)
        || is_dialog(name, role) && measures.of(node).prose * 2 < measures.page.prose
        || machinery && !is_running_text(node, measures.of(node))
        || is_button(name, role) && !is_read(node, before)
        || *name == local_name!("sup") && is_raised_marker(node, before)
        || *name == local_name!("a") && is_linked_marker(node, before)
}

fn is_block_element(node: &NodeRef<'_>) -> bool {
    node.qual_name_ref().is_some_and(|name| is_block(&name.local))
}

/// For a box that is only the large letter that opens the next block: where that one's text begins.
fn opened_text<'a>(name: &LocalName, node: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    if !matches!(*name, local_name!("div") | local_name!("span") | local_name!("p")) {
        return None;
    }
    let next = node.next_element_sibling().filter(is_block_element)?;
    let letter = short_text(node, 8)?;
    let mut letter = letter.trim().chars();
    if !letter.next().is_some_and(char::is_uppercase) || letter.next().is_some() {
        return None;
    }
    let text =
        next.descendants_it().take(8).find(|inner| inner.is_text() && !inner.text().trim().is_empty())?;
    text.text().starts_with(char::is_lowercase).then_some(text)
}

fn hides(style: &str) -> bool {
    let declarations = style.split(';').filter_map(|declaration| declaration.split_once(':'));
    let mut declarations = declarations.map(|(name, value)| (name.trim(), value.trim_start()));
    declarations.any(|(name, value)| {
        let says = |known: &str, hidden: &str| {
            let is_hidden = |value: &str| value.eq_ignore_ascii_case(hidden);
            name.eq_ignore_ascii_case(known) && value.get(..hidden.len()).is_some_and(is_hidden)
        };
        says("display", "none") || says("visibility", "hidden")
    })
}

/// Whether an element that is called machinery holds text to be read: a name is no evidence against
/// sentences, nor against words within one.
fn is_running_text(node: &NodeRef<'_>, inside: &Measure) -> bool {
    if is_block_element(node) {
        let is_data =
            node.has_name("table") && !node.attr("class").is_some_and(|class| class.contains("box"));
        return is_data && inside.linked * 4 < inside.text || inside.is_running_text(node);
    }
    let is_operated = node.attr("class").is_some_and(|class| {
        class.split_ascii_whitespace().any(|class| OPERATED.iter().any(|known| class.starts_with(known)))
    });
    !is_operated
        && short_text(node, 64).is_none_or(|text| text.chars().filter(|c| c.is_alphanumeric()).count() > 2)
}

/// Whether an element is called a caption and stands with a picture.
fn is_called_caption(name: &LocalName, node: &NodeRef<'_>) -> bool {
    if !matches!(
        *name,
        local_name!("div")
            | local_name!("p")
            | local_name!("span")
            | local_name!("small")
            | local_name!("td")
    ) {
        return false;
    }
    let is_called = |class: &str| {
        class.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word.eq_ignore_ascii_case("caption"))
    };
    let is_picture = |node: &NodeRef<'_>| ["img", "picture", "video"].iter().any(|name| node.has_name(name));
    node.attr("class").is_some_and(|class| is_called(&class))
        && short_text(node, CAPTION).is_some()
        && node
            .ancestors_it(Some(FRAMES))
            .any(|frame| frame.descendants_it().take(FRAMED).any(|inner| is_picture(&inner)))
}

fn is_dialog(name: &LocalName, role: &str) -> bool {
    matches!(role, "dialog" | "alertdialog") || *name == local_name!("dialog")
}

/// Whether an element of a line stands within text: it is part of it, whatever it is called.
fn is_within_text(node: &NodeRef<'_>) -> bool {
    let is_text = |node: NodeRef<'_>| text_in(&node).is_some_and(|text| !text.trim().is_empty());
    (node.has_attr("class") || node.has_attr("id"))
        && (node.prev_sibling().is_some_and(is_text) || node.next_sibling().is_some_and(is_text))
}

/// What a formula, or a raised or lowered number that is no note's, says in plain text.
fn plain_text(name: &LocalName, node: &NodeRef<'_>, before: &str) -> Option<String> {
    match *name {
        local_name!("math") | local_name!("img") => source(node).map(|formula| {
            let is_figure = |c: char| c.is_ascii_digit();
            let is_mixed = before.ends_with(is_figure) && formula.starts_with(is_figure);
            if is_mixed { format!(" {formula}") } else { formula }
        }),
        local_name!("sup") if is_raised_marker(node, before) => None,
        local_name!("sup") | local_name!("sub") | local_name!("span") => in_plain_text(name, node, before),
        _ => None,
    }
}

/// Headings are identified by their words, and code is highlighted by classes: the article finder
/// would take a heading called "Community" for a page's community links, and a comment in a program
/// for one of a reader.
fn is_text_whatever_its_name(name: &LocalName) -> bool {
    matches!(kind_of(name), Some(BlockKind::Heading(_)))
        || matches!(*name, local_name!("pre") | local_name!("th"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::at_once;
    use crate::measure::measure;

    #[test]
    fn texts_of_boxes_within_boxes_count_for_each() {
        let document = dom_query::Document::from("<div><p>one</p></div><p>two");
        let pace = Pace::new(async || ControlFlow::Continue(()));
        let kept = at_once(async {
            let measures = measure(&document.root(), None, &pace).await?;
            clean(&document.root(), &measures, &pace).await
        });
        let kept = kept.unwrap_or_default();
        // `one` in `html`, `body`, `div` and `p`, `two` in one fewer.
        assert_eq!((kept.text, kept.nested), (6, 3 * 4 + 3 * 3));
    }
}
