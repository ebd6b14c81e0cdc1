//! Lines of a region to blocks: paragraphs, headings, items of lists, rows of tables.

use super::segments::Segment;
use protocol::TextKind;

/// In ems, what a first line is indented by at least.
const INDENT: f32 = 0.9;
/// Of the usual distance between lines, what parts paragraphs.
const APART: f32 = 1.3;
/// Of a size, by how much another one differs.
const OTHER_SIZE: f32 = 0.08;
/// Of a region's width, how far from its right edge a line ends that is the last of a paragraph.
const SHORT: f32 = 0.15;
/// Of the size of running text, headings are larger …
const HEADING: f32 = 1.12;
/// … notes smaller.
const NOTE: f32 = 0.92;
/// Of a page's height, above which there are no notes.
const NOTES: f32 = 0.5;
/// Longer ones are no headings, whatever they look like.
const HEADING_LETTERS: usize = 200;

/// A block of a page.
#[derive(Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) kind: TextKind,
    pub(super) text: String,
    /// Height of an em, of its first line.
    pub(super) size: f32,
    /// Whether it is a note at the foot of the page.
    pub(super) is_note: bool,
}

/// What the lines of a whole document look like.
pub(super) struct Looks {
    /// Height of an em of running text.
    pub(super) size: f32,
}

impl Looks {
    /// Of the segments of all pages.
    pub(super) fn of<'a>(segments: impl Iterator<Item = &'a Segment>) -> Self {
        let mut letters = std::collections::BTreeMap::<u32, usize>::new();
        for segment in segments {
            *letters.entry(halves(segment.size)).or_default() += segment.length();
        }
        let size = letters.into_iter().max_by_key(|(_, count)| *count).map_or(0, |(size, _)| size);
        Self { size: size as f32 / 2.0 }
    }
}

/// Half points, of a size that is within a page.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
fn halves(size: f32) -> u32 {
    (2.0 * size).round() as u32
}

/// A line: its cells, of a table more than one.
struct Line {
    cells: Vec<Segment>,
}

impl Line {
    fn left(&self) -> f32 {
        self.cells.first().map_or(0.0, |cell| cell.left)
    }

    fn right(&self) -> f32 {
        self.cells.last().map_or(0.0, |cell| cell.right)
    }

    fn y(&self) -> f32 {
        self.cells.first().map_or(0.0, |cell| cell.y)
    }

    fn size(&self) -> f32 {
        self.cells.iter().map(|cell| cell.size).fold(0.0, f32::max)
    }

    fn is_bold(&self) -> bool {
        self.cells.iter().all(|cell| cell.is_bold)
    }

    /// Whether it begins with the sign of an item of a list, alone or with the item.
    fn is_item(&self) -> bool {
        self.cells.first().is_some_and(|cell| marker(&cell.text).is_some())
    }

    /// Whether it is a row of a table, as far as it shows by itself.
    fn is_row(&self) -> bool {
        self.cells.len() > 1 + usize::from(self.is_item())
    }

    fn text(&self, between: &str) -> String {
        let texts: Vec<_> = self.cells.iter().map(|cell| cell.text.as_str()).collect();
        texts.join(between)
    }
}

/// The blocks of a region. `bottom_half` begins where there may be notes.
pub(super) fn pieces(
    segments: Vec<Segment>,
    looks: &Looks,
    (top, bottom): (f32, f32),
    is_right_to_left: bool,
    join: &impl Fn(&mut String, &str),
) -> Vec<Piece> {
    let lines = lines(segments, is_right_to_left);
    let pitch = pitch(&lines);
    let left = lines.iter().map(Line::left).fold(f32::INFINITY, f32::min);
    let right = lines.iter().map(Line::right).fold(f32::NEG_INFINITY, f32::max);
    let width = right - left;
    let mut pieces: Vec<Piece> = Vec::new();
    let mut before: Option<&Line> = None;
    for (at, line) in lines.iter().enumerate() {
        // A single line with gaps is justified, or holds a number at its end.
        let is_row = |at: usize| lines.get(at).is_some_and(Line::is_row);
        let is_row = is_row(at) && (is_row(at + 1) || at > 0 && is_row(at - 1));
        let is_note = line.size() < NOTE * looks.size && line.y() > top + NOTES * (bottom - top);
        let starts = before.is_none_or(|before| {
            let is_short = if is_right_to_left {
                before.left() - left > SHORT * width
            } else {
                right - before.right() > SHORT * width
            };
            let indent =
                if is_right_to_left { before.right() - line.right() } else { line.left() - before.left() };
            let in_item = pieces.last().is_some_and(|piece| piece.kind == TextKind::ListItem);
            is_row
                || line.is_item()
                || line.y() - before.y() > APART * pitch.max(line.size())
                || (line.size() - before.size()).abs() > OTHER_SIZE * before.size()
                || line.is_bold() != before.is_bold()
                || indent > INDENT * line.size() && !in_item
                || in_item && indent < -INDENT * line.size() && !before.is_item()
                || is_note && begins_note(&line.text(" "))
                || is_short
                    && ends_sentence(&before.text(" "))
                    && !line.text("").starts_with(char::is_lowercase)
        });
        let text = if is_row { line.text(" | ") } else { line.text(" ") };
        let last_is_row = pieces.last().is_some_and(|piece| piece.kind == TextKind::TableRow);
        match pieces.last_mut() {
            Some(piece) if !starts && !last_is_row => join(&mut piece.text, &text),
            _ => pieces.push(piece(text, is_row, is_note, line, looks)),
        }
        before = Some(line);
    }
    pieces
}

fn piece(text: String, is_row: bool, is_note: bool, line: &Line, looks: &Looks) -> Piece {
    let size = line.size();
    let looks_like_heading = size > HEADING * looks.size
        || line.is_bold() && size > NOTE * looks.size && !text.ends_with(['.', ',', ';', ':']);
    let (kind, text) = if is_row {
        (TextKind::TableRow, text)
    } else if looks_like_heading && text.chars().count() <= HEADING_LETTERS {
        (TextKind::Heading, text)
    } else if let Some(length) = marker(&text) {
        // A number says which item it is, a bullet nothing.
        let is_number = text.starts_with(|c: char| c.is_alphanumeric() || c == '(');
        let text = if is_number { text } else { text[length..].trim_start().to_owned() };
        (TextKind::ListItem, text)
    } else {
        (TextKind::Paragraph, text)
    };
    Piece { kind, text, size, is_note }
}

/// Segments on the same line, in the order in which they are read.
fn lines(segments: Vec<Segment>, is_right_to_left: bool) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for segment in segments {
        match lines.last_mut() {
            Some(line) if (segment.y - line.y()).abs() < 0.5 * line.size().max(segment.size) => {
                line.cells.push(segment);
            }
            _ => lines.push(Line { cells: vec![segment] }),
        }
    }
    for line in &mut lines {
        line.cells.sort_by(|one, other| one.left.total_cmp(&other.left));
        if is_right_to_left {
            line.cells.reverse();
        }
    }
    lines
}

/// The usual distance between lines.
fn pitch(lines: &[Line]) -> f32 {
    let mut distances: Vec<f32> = lines.windows(2).map(|pair| pair[1].y() - pair[0].y()).collect();
    distances.sort_by(f32::total_cmp);
    // The lower third: paragraphs of one line are further apart from each other than lines.
    distances.get(distances.len() / 3).copied().unwrap_or_default()
}

/// How many bytes the sign is long that begins an item of a list.
fn marker(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let rest = &text[first.len_utf8()..];
    if "•◦▪▫‣⁃●○■□➢✓".contains(first) || "–—-*".contains(first) && rest.starts_with(' ')
    {
        return Some(first.len_utf8());
    }
    let word = text.split(' ').next()?;
    if word.len() == text.len() && !text.ends_with(['.', ')']) {
        return None;
    }
    let label = word.strip_prefix('(').unwrap_or(word).strip_suffix(['.', ')'])?;
    let is_label = label.len() <= 2 && label.chars().all(|c| c.is_ascii_digit())
        || label.len() == 1 && word.ends_with(')') && label.chars().all(|c| c.is_ascii_lowercase());
    (is_label && !label.is_empty()).then_some(word.len())
}

fn begins_note(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || "*†‡§¶[".contains(c))
}

/// Whether a text may end here.
pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', '’', '»', '“', ')', ']']);
    text.ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '؟'])
}

#[cfg(test)]
mod tests {
    use super::marker;

    #[test]
    fn signs_of_lists() {
        for (text, length) in [
            ("• one", 3),
            ("– two", 3),
            ("1. three", 2),
            ("12) four", 3),
            ("(a) five", 3),
            ("•", 3),
            ("3.", 2),
        ] {
            assert_eq!(marker(text), Some(length), "{text}");
        }
        for text in ["One", "2024. A year", "a. m.", "–5 degrees", "-based", "", "A) no", "1.5 metres"] {
            assert_eq!(marker(text), None, "{text}");
        }
    }
}
