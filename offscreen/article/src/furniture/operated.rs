//! What in a box is there to be operated: buttons, and links that are no words of a sentence.

use crate::measure::Measure;
use crate::text::{short_text, text_in};
use crate::topics::Topics;
use dom_query::NodeRef;

/// Nodes of a box that are looked at: behind them all links count.
const NODES: usize = 1_000;

/// Bytes of a label at most.
const LABEL: usize = 200;

/// Elements that are there to be operated wherever they stand.
const CONTROLS: [&str; 3] = ["button", "input", "label"];

/// Elements of a line that a link may be wrapped in.
const WRAPS: [&str; 5] = ["b", "em", "i", "span", "strong"];

/// What the controls of a box are about.
pub(super) fn operated(node: &NodeRef<'_>, inside: &Measure) -> Topics {
    let mut topics = Topics::default();
    for (count, inner) in node.descendants_it().enumerate() {
        if count >= NODES {
            topics.add(inside.controls);
            break;
        }
        let is_control = CONTROLS.iter().any(|name| inner.has_name(name))
            || inner.attr("role").is_some_and(|role| &*role == "button")
            || inner.has_name("a") && !is_within_sentence(inner);
        if is_control && let Some(label) = short_text(&inner, LABEL) {
            topics.add(Topics::OPERATED);
            topics.add(Topics::of(&label));
        }
    }
    topics
}

/// Whether words of the same sentence stand behind a link, or in front of it where a stop stands behind it.
fn is_within_sentence(link: NodeRef<'_>) -> bool {
    let is_wrap = |outer: &NodeRef<'_>| WRAPS.iter().any(|name| outer.has_name(name));
    let text = |node: Option<NodeRef<'_>>| node.and_then(|node| text_in(&node)).unwrap_or_default();
    std::iter::successors(Some(link), |inner| inner.parent().filter(is_wrap)).take(WRAPS.len()).any(|node| {
        let (before, behind) = (text(node.prev_sibling()), text(node.next_sibling()));
        let (before, behind) = (before.trim_end(), behind.trim_start());
        let is_open = !before.is_empty() && !before.ends_with(['.', '!', '?', '。', ':']);
        behind.starts_with(char::is_alphanumeric) || is_open && !behind.is_empty() || behind.starts_with(", ")
    })
}
