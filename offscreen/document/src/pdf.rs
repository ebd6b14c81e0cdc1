//! PDF: letters with places to blocks in the order in which they are read.
//!
//! `glyphs` are the letters that a page shows, as `hayro_interpret` draws them; `segments` what of
//! them stands together on a line (`direction`: Hebrew and Arabic); `running` drops what every page
//! repeats; `columns` puts the rest in order; `paragraphs` makes blocks of lines, `join` words of
//! their halves; `flow` leads the blocks over the pages' ends.

mod columns;
mod direction;
mod flow;
mod glyphs;
mod join;
mod paragraphs;
mod running;
mod segments;

use crate::Error;
use flow::Flow;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::{InterpreterCache, InterpreterSettings, RenderContent};
use join::Hyphens;
use paragraphs::{Looks, Piece, pieces};
use protocol::Document;
use running::{Page, drop_running};
use std::ops::ControlFlow;

/// Bytes of text that are read at most: as of a web page.
const MOST_TEXT: usize = 4 << 20;

/// Reads a PDF page by page, as long as `pause` lets it. What is never done: scripts and actions run,
/// anything fetched, pictures decoded.
///
/// # Errors
/// [`Error::Encrypted`], [`Error::Damaged`], [`Error::Scanned`], [`Error::Unmapped`], [`Error::NoText`].
pub(crate) fn read(bytes: Vec<u8>, pause: &mut impl FnMut() -> ControlFlow<()>) -> Result<Document, Error> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Error::Encrypted,
        LoadPdfError::Decryption(_) => Error::OtherEncryption,
        LoadPdfError::Invalid => Error::Damaged,
    })?;
    let seen = see(&pdf, pause);
    let letters: usize = seen.pages.iter().flat_map(|page| &page.segments).map(|one| one.length()).sum();
    if seen.unknown > letters {
        return Err(Error::Unmapped);
    }
    if letters == 0 {
        return Err(if seen.pictures > 0 { Error::Scanned } else { Error::NoText });
    }
    let title = title(&pdf);
    let mut flow = blocks(seen.pages);
    flow.title(title);
    let mut document = flow.finish();
    // What was not read is as long as the rest, page by page.
    let unread = seen.count - seen.read + seen.pictures;
    let per_page = letters / seen.read.saturating_sub(seen.pictures).max(1);
    document.left_out.cut = u32::try_from(unread.saturating_mul(per_page)).unwrap_or(u32::MAX);
    Ok(document)
}

/// What was seen of a file's pages.
struct Seen {
    pages: Vec<Page>,
    /// How many the file has, and of how many everything was looked at.
    count: usize,
    read: usize,
    /// Pages that show pictures and no text.
    pictures: usize,
    /// Letters of which the file does not tell what they stand for.
    unknown: usize,
}

fn see(pdf: &Pdf, pause: &mut impl FnMut() -> ControlFlow<()>) -> Seen {
    let cache = InterpreterCache::new();
    let settings =
        InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
    let count = pdf.pages().len();
    let mut seen = Seen { pages: Vec::new(), count, read: 0, pictures: 0, unknown: 0 };
    let mut text = 0;
    for page in pdf.pages().iter() {
        if text > MOST_TEXT || pause().is_break() {
            break;
        }
        let shown = glyphs::shown(page, &cache, &settings);
        let mut layers = shown.layers.iter();
        let (mut segments, unknown) = layers.next().map(segments::segments).unwrap_or_default();
        let (top, bottom) = shown.layers.first().map_or((0.0, 0.0), |layer| (layer.top, layer.bottom));
        seen.unknown += unknown;
        seen.pictures += usize::from(segments.is_empty() && shown.has_pictures);
        // What is written across the rest: a table that was turned, a stamp in the margin.
        let mut below = bottom;
        for layer in layers {
            let (others, _) = segments::segments(layer);
            let shift = below - layer.top;
            below += layer.bottom - layer.top;
            segments.extend(others.into_iter().map(|one| segments::Segment { y: one.y + shift, ..one }));
        }
        text += segments.iter().map(|segment| segment.text.len()).sum::<usize>();
        seen.pages.push(Page { segments, top, bottom });
        seen.read += usize::from(!shown.is_cut);
    }
    seen
}

fn blocks(mut pages: Vec<Page>) -> Flow {
    drop_running(&mut pages);
    let all = || pages.iter().flat_map(|page| &page.segments);
    let looks = Looks::of(all());
    let hyphens = Hyphens::of(all().map(|segment| segment.text.as_str()));
    let letters = all().flat_map(|segment| segment.text.chars());
    let to_the_left =
        letters.map(|c| if direction::is_right_to_left(c) { 1_i64 } else { -1 }).sum::<i64>() > 0;
    let join = |text: &mut String, line: &str| hyphens.join(text, line);
    let mut flow = Flow::default();
    for (index, page) in pages.into_iter().enumerate() {
        let ends = (page.top, page.bottom);
        let regions = columns::regions(page.segments, to_the_left);
        let pieces: Vec<Piece> =
            regions.into_iter().flat_map(|region| pieces(region, &looks, ends, to_the_left, &join)).collect();
        flow.page(u32::try_from(index + 1).unwrap_or(u32::MAX), pieces, &join);
    }
    flow
}

/// The title that the file declares, if it is text.
fn title(pdf: &Pdf) -> Option<String> {
    let bytes = pdf.metadata().title.as_deref()?;
    let title = match bytes {
        [0xFE, 0xFF, utf16 @ ..] => {
            let (units, _) = utf16.as_chunks::<2>();
            String::from_utf16(&units.iter().map(|&unit| u16::from_be_bytes(unit)).collect::<Vec<_>>())
                .ok()?
        }
        [0xEF, 0xBB, 0xBF, utf8 @ ..] => str::from_utf8(utf8).ok()?.to_owned(),
        // PDFDocEncoding, which is Latin-1 where it matters.
        bytes => bytes.iter().map(|&byte| char::from(byte)).collect(),
    };
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    (!title.is_empty()).then_some(title)
}
