//! Bounding how deep a page nests, before it is parsed.

use std::borrow::Cow;

/// Elements open at once that are kept. Honest pages stay below 100; parsers take quadratic time on more, and the article
/// finder recurses.
const LIMIT: usize = 256;

/// Elements whose end tag may be missing, or that have none: they cannot nest without one of the others in between.
const NOT_COUNTED: [&str; 31] = [
    "area", "base", "br", "caption", "col", "colgroup", "dd", "dt", "embed", "hr", "img", "input", "li",
    "link", "meta", "optgroup", "option", "p", "param", "rp", "rt", "source", "tbody", "td", "tfoot", "th",
    "thead", "tr", "track", "wbr", "!doctype",
];

/// The page with the tags left out that would open more than [`LIMIT`] elements at once; their text stays.
pub(crate) fn limit_depth(html: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    let mut copied = 0;
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|i| at + i) {
        let end = html[open..].find('>').map_or(html.len(), |i| open + i + 1);
        let closing = html[open + 1..].starts_with('/');
        let name = &html[open + 1 + usize::from(closing)..end];
        let name =
            name.split(|c: char| !(c.is_ascii_alphanumeric() || c == '!' || c == '-')).next().unwrap_or("");
        at = if name.is_empty() { open + 1 } else { end };
        if name.is_empty() || NOT_COUNTED.iter().any(|known| name.eq_ignore_ascii_case(known)) {
            continue;
        }
        let too_deep = depth > LIMIT || depth == LIMIT && !closing;
        depth = if closing { depth.saturating_sub(1) } else { depth + 1 };
        if too_deep {
            kept.push_str(&html[copied..open]);
            kept.push(' ');
            copied = end;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(html);
    }
    kept.push_str(&html[copied..]);
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shallow_pages_are_left_alone() {
        let page = "<ul>".repeat(50) + &"<p>unclosed<li>too<br>".repeat(1_000) + "1 < 2 <3";
        assert!(matches!(limit_depth(&page), Cow::Borrowed(_)));
    }

    #[test]
    fn deep_pages_keep_their_text_and_their_outer_elements() {
        let page = "<div>".repeat(300) + "deep" + &"</div>".repeat(300) + "<p>after</p>";
        let limited = limit_depth(&page);
        assert_eq!(limited.matches("<div>").count(), LIMIT);
        assert_eq!(limited.matches("</div>").count(), LIMIT);
        assert!(limited.contains("deep") && limited.ends_with("<p>after</p>"));
    }
}
