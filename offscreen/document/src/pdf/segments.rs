//! Letters to segments: stretches of one line without a gap that a column or a cell would leave.

use super::direction::{is_right_to_left, logical};
use super::glyphs::{Glyph, Layer};
use unicode_normalization::UnicodeNormalization;

/// In ems. Between letters more is a space, although no letter says so …
const SPACE: f32 = 0.17;
/// … and between words more is no space any more.
const GAP: f32 = 0.95;
/// Of an em, what letters on the same line may lie higher or lower than each other.
const SAME_LINE: f32 = 0.35;
/// Of the letters around it, how large a raised one is at most.
const RAISED_SIZE: f32 = 0.8;
/// Of an em, how much higher it stands at least.
const RAISED_BY: f32 = 0.15;

/// A stretch of one line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Segment {
    /// In the order in which it is read.
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    /// Where its baseline is.
    pub(super) y: f32,
    /// Height of an em, of most of it.
    pub(super) size: f32,
    /// Whether most of it is bold.
    pub(super) is_bold: bool,
}

impl Segment {
    pub(super) fn length(&self) -> usize {
        self.text.chars().count()
    }
}

/// A layer's segments from top to bottom, those of one line from left to right, and how many of its
/// letters stand for nothing that is known.
pub(super) fn segments(layer: &Layer) -> (Vec<Segment>, usize) {
    let unknown = layer.glyphs.iter().filter(|glyph| glyph.text.is_none()).count();
    let mut spans = spans(&layer.glyphs);
    spans.sort_by(|one, other| one.y.total_cmp(&other.y));
    let mut segments = Vec::new();
    let mut rest = spans.into_iter().peekable();
    while let Some(first) = rest.next() {
        let (y, tolerance) = (first.y, SAME_LINE * first.size);
        let mut row = vec![first];
        while let Some(span) = rest.next_if(|span| span.y - y <= tolerance) {
            row.push(span);
        }
        row.sort_by(|one, other| one.left.total_cmp(&other.left));
        let mut row = row.into_iter();
        let Some(mut whole) = row.next() else { continue };
        for span in row {
            if span.left - whole.right <= GAP * whole.size.max(span.size) {
                whole.merge(span);
            } else {
                segments.extend(std::mem::replace(&mut whole, span).segment());
            }
        }
        segments.extend(whole.segment());
    }
    (segments, unknown)
}

/// Letters that were drawn one after the other on one line.
struct Span<'a> {
    glyphs: Vec<&'a Glyph>,
    left: f32,
    right: f32,
    y: f32,
    size: f32,
}

fn spans(glyphs: &[Glyph]) -> Vec<Span<'_>> {
    let mut spans: Vec<Span<'_>> = Vec::new();
    for glyph in glyphs {
        match spans.last_mut() {
            Some(span) if span.goes_on_with(glyph) => span.push(glyph),
            _ => spans.push(Span {
                glyphs: vec![glyph],
                left: glyph.left,
                right: glyph.right,
                y: glyph.y,
                size: glyph.size,
            }),
        }
    }
    spans
}

impl<'a> Span<'a> {
    fn goes_on_with(&self, glyph: &Glyph) -> bool {
        let size = self.size.max(glyph.size);
        let after = glyph.left - self.right;
        let before = self.left - glyph.right;
        let is_beside =
            (-0.3 * size..=GAP * size).contains(&after) || (-0.3 * size..=GAP * size).contains(&before);
        // A raised letter counts by the line that it is raised from.
        (self.y - glyph.y).abs() <= SAME_LINE * size + if glyph.size < self.size { 0.2 * size } else { 0.0 }
            && is_beside
    }

    fn push(&mut self, glyph: &'a Glyph) {
        self.left = self.left.min(glyph.left);
        self.right = self.right.max(glyph.right);
        if glyph.size > self.size {
            (self.size, self.y) = (glyph.size, glyph.y);
        }
        self.glyphs.push(glyph);
    }

    fn merge(&mut self, other: Self) {
        self.left = self.left.min(other.left);
        self.right = self.right.max(other.right);
        if other.size > self.size {
            (self.size, self.y) = (other.size, other.y);
        }
        self.glyphs.extend(other.glyphs);
    }

    /// None where there is nothing but space.
    fn segment(mut self) -> Option<Segment> {
        self.glyphs.sort_by(|one, other| one.left.total_cmp(&other.left));
        let mut sizes: Vec<f32> = self.glyphs.iter().map(|glyph| glyph.size).collect();
        sizes.sort_by(f32::total_cmp);
        let size = sizes.get(sizes.len() / 2).copied()?;
        let bold = self.glyphs.iter().filter(|glyph| glyph.is_bold).count();
        let text = logical(&visual(&self.glyphs, self.y, size));
        let segment = Segment {
            text,
            left: self.left,
            right: self.right,
            y: self.y,
            size,
            is_bold: 2 * bold > self.glyphs.len(),
        };
        (!segment.text.is_empty()).then_some(segment)
    }
}

/// The text of letters from left to right, with a space where there is room for one; marks of notes
/// are left out.
fn visual(glyphs: &[&Glyph], y: f32, size: f32) -> String {
    let mut text = String::new();
    let mut end: Option<f32> = None;
    let mut at = 0;
    while let Some(glyph) = glyphs.get(at) {
        let is_raised = |glyph: &Glyph| glyph.size < RAISED_SIZE * size && glyph.y < y - RAISED_BY * size;
        if is_raised(glyph) {
            let count = glyphs[at..].iter().take_while(|glyph| is_raised(glyph)).count();
            let raised: String = glyphs[at..at + count].iter().map(|glyph| letters(glyph)).collect();
            if is_note_mark(raised.trim()) && text.ends_with(|c: char| !c.is_ascii_digit()) {
                end = Some(glyphs[at + count - 1].right);
                at += count;
                continue;
            }
        }
        let letters = letters(glyph);
        let has_gap = end.is_some_and(|end| glyph.left - end > SPACE * glyph.size.min(size));
        if (has_gap || letters.starts_with(char::is_whitespace)) && !text.is_empty() && !text.ends_with(' ') {
            text.push(' ');
        }
        let letters = letters.trim();
        text.push_str(letters);
        if !letters.is_empty() {
            end = Some(end.map_or(glyph.right, |end: f32| end.max(glyph.right)));
        }
        at += 1;
    }
    text.truncate(text.trim_end().len());
    text
}

fn is_note_mark(text: &str) -> bool {
    let length = text.chars().count();
    (1..=3).contains(&length) && text.chars().all(|c| c.is_ascii_digit() || "*†‡§¶,".contains(c))
}

/// What a letter stands for: forms that only typesetters know are taken apart; of what is unknown or
/// no letter at all, nothing is left.
fn letters(glyph: &Glyph) -> String {
    let text = glyph.text.as_deref().unwrap_or_default();
    let is_private = |c: char| matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}');
    let kept = text.chars().filter(|&c| !is_private(c) && c != '\u{FFFD}');
    let mut letters = String::new();
    for char in kept {
        match char {
            c if c.is_control() || c == '\u{A0}' => letters.push(' '),
            '\u{FB00}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => letters.extend(std::iter::once(char).nfkc()),
            c => letters.push(c),
        }
    }
    // It is reversed with its line later: letters that are read to the left stand so too.
    if letters.chars().count() > 1 && letters.chars().all(is_right_to_left) {
        return letters.chars().rev().collect();
    }
    letters
}
