//! How deep a page's elements nest, as the parser will see it.

use html5ever::{LocalName, local_name};

/// Elements open at once that are kept. A browser's own parser stops at 512, and honest pages stay below 100. Parsing
/// takes quadratic time in this, and the article finder recurses over the tree on a stack of 1 MiB.
const LIMIT: usize = 256;

/// What becomes of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The parser sees it.
    Keep,
    /// It nests too deeply.
    Drop,
}

/// The elements open now, with end tags implied where HTML implies them: a long list without `</li>` is not deep.
#[derive(Debug, Default)]
pub(crate) struct Nesting {
    open: Vec<LocalName>,
    /// Start tags dropped whose end tags are still to come.
    dropped: usize,
}

impl Nesting {
    /// A start tag.
    pub(crate) fn open(&mut self, name: &LocalName, self_closing: bool) -> Verdict {
        self.imply_ends(name);
        if is_void(name) || self_closing && self.is_foreign() {
            return Verdict::Keep;
        }
        if self.open.len() >= LIMIT && !is_raw_text(name) {
            self.dropped += 1;
            return Verdict::Drop;
        }
        self.open.push(name.clone());
        Verdict::Keep
    }

    /// An end tag.
    pub(crate) fn close(&mut self, name: &LocalName) -> Verdict {
        if self.dropped > 0 {
            self.dropped -= 1;
            return Verdict::Drop;
        }
        if let Some(index) = self.open.iter().rposition(|open| open == name) {
            self.open.truncate(index);
        }
        Verdict::Keep
    }

    /// Closes what a start tag closes by coming.
    fn imply_ends(&mut self, name: &LocalName) {
        if closes_paragraph(name) {
            self.close_up_to(&["p"], &["button", "td", "th", "caption", "table", "object", "svg"]);
        }
        match &**name {
            "li" => self.close_up_to(&["li"], &["ul", "ol", "menu", "table"]),
            "dt" | "dd" => self.close_up_to(&["dt", "dd"], &["dl", "table"]),
            "option" | "optgroup" => self.close_up_to(&["option"], &["select", "datalist"]),
            "td" | "th" => self.close_up_to(&["td", "th", "caption"], &["tr", "table"]),
            "tr" => self.close_up_to(&["tr", "caption"], &["table"]),
            "tbody" | "thead" | "tfoot" => {
                self.close_up_to(&["tbody", "thead", "tfoot", "caption"], &["table"])
            }
            "body" => self.close_up_to(&["head"], &[]),
            _ => {}
        }
    }

    fn close_up_to(&mut self, names: &[&str], within: &[&str]) {
        let inner = self.open.iter().rposition(|open| within.contains(&&**open)).map_or(0, |index| index + 1);
        if let Some(index) = self.open[inner..].iter().rposition(|open| names.contains(&&**open)) {
            self.open.truncate(inner + index);
        }
    }

    fn is_foreign(&self) -> bool {
        self.open.iter().any(|open| matches!(*open, local_name!("svg") | local_name!("math")))
    }
}

fn is_void(name: &str) -> bool {
    let void = [
        "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "image", "img", "input",
        "keygen", "link", "meta", "param", "source", "track", "wbr",
    ];
    void.contains(&name)
}

/// Elements whose content is no markup: without their tags it would become text of the page. They hold no elements.
fn is_raw_text(name: &str) -> bool {
    matches!(name, "script" | "style" | "textarea" | "title" | "xmp" | "iframe" | "noembed" | "noframes")
}

fn closes_paragraph(name: &str) -> bool {
    crate::blocks::is_block(name)
        && !matches!(name, "caption" | "tbody" | "tfoot" | "thead" | "tr" | "legend")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dropped(tags: &[&str]) -> usize {
        let mut nesting = Nesting::default();
        let verdicts = tags.iter().map(|tag| match tag.strip_prefix('/') {
            Some(name) => nesting.close(&name.into()),
            None => nesting.open(&(*tag).into(), false),
        });
        verdicts.filter(|verdict| *verdict == Verdict::Drop).count()
    }

    #[test]
    fn long_pages_without_end_tags_are_not_deep() {
        for sloppy in [
            vec!["li"],
            vec!["p", "span"],
            vec!["dt", "dd"],
            vec!["p", "br"],
            vec!["h2", "/h2", "p", "ul", "li", "p", "li", "/ul"],
            vec!["img"],
        ] {
            assert_eq!(dropped(&sloppy.repeat(1_000)), 0, "{sloppy:?}");
        }
        let table = [vec!["table"], ["tr", "td", "p", "td"].repeat(1_000), vec!["/table"]].concat();
        assert_eq!(dropped(&table), 0);
    }

    #[test]
    fn what_is_too_deep_is_dropped_with_its_end() {
        let deep = [vec!["div"; 1_000], vec!["/div"; 1_000], vec!["p", "/p"]].concat();
        assert_eq!(dropped(&deep), 2 * (1_000 - LIMIT));
    }
}
