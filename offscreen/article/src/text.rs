//! Cleaning text.

use dom_query::{NodeData, NodeRef};
use html5ever::tendril::StrTendril;

/// Folds white space to single spaces and drops what is invisible (soft hyphens, zero-width
/// characters, marks of direction). Joiners stay where letters need them: in Persian words, in
/// pictures made of several.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut space = false;
    let mut rest = text;
    loop {
        let (plain, after) = rest.split_at(folded_already(rest.as_bytes()));
        if !plain.is_empty() {
            if space && !folded.is_empty() {
                folded.push(' ');
            }
            space = false;
            folded.push_str(plain);
        }
        let mut chars = after.chars();
        let Some(c) = chars.next() else { return folded };
        rest = chars.as_str();
        let joins = matches!(c, '\u{200c}' | '\u{200d}');
        if is_invisible(c)
            || joins && (space || folded.chars().next_back().is_none_or(|last| last.is_ascii()))
        {
            continue;
        }
        if c.is_whitespace() {
            space = true;
            continue;
        }
        if space && !folded.is_empty() {
            folded.push(' ');
        }
        space = false;
        // The slash of a fraction is one.
        folded.push(if c == '\u{2044}' { '/' } else { c });
    }
}

/// Bytes at the beginning of a text that are taken as they are, most of most texts: words in ASCII with a space between two.
fn folded_already(text: &[u8]) -> usize {
    let mut length = 0;
    loop {
        length += text[length..].iter().take_while(|byte| byte.is_ascii_graphic()).count();
        match text[length..] {
            [b' ', next, ..] if length > 0 && next.is_ascii_graphic() => length += 1,
            _ => return length,
        }
    }
}

/// The text of a text node, shared with the tree.
pub(crate) fn text_in(node: &NodeRef<'_>) -> Option<StrTendril> {
    node.query(|node| match &node.data {
        NodeData::Text { contents } => Some(contents.clone()),
        _ => None,
    })?
}

/// Nodes of a short text at most.
const SHORT_NODES: usize = 100;

/// What holds characters that are no text, unless they are what is asked for.
pub(crate) const UNREAD: [&str; 3] = ["script", "style", "title"];

/// The text in `node` where it is short: of at most `longest` bytes, in few nodes. So much can be
/// asked of any node of a page, as deep as they nest.
pub(crate) fn short_text(node: &NodeRef<'_>, longest: usize) -> Option<String> {
    let mut text = String::new();
    for (count, inner) in std::iter::once(*node).chain(node.descendants_it()).enumerate() {
        if let Some(contents) = text_in(&inner)
            && text.len() <= longest
            && !inner
                .parent()
                .is_some_and(|parent| parent.id != node.id && UNREAD.iter().any(|name| parent.has_name(name)))
        {
            text.push_str(&contents);
        }
        if count >= SHORT_NODES || text.len() > longest {
            return None;
        }
    }
    Some(text)
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_folds_and_the_invisible_goes() {
        assert_eq!(fold("  a\u{a0}\n b\u{ad}c \u{200b} "), "a bc");
        assert_eq!(fold(" \n "), "");
        assert_eq!(
            fold("صفحه\u{200c}ها a\u{200d}b 👨\u{200d}👩 \u{200c}c 1\u{2044}2"),
            "صفحه\u{200c}ها ab 👨\u{200d}👩 c 1/2"
        );
    }
}
