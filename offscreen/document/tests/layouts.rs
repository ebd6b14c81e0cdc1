//! The PDFs of `tests/pdf`: what is read of each is what a person reads, in that order.

use document::{Error, read};
use protocol::{Document, TextKind};
use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/pdf")
}

fn file(name: &str) -> Vec<u8> {
    fs::read(folder().join(name).with_extension("pdf")).expect("one of the files that are here")
}

fn read_file(name: &str) -> Result<Document, Error> {
    read(file(name), || ControlFlow::Continue(()))
}

#[test]
fn layouts_are_read_in_order() {
    let mut wrong = Vec::new();
    for name in [
        "columns",
        "three-columns",
        "footnotes",
        "hyphens",
        "table",
        "running",
        "lists",
        "turned",
        "ligatures",
        "right-to-left",
        "east-asian",
        "searchable-scan",
        "owner-locked",
    ] {
        let expected = fs::read_to_string(folder().join(name).with_extension("txt")).unwrap();
        let blocks = read_file(name).map(|document| document.blocks).unwrap_or_default();
        let text = blocks.into_iter().map(|block| block.text).collect::<Vec<_>>().join("\n\n");
        if text != expected.trim_end() {
            wrong.push(format!("{name}:\n{text}\n--- instead of ---\n{expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn what_cannot_be_read_is_told() {
    assert_eq!(read_file("scanned"), Err(Error::Scanned));
    assert_eq!(read_file("encrypted"), Err(Error::Encrypted));
    assert_eq!(
        read(b"%PDF-1.7 and nothing else".to_vec(), || ControlFlow::Continue(())),
        Err(Error::Damaged)
    );
    let mut cut = file("columns");
    cut.truncate(200);
    assert_eq!(read(cut, || ControlFlow::Continue(())), Err(Error::Damaged));
}

#[test]
fn a_file_without_its_table_of_objects_is_read() {
    let mut bytes = file("running");
    let table = bytes.windows(4).rposition(|window| window == b"xref").unwrap();
    bytes.truncate(table);
    assert_eq!(read(bytes, || ControlFlow::Continue(())), read_file("running"));
}

#[test]
fn pages_are_known() {
    let document = read_file("running").unwrap();
    let starts: Vec<_> = document.pages.iter().map(|start| (start.page, start.block, start.offset)).collect();
    assert_eq!(starts, [(1, 0, 0), (2, 3, 0), (3, 5, 0), (4, 8, 0)]);
    let headings = document.blocks.iter().filter(|block| block.kind == TextKind::Heading);
    assert_eq!(headings.map(|block| block.text.as_str()).collect::<Vec<_>>(), ["Harbours", "Mills"]);
    // A paragraph that goes on over the end of a page.
    let document = read_file("footnotes").unwrap();
    let second = document.pages.iter().find(|start| start.page == 2).unwrap();
    let block = &document.blocks[second.block as usize];
    assert!(block.text[second.offset as usize..].starts_with("it, because concrete"), "{}", block.text);
}

#[test]
fn what_there_was_no_time_for_is_counted() {
    let mut pages = 0;
    let part = read(file("running"), || {
        pages += 1;
        if pages > 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    let part = part.unwrap();
    assert_eq!(part.pages.len(), 2);
    assert!((500..2000).contains(&part.left_out.cut), "{}", part.left_out.cut);
}

/// A file with these objects beside its catalogue, the first page's content among them.
fn with_objects(objects: &str) -> Vec<u8> {
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R\
        /Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>";
    let start = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n";
    let font = "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n";
    format!("{start}3 0 obj{page}endobj\n{font}{objects}\ntrailer<</Root 1 0 R>>\n").into_bytes()
}

fn stream(number: usize, dictionary: &str, content: &str) -> String {
    let length = content.len();
    format!("{number} 0 obj<<{dictionary}/Length {length}>>stream\n{content}\nendstream endobj\n")
}

#[test]
fn hostile_files_end() {
    let pages = "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n";
    let text = "BT /F 12 Tf 20 200 Td (The boats came home at dusk.) Tj ET ";
    let form = "/Type/XObject/Subtype/Form/BBox[0 0 300 300]/Resources<</XObject<</X 6 0 R>>>>";
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let states = "q ".repeat(200_000);
    let many: String = (10..100_000).map(|number| format!("{number} 0 obj null endobj\n")).collect();
    let files = [
        // A tree of pages and a form that hold themselves.
        with_objects(&format!(
            "2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>endobj\n{}",
            stream(4, "", text)
        )),
        with_objects(&format!(
            "{pages}{}{}",
            stream(4, "", &format!("{text}/X Do")),
            stream(6, form, "/X Do /X Do")
        )),
        with_objects(&format!(
            "{pages}{}7 0 obj{nested}endobj\n",
            stream(4, "", &format!("{nested}TJ {text}"))
        )),
        with_objects(&format!("{pages}{}", stream(4, "", &format!("{states}{text}")))),
        with_objects(&format!("{pages}{}{many}", stream(4, "", text))),
        with_objects("2 0 obj<</Type/Pages/Kids 2 0 R/Count 4294967295>>endobj\n"),
        with_objects(&format!("{pages}{}", stream(4, "/Filter[/FlateDecode/LZWDecode/ASCII85Decode]", text))),
    ];
    for (at, file) in files.into_iter().enumerate() {
        match read(file, || ControlFlow::Continue(())) {
            Ok(document) => assert_eq!(document.blocks[0].text, "The boats came home at dusk.", "file {at}"),
            Err(error) => assert!(matches!(error, Error::Damaged | Error::NoText), "file {at}: {error}"),
        }
    }
}
