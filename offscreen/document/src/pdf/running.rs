//! What is on every page and belongs to none: running heads and feet, numbers of pages.

use super::segments::Segment;
use std::collections::HashMap;

/// Of a page's height at its top and at its bottom, where running heads and feet are looked for.
const EDGE: f32 = 0.12;
/// Lines at either edge that may be such.
const LINES: usize = 3;
/// Of the pages, how many a line is on at least that is on every one: left and right pages differ,
/// chapters have their own.
const SHARE: f32 = 0.2;

/// A page's segments, and from where to where it goes.
pub(super) struct Page {
    pub(super) segments: Vec<Segment>,
    pub(super) top: f32,
    pub(super) bottom: f32,
}

/// Takes out what runs through all the pages.
pub(super) fn drop_running(pages: &mut [Page]) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for page in &*pages {
        for at in edges(page) {
            *counts.entry(pattern(&page.segments[at].text)).or_default() += 1;
        }
    }
    let least = (SHARE * pages.len() as f32).max(2.0);
    for page in pages {
        let edges = edges(page);
        let mut at = 0;
        let mut goes = |segment: &Segment| {
            let is_edge = edges.binary_search(&at).is_ok();
            at += 1;
            let is_running =
                || counts.get(&pattern(&segment.text)).is_some_and(|&count| count as f32 >= least);
            is_edge && (is_page_number(&segment.text) || is_running())
        };
        page.segments.retain(|segment| !goes(segment));
    }
}

/// Which segments lie at the edges, in order.
fn edges(page: &Page) -> Vec<usize> {
    let edge = EDGE * (page.bottom - page.top);
    let is_at_edge = |segment: &Segment| segment.y < page.top + edge || segment.y > page.bottom - edge;
    let of_lines = |indices: &mut dyn Iterator<Item = usize>| {
        let mut lines: Vec<f32> = Vec::new();
        let mut found = Vec::new();
        for at in indices {
            let segment = &page.segments[at];
            if lines.last().is_none_or(|y| (y - segment.y).abs() > segment.size / 2.0) {
                lines.push(segment.y);
            }
            if lines.len() > LINES || !is_at_edge(segment) {
                break;
            }
            found.push(at);
        }
        found
    };
    let mut edges = of_lines(&mut (0..page.segments.len()));
    edges.extend(of_lines(&mut (0..page.segments.len()).rev()));
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// A text with its numbers taken for one.
fn pattern(text: &str) -> String {
    let mut pattern = String::new();
    for char in text.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }) {
        if char != '#' || !pattern.ends_with('#') {
            pattern.push(char);
        }
    }
    pattern
}

/// `12`, `– 12 –`, `xii`, `Page 3 of 10`, `3/10`.
fn is_page_number(text: &str) -> bool {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_number = |word: &str| word.len() <= 4 && word.chars().all(|c| c.is_ascii_digit());
    let is_roman = |word: &str| {
        let word = word.to_ascii_lowercase();
        word.len() <= 7 && word.chars().all(|c| "ivxlc".contains(c))
    };
    match *words {
        [one] => is_number(one) || is_roman(one),
        [one, other] => {
            is_number(other)
                && ["p", "page", "seite", "página", "pagina"].contains(&one.to_lowercase().as_str())
                || is_number(one) && is_number(other)
        }
        [_, one, "of" | "von" | "de" | "sur" | "di", other] => is_number(one) && is_number(other),
        [one, "of" | "von" | "de" | "sur" | "di", other] => is_number(one) && is_number(other),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_page_number, pattern};

    #[test]
    fn numbers_of_pages() {
        for text in ["12", "– 12 –", "xii", "Page 3 of 10", "3 / 10", "Seite 4", "Page 2", "2 of 7"] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["", "2024 was dry", "Summary", "12345", "Chapter 2", "In 3 of 10 cases"] {
            assert!(!is_page_number(text), "{text}");
        }
    }

    #[test]
    fn lines_that_differ_in_a_number_are_one() {
        assert_eq!(pattern("Report 2024, p. 117"), pattern("Report 2023, p. 3"));
        assert_ne!(pattern("Chapter 1"), pattern("Chapter one"));
    }
}
