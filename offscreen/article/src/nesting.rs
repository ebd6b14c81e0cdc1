//! How deep a page's elements nest, as the parser will see it.

use crate::elements::is_block;
use html5ever::{LocalName, local_name};

/// Elements open at once that are kept. A browser's own parser stops at 512, and honest pages stay
/// below 100. Parsing takes quadratic time in this, and the article finder recurses over the tree
/// on a stack of 1 MiB.
const LIMIT: usize = 256;

const PARAGRAPH_SCOPE: [LocalName; 7] = [
    local_name!("button"),
    local_name!("td"),
    local_name!("th"),
    local_name!("caption"),
    local_name!("table"),
    local_name!("object"),
    local_name!("svg"),
];

const LIST_SCOPE: [LocalName; 5] =
    [local_name!("ul"), local_name!("ol"), local_name!("menu"), local_name!("dl"), local_name!("table")];

const TABLE_PARTS: [LocalName; 4] =
    [local_name!("tbody"), local_name!("thead"), local_name!("tfoot"), local_name!("caption")];

/// What becomes of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The parser sees it.
    Keep,
    /// It nests too deeply.
    Drop,
}

/// The elements open now, with end tags implied where HTML implies them: a long list without
/// `</li>` is not deep.
#[derive(Debug, Default)]
pub(crate) struct Nesting {
    open: Vec<LocalName>,
    /// Start tags dropped whose end tags are still to come.
    dropped: usize,
}

impl Nesting {
    /// A start tag came: whether the parser is to see it.
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

    /// An end tag came: whether the parser is to see it.
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
            self.close_up_to(&[local_name!("p")], &PARAGRAPH_SCOPE);
        }
        match *name {
            local_name!("li") => self.close_up_to(&[local_name!("li")], &LIST_SCOPE),
            local_name!("dt") | local_name!("dd") => {
                self.close_up_to(&[local_name!("dt"), local_name!("dd")], &LIST_SCOPE);
            }
            local_name!("option") | local_name!("optgroup") => {
                self.close_up_to(&[local_name!("option")], &[local_name!("select"), local_name!("datalist")]);
            }
            local_name!("td") | local_name!("th") => {
                self.close_up_to(
                    &[local_name!("td"), local_name!("th")],
                    &[local_name!("tr"), local_name!("table")],
                );
            }
            local_name!("tr") => {
                self.close_up_to(&[local_name!("tr"), local_name!("caption")], &[local_name!("table")]);
            }
            local_name!("tbody") | local_name!("thead") | local_name!("tfoot") => {
                self.close_up_to(&TABLE_PARTS, &[local_name!("table")]);
            }
            local_name!("body") => self.close_up_to(&[local_name!("head")], &[]),
            _ => {}
        }
    }

    /// Closes the innermost element of these names, unless one of the others is open inside it.
    fn close_up_to(&mut self, names: &[LocalName], within: &[LocalName]) {
        let found = self.open.iter().rposition(|open| names.contains(open) || within.contains(open));
        if let Some(index) = found.filter(|index| names.contains(&self.open[*index])) {
            self.open.truncate(index);
        }
    }

    fn is_foreign(&self) -> bool {
        self.open.iter().any(|open| matches!(*open, local_name!("svg") | local_name!("math")))
    }
}

fn is_void(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("area")
            | local_name!("base")
            | local_name!("basefont")
            | local_name!("bgsound")
            | local_name!("br")
            | local_name!("col")
            | local_name!("embed")
            | local_name!("frame")
            | local_name!("hr")
            | local_name!("image")
            | local_name!("img")
            | local_name!("input")
            | local_name!("keygen")
            | local_name!("link")
            | local_name!("meta")
            | local_name!("param")
            | local_name!("source")
            | local_name!("track")
            | local_name!("wbr")
    )
}

/// Elements whose content is no markup: without their tags it would become text of the page. They
/// hold no elements.
fn is_raw_text(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("script")
            | local_name!("style")
            | local_name!("textarea")
            | local_name!("title")
            | local_name!("xmp")
            | local_name!("iframe")
            | local_name!("noembed")
            | local_name!("noframes")
    )
}

fn closes_paragraph(name: &LocalName) -> bool {
    is_block(name)
        && !matches!(
            *name,
            local_name!("caption")
                | local_name!("tbody")
                | local_name!("tfoot")
                | local_name!("thead")
                | local_name!("tr")
                | local_name!("legend")
        )
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
