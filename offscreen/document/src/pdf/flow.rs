//! Blocks of pages to a document: a paragraph goes on over the end of its page or column, notes wait
//! until it is over.

use super::paragraphs::{Piece, ends_sentence};
use protocol::{Document, PageStart, TextBlock, TextKind};

/// Sizes of headings that are told from each other.
const LEVELS: usize = 6;
/// Names of files and of the programs that made them are no titles.
const NO_TITLES: [&str; 6] = ["untitled", "microsoft word", ".doc", ".tex", ".dvi", ".indd"];

/// A document under way.
#[derive(Default)]
pub(super) struct Flow {
    document: Document,
    /// For each block the height of an em.
    sizes: Vec<f32>,
    /// Notes that follow the paragraph that goes on.
    notes: Vec<(u32, Piece)>,
}

impl Flow {
    /// Adds a page.
    pub(super) fn page(&mut self, page: u32, pieces: Vec<Piece>, join: &impl Fn(&mut String, &str)) {
        let (notes, pieces): (Vec<_>, Vec<_>) = pieces.into_iter().partition(|piece| piece.is_note);
        for piece in pieces {
            let last = self.document.blocks.last_mut();
            match last.filter(|last| goes_on(last, &piece)) {
                Some(last) => {
                    join(&mut last.text, &piece.text);
                    // Where the page begins, as well as it can be told: a word may lie on both.
                    let offset = last.text.len() - piece.text.len().min(last.text.len());
                    let block = self.document.blocks.len() - 1;
                    start(&mut self.document.pages, page, block, offset);
                }
                None => {
                    self.flush();
                    self.push(page, piece);
                }
            }
        }
        self.notes.extend(notes.into_iter().map(|note| (page, note)));
        if self.document.blocks.last().is_none_or(|last| ends_sentence(&last.text)) {
            self.flush();
        }
    }

    /// Sets the title, if it is one; else the first of the largest headings is.
    pub(super) fn title(&mut self, declared: Option<String>) {
        let is_title = |title: &String| {
            let lower = title.to_lowercase();
            NO_TITLES.iter().all(|no| !lower.contains(no)) && lower.chars().any(char::is_alphabetic)
        };
        let headings = || {
            self.document.blocks.iter().zip(&self.sizes).filter(|(block, _)| block.kind == TextKind::Heading)
        };
        let largest = headings().map(|(_, &size)| size).fold(0.0, f32::max);
        let heading = headings().find(|(_, size)| **size >= largest).map(|(block, _)| block.text.clone());
        self.document.title = declared.filter(is_title).or(heading).unwrap_or_default();
    }

    pub(super) fn finish(mut self) -> Document {
        self.flush();
        let mut sizes: Vec<f32> = Vec::new();
        for (block, &size) in self.document.blocks.iter().zip(&self.sizes) {
            if block.kind == TextKind::Heading && sizes.iter().all(|known| (known - size).abs() > 0.5) {
                sizes.push(size);
            }
        }
        sizes.sort_by(|one, other| other.total_cmp(one));
        for (block, &size) in self.document.blocks.iter_mut().zip(&self.sizes) {
            let level = sizes.iter().position(|known| (known - size).abs() <= 0.5).unwrap_or(LEVELS);
            block.level = u8::try_from(level.min(LEVELS - 1) + 1).unwrap_or(1);
        }
        self.document
    }

    fn flush(&mut self) {
        for (page, note) in std::mem::take(&mut self.notes) {
            self.push(page, note);
        }
    }

    fn push(&mut self, page: u32, Piece { kind, text, size, .. }: Piece) {
        if text.is_empty() {
            return;
        }
        let block = self.document.blocks.len();
        start(&mut self.document.pages, page, block, 0);
        self.sizes.push(size);
        self.document.blocks.push(TextBlock { kind, text, level: 0 });
    }
}

/// Notes where the text of a page begins, unless the text before it is of the same.
fn start(pages: &mut Vec<PageStart>, page: u32, block: usize, offset: usize) {
    if pages.last().is_some_and(|last| last.page == page) {
        return;
    }
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    pages.push(PageStart { page, block: number(block), offset: number(offset) });
}

/// Whether a paragraph goes on with a piece.
fn goes_on(last: &TextBlock, piece: &Piece) -> bool {
    let is_text = |kind: TextKind| matches!(kind, TextKind::Paragraph | TextKind::ListItem);
    is_text(last.kind)
        && piece.kind == TextKind::Paragraph
        && !ends_sentence(&last.text)
        && (last.text.ends_with(['-', '\u{AD}', ','])
            || !piece.text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
}
