//! A block's text with its inline markup beside it, by position.

use protocol::Span;
use std::collections::HashMap;
use std::ops::Range;

/// A text and the stretches that make it up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Styled {
    pub(super) text: String,
    /// In order, without gaps.
    pub(super) segments: Vec<Segment>,
}

/// A stretch of text under the same markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) range: Range<usize>,
    pub(super) mark: Option<u32>,
    pub(super) verbatim: bool,
}

impl Styled {
    /// Of a block's spans. White space is collapsed as a browser does when it draws a page, but for
    /// what is verbatim.
    pub(super) fn of(spans: &[Span]) -> Self {
        let mut styled = Self::default();
        for span in spans {
            if span.verbatim {
                styled.push(&span.text, span.mark, true);
                continue;
            }
            let mut text = String::new();
            let mut spaced =
                styled.text.ends_with(' ') && styled.segments.last().is_some_and(|segment| !segment.verbatim);
            for c in span.text.chars() {
                let space = matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
                if !(space && spaced) {
                    text.push(if space { ' ' } else { c });
                }
                spaced = space;
            }
            styled.push(&text, span.mark, false);
        }
        styled
    }

    /// A text without markup, as it is.
    pub(super) fn plain(text: &str) -> Self {
        let mut styled = Self::default();
        styled.push(text, None, false);
        styled
    }

    /// Appends text; joined to the last segment where that is alike. What is verbatim stays apart.
    pub(super) fn push(&mut self, text: &str, mark: Option<u32>, verbatim: bool) {
        if text.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(text);
        let end = self.text.len();
        match self.segments.last_mut() {
            Some(last) if last.mark == mark && !last.verbatim && !verbatim => last.range.end = end,
            _ => self.segments.push(Segment { range: start..end, mark, verbatim }),
        }
    }

    /// The segments within `range`, cut at its ends, counted from its start.
    pub(super) fn within(&self, range: &Range<usize>) -> Vec<Segment> {
        let cut = |segment: &Segment| {
            let (start, end) = (segment.range.start.max(range.start), segment.range.end.min(range.end));
            (start < end)
                .then(|| Segment { range: start - range.start..end - range.start, ..segment.clone() })
        };
        let first = self.segments.partition_point(|segment| segment.range.end <= range.start);
        self.segments[first..].iter().map_while(cut).collect()
    }

    /// Appends a stretch of another text as it is.
    pub(super) fn copy(&mut self, other: &Self, range: &Range<usize>) {
        for segment in other.within(range) {
            let text = &other.text[range.start + segment.range.start..range.start + segment.range.end];
            self.push(text, segment.mark, segment.verbatim);
        }
    }

    /// Where its verbatim parts are.
    pub(super) fn verbatim(&self) -> Vec<Range<usize>> {
        self.segments.iter().filter(|segment| segment.verbatim).map(|segment| segment.range.clone()).collect()
    }

    /// Takes marks away until each stands in no more places than in `original`.
    pub(super) fn limit_marks(&mut self, original: &Self) {
        let mut left: HashMap<u32, usize> = HashMap::new();
        original.places().into_iter().for_each(|(mark, _)| *left.entry(mark).or_default() += 1);
        for (mark, segments) in self.places() {
            match left.get_mut(&mark) {
                Some(count) if *count > 0 => *count -= 1,
                _ => self.segments[segments].iter_mut().for_each(|segment| segment.mark = None),
            }
        }
    }

    /// Each mark's places: neighbouring segments of one mark are one.
    fn places(&self) -> Vec<(u32, Range<usize>)> {
        let mut places: Vec<(u32, Range<usize>)> = Vec::new();
        for (at, segment) in self.segments.iter().enumerate() {
            let Some(mark) = segment.mark else { continue };
            match places.last_mut() {
                Some((last, range)) if *last == mark && range.end == at => range.end += 1,
                _ => places.push((mark, at..at + 1)),
            }
        }
        places
    }

    /// As the messages have it.
    pub(super) fn spans(&self) -> Vec<Span> {
        let span = |segment: &Segment| {
            let text = self.text[segment.range.clone()].to_owned();
            Span { text, mark: segment.mark, verbatim: segment.verbatim }
        };
        self.segments.iter().map(span).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str, mark: Option<u32>, verbatim: bool) -> Span {
        Span { text: text.to_owned(), mark, verbatim }
    }

    #[test]
    fn white_space_collapses_as_on_the_page() {
        let styled = Styled::of(&[
            span("Ein \n ", None, false),
            span(" Haus\t", Some(0), false),
            span("a  b", None, true),
        ]);
        assert_eq!(styled.text, "Ein Haus a  b");
        assert_eq!(
            styled.spans(),
            [span("Ein ", None, false), span("Haus ", Some(0), false), span("a  b", None, true)]
        );
        assert_eq!(styled.verbatim().first(), Some(&(9..13)));
    }

    #[test]
    fn marks_stand_in_no_more_places_than_before() {
        let original = Styled::of(&[span("ab", Some(3), false)]);
        let mut torn = Styled::default();
        [("a", Some(3)), (" ", None), ("b", Some(3)), ("c", Some(4))]
            .into_iter()
            .for_each(|(text, mark)| torn.push(text, mark, false));
        torn.limit_marks(&original);
        let marks: Vec<Option<u32>> = torn.segments.iter().map(|segment| segment.mark).collect();
        assert_eq!(marks, [Some(3), None, None, None]);
    }
}
