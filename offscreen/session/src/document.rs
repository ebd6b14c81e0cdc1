//! A document as the tasks read it.

use article::{Article, Block, BlockKind, Place, PlaceStart};
use protocol::{Document, Selection, TextKind};

/// To be summarised: as an article.
pub(crate) fn article(document: &Document) -> Article {
    let blocks = document.blocks.iter().map(|block| Block {
        kind: match block.kind {
            TextKind::Paragraph => BlockKind::Paragraph,
            TextKind::Heading => BlockKind::Heading(block.level.clamp(1, 6)),
            TextKind::ListItem => BlockKind::ListItem,
            TextKind::TableRow => BlockKind::TableRow,
            TextKind::Code => BlockKind::Code,
        },
        text: block.text.clone(),
    });
    let index = |index: u32| usize::try_from(index).unwrap_or(usize::MAX);
    let places = document.pages.iter().map(|start| PlaceStart {
        block: index(start.block),
        offset: index(start.offset),
        place: Place::Page(start.page),
    });
    Article {
        title: document.title.clone(),
        lang: document.lang.clone(),
        blocks: blocks.collect(),
        places: places.collect(),
        video: None,
    }
}

/// To be translated: as one text, its blocks parted by blank lines.
pub(crate) fn text(document: &Document) -> Selection {
    let blocks: Vec<_> = document.blocks.iter().map(|block| block.text.as_str()).collect();
    Selection {
        url: document.url.clone(),
        title: document.title.clone(),
        lang: document.lang.clone(),
        text: blocks.join("\n\n"),
        editable: false,
        left_out: document.left_out,
    }
}
