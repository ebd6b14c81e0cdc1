//! Files, to their text.

use crate::Target;
use document::read;
use protocol::{Document, Failure};
use std::ops::ControlFlow;

/// Any file, or any page of one: text whose pages stand where they are said to, or a reason why there is none.
pub const DOCUMENT: Target = Target { name: "document", run: document, seeds, words: WORDS, mutations: 300 };

/// Bytes of text that one page may add to the limit, and a few blocks' ends.
const MOST_TEXT: usize = 8 << 20;

const WORDS: &[&str] = &[
    " Tj ",
    " Td ",
    " Tm ",
    " cm ",
    " Tf ",
    " TL ",
    " T* ",
    " Tz ",
    " Ts ",
    " Tr ",
    " Tc ",
    " Tw ",
    " Do ",
    "BT ",
    " ET ",
    " q ",
    " Q ",
    "[",
    "]",
    " TJ ",
    "(",
    ")",
    "<",
    ">",
    "<<",
    ">>",
    " obj",
    "endobj",
    "stream",
    "endstream",
    "/F",
    "/X",
    "/Kids",
    "/Parent",
    "/Contents",
    "/Length",
    "/Rotate",
    "/MediaBox",
    "/ToUnicode",
    "/W",
    "1 0 R",
    "2 0 R",
    "5 0 R",
    "0",
    "-1",
    "1e9",
    "-99999999999",
    "0.0001",
    "NaN",
    "beginbfchar",
    "-\n",
    "%PDF-1.4",
    "xref",
    "trailer",
    "\0",
];

/// The layouts that are tested, and what the first page of a file shows.
fn seeds() -> Vec<Vec<u8>> {
    let files: [&[u8]; 7] = [
        include_bytes!("../../pdf/columns.pdf"),
        include_bytes!("../../pdf/table.pdf"),
        include_bytes!("../../pdf/turned.pdf"),
        include_bytes!("../../pdf/east-asian.pdf"),
        include_bytes!("../../pdf/right-to-left.pdf"),
        include_bytes!("../../pdf/owner-locked.pdf"),
        include_bytes!("../../pdf/running.pdf"),
    ];
    let pages = [
        "BT /F 12 Tf 20 250 Td 14 TL (The boats came home at dusk, and no-) Tj T* (body was late.) Tj ET",
        "BT /F 9 Tf 20 200 Td (One) Tj 60 0 Td (Two) Tj -60 -12 Td (Three) Tj 60 0 Td (Four) Tj ET",
        "q 0 1 -1 0 100 20 cm BT /F 12 Tf 0 0 Td [(Tur) -300 (ned)] TJ ET Q /X Do",
        "A letter.\n\nIt has two paragraphs,\nof which one is wrapped.",
    ];
    files.iter().map(|file| file.to_vec()).chain(pages.map(|page| page.as_bytes().to_vec())).collect()
}

fn document(data: &[u8]) {
    read_any(data.to_vec());
    read_any(with_page(data));
}

/// A file whose only page shows this. The form has nothing to draw itself with: time is what the worker around the reader bounds.
fn with_page(content: &[u8]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>\
        endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
        .to_vec();
    file.extend(stream(4, "", content));
    file.extend(stream(6, "/Type/XObject/Subtype/Form/BBox[0 0 300 300]/Resources<<>>", content));
    file.extend(b"trailer<</Root 1 0 R>>\n");
    file
}

fn stream(number: usize, entries: &str, content: &[u8]) -> Vec<u8> {
    let mut object = format!("{number} 0 obj<<{entries}/Length {}>>stream\n", content.len()).into_bytes();
    object.extend(content);
    object.extend(b"\nendstream endobj\n");
    object
}

fn read_any(file: Vec<u8>) {
    let mut pages = 0;
    let outcome = read(file, || {
        pages += 1;
        if pages > 20 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    match outcome {
        Ok(document) => check(&document),
        Err(error) => {
            let Failure { message, remedy, .. } = error.failure();
            assert!(!message.is_empty() && !remedy.is_empty(), "an error without words: {error:?}");
        }
    }
}

fn check(document: &Document) {
    assert!(!document.blocks.is_empty(), "no text, and no reason");
    let length: usize = document.blocks.iter().map(|block| block.text.len()).sum();
    assert!(length <= MOST_TEXT, "{length} bytes of text");
    for block in &document.blocks {
        assert!(!block.text.trim().is_empty(), "an empty block: {block:?}");
    }
    let mut last = (0, 0, 0);
    for start in &document.pages {
        let place = (start.page, start.block, start.offset);
        assert!(place > last || last == (0, 0, 0), "{place:?} after {last:?}");
        assert!((start.block, start.offset) >= (last.1, last.2), "{place:?} after {last:?}");
        let block = document.blocks.get(start.block as usize);
        let block = block.unwrap_or_else(|| panic!("{place:?} of {} blocks", document.blocks.len()));
        assert!(block.text.get(start.offset as usize..).is_some(), "{place:?} in {:?}", block.text);
        last = place;
    }
}
