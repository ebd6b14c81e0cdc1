//! Words in controls that are part of the text: terms within a sentence, questions that open their answers.

use crate::elements::is_block;
use crate::notes::is_mark;
use crate::text::short_text;
use dom_query::NodeRef;
use html5ever::{LocalName, local_name};

/// Bytes of a label that is looked at.
const LABEL: usize = 400;

/// Letters from which on a label is a sentence.
const SENTENCE: usize = 60;

/// Whether an element is a button, whatever it is called.
pub(crate) fn is_button(name: &LocalName, role: &str) -> bool {
    *name == local_name!("button") || role == "button"
}

/// Whether a button's words are read. `before` is the text in front of it in its block.
pub(crate) fn is_read(button: &NodeRef<'_>, before: &str) -> bool {
    // What holds blocks is a card that can be clicked.
    let Some(label) = short_text(button, LABEL) else { return true };
    let label = label.trim();
    // A note that opens in place.
    if is_mark(label) && !before.ends_with(char::is_whitespace) {
        return false;
    }
    let parent = button.parent();
    let in_heading = parent
        .is_some_and(|parent| is_heading(&parent) || parent.parent().is_some_and(|outer| is_heading(&outer)));
    in_heading || is_within_sentence(button, before) || is_sentence(label) || opens_a_panel(button)
}

fn is_heading(node: &NodeRef<'_>) -> bool {
    ["h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt"].iter().any(|name| node.has_name(name))
}

/// The sentence that it stands in goes on behind it.
fn is_within_sentence(button: &NodeRef<'_>, before: &str) -> bool {
    let behind = button.next_sibling();
    let text = behind.filter(NodeRef::is_text).map(|next| next.text().to_string()).unwrap_or_default();
    let text = text.trim_start();
    let goes_on = text.starts_with(|c: char| {
        c.is_lowercase() || matches!(c, '.' | ',' | ';' | ':' | '?' | '!' | ')' | '。' | '、')
    });
    let before = before.trim_end();
    let is_open = !before.is_empty() && !before.ends_with(['.', '!', '?', '。', ':']);
    // Behind a space another element of the line may follow.
    let next = if text.is_empty() { behind.and_then(|next| next.next_sibling()).or(behind) } else { behind };
    let is_inline = |node: &NodeRef<'_>| !node.qual_name_ref().is_some_and(|name| is_block(&name.local));
    let words = next.filter(is_inline).is_some_and(|next| {
        short_text(&next, LABEL).is_none_or(|text| text.chars().any(char::is_alphabetic))
    });
    goes_on || is_open && words && !next.is_some_and(|next| next.has_name("button"))
}

/// A label that says something itself.
fn is_sentence(label: &str) -> bool {
    let words = label.split_whitespace().count();
    label.ends_with(['?', '？', '؟']) && (words > 2 || !label.is_ascii())
        || label.len() >= SENTENCE && label.ends_with(['.', '!', '…', '。'])
}

/// One of several buttons between which there is text: each is what its text is about.
fn opens_a_panel(button: &NodeRef<'_>) -> bool {
    let is_panel = |node: &NodeRef<'_>| {
        ["div", "section", "dd"].iter().any(|name| node.has_name(name))
            && short_text(node, SENTENCE).is_none()
    };
    let is_twin = |node: &NodeRef<'_>| node.has_name("button");
    let Some(panel) = button.next_element_sibling().filter(is_panel) else { return false };
    let follows = panel.next_element_sibling().is_some_and(|next| is_twin(&next));
    let before =
        button.prev_element_sibling().filter(is_panel).and_then(|panel| panel.prev_element_sibling());
    follows || before.is_some_and(|twin| is_twin(&twin))
}
