//! Plain text and Markdown: paragraphs, headings, items of lists, code.

use crate::Error;
use protocol::{Document, LeftOut, TextBlock, TextKind};

/// Bytes of text that are read at most: as of a web page.
const MOST_TEXT: usize = 4 << 20;
/// Lines of at least so many characters were broken by a machine, where most of a paragraph's are.
const WRAPPED: usize = 45;

/// Reads a text.
///
/// # Errors
/// [`Error::NoText`] when there is none, [`Error::Unknown`] when the bytes are none.
pub(crate) fn read(bytes: &[u8]) -> Result<Document, Error> {
    let text = decode(bytes)?;
    let end = text.floor_char_boundary(MOST_TEXT);
    let cut = text[end..].chars().count();
    let mut blocks = blocks(&text[..end]);
    if blocks.iter().all(|block| block.kind == TextKind::Heading) {
        // Lines that look like headings alone are the text.
        blocks.iter_mut().for_each(|block| block.kind = TextKind::Paragraph);
    }
    if blocks.is_empty() {
        return Err(Error::NoText);
    }
    let title = blocks.iter().find(|block| block.kind == TextKind::Heading);
    let title = title.map(|block| block.text.clone()).unwrap_or_default();
    let left_out = LeftOut { cut: u32::try_from(cut).unwrap_or(u32::MAX), ..LeftOut::default() };
    Ok(Document { title, blocks, left_out, ..Document::default() })
}

/// UTF-8, UTF-16 with its mark, or else Windows' Latin letters.
fn decode(bytes: &[u8]) -> Result<String, Error> {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let (units, _) = bytes.as_chunks::<2>();
        String::from_utf16_lossy(&units.iter().map(|&bytes| unit(bytes)).collect::<Vec<_>>())
    };
    let text = match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => match str::from_utf8(bytes) {
            Ok(text) => text.strip_prefix('\u{FEFF}').unwrap_or(text).to_owned(),
            Err(_) => bytes.iter().map(|&byte| char::from(byte)).collect(),
        },
    };
    let is_foreign = |c: char| c.is_control() && !c.is_whitespace() && c != '\u{1B}' && c != '\u{8}';
    let foreign = text.chars().filter(|&c| is_foreign(c)).count();
    if foreign * 100 > text.chars().count() { Err(Error::Unknown) } else { Ok(text) }
}

fn blocks(text: &str) -> Vec<TextBlock> {
    let mut blocks: Vec<TextBlock> = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    let mut is_code = false;
    for line in text.lines().chain([""]) {
        let trimmed = line.trim();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            close(&mut lines, &mut blocks);
            is_code = !is_code;
        } else if is_code {
            push(&mut blocks, TextKind::Code, line.trim_end(), 0);
        } else if trimmed.is_empty() || is_rule(trimmed) && lines.len() != 1 {
            close(&mut lines, &mut blocks);
        } else if let Some((level, heading)) = heading(trimmed) {
            close(&mut lines, &mut blocks);
            push(&mut blocks, TextKind::Heading, heading, level);
        } else if is_rule(trimmed) {
            // A line of signs under a line of text makes a heading of it.
            let level = if trimmed.starts_with('=') { 1 } else { 2 };
            let heading = lines.pop().unwrap_or_default();
            push(&mut blocks, TextKind::Heading, heading.trim(), level);
        } else {
            if item(trimmed).is_some() {
                close(&mut lines, &mut blocks);
            }
            lines.push(line);
        }
    }
    close(&mut lines, &mut blocks);
    blocks
}

/// Makes a block of the lines so far, or one of each line where they stand for themselves.
fn close(lines: &mut Vec<&str>, blocks: &mut Vec<TextBlock>) {
    let lines = std::mem::take(lines);
    let Some(first) = lines.first() else { return };
    if let Some(item) = item(first.trim()) {
        let rest = lines[1..].iter().map(|line| line.trim());
        let text = std::iter::once(item).chain(rest).collect::<Vec<_>>().join(" ");
        return push(blocks, TextKind::ListItem, &text, 0);
    }
    let before_last = &lines[..lines.len() - 1];
    let wrapped = before_last.iter().filter(|line| line.chars().count() >= WRAPPED).count();
    if 2 * wrapped >= before_last.len() {
        let text = lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
        push(blocks, TextKind::Paragraph, &text, 0);
    } else {
        lines.iter().for_each(|line| push(blocks, TextKind::Paragraph, line.trim(), 0));
    }
}

fn push(blocks: &mut Vec<TextBlock>, kind: TextKind, text: &str, level: u8) {
    if !text.is_empty() {
        blocks.push(TextBlock { kind, text: text.to_owned(), level });
    }
}

/// `## Heading`
fn heading(line: &str) -> Option<(u8, &str)> {
    let text = line.trim_start_matches('#');
    let level = u8::try_from(line.len() - text.len()).ok().filter(|level| (1..=6).contains(level))?;
    Some((level, text.strip_prefix(' ')?.trim().trim_end_matches('#').trim_end()))
}

/// `- item`, `* item`, `• item`; of a numbered one the number stays.
fn item(line: &str) -> Option<&str> {
    let bullet = ["- ", "* ", "+ ", "• "].iter().find_map(|sign| line.strip_prefix(sign));
    let is_numbered = || {
        let (number, _) = line.split_once(['.', ')'])?;
        let rest = &line[number.len() + 1..];
        ((1..=2).contains(&number.len())
            && number.bytes().all(|b| b.is_ascii_digit())
            && rest.starts_with(' '))
        .then_some(line)
    };
    bullet.map(str::trim_start).or_else(is_numbered)
}

/// A line of one sign: `---`, `===`.
fn is_rule(line: &str) -> bool {
    line.len() >= 3
        && ["=", "-", "*", "_"].iter().any(|sign| line.trim_matches(|c| sign.contains(c)).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(TextKind, String)> {
        let read = read(text.as_bytes()).unwrap();
        read.blocks.into_iter().map(|block| (block.kind, block.text)).collect()
    }

    #[test]
    fn a_text_is_paragraphs() {
        let wrapped =
            "The harbour was closed in the spring after the storm had\nbroken its wall. It opened again.\n\n";
        let blocks = kinds(&format!(
            "Notes\n=====\n\n{wrapped}# Rest\n- one\n  more\n- two\n1. three\n```\nlet x;\n```\nRoses\nViolets"
        ));
        let expected = [
            (TextKind::Heading, "Notes"),
            (
                TextKind::Paragraph,
                "The harbour was closed in the spring after the storm had broken its wall. It opened again.",
            ),
            (TextKind::Heading, "Rest"),
            (TextKind::ListItem, "one more"),
            (TextKind::ListItem, "two"),
            (TextKind::ListItem, "1. three"),
            (TextKind::Code, "let x;"),
            (TextKind::Paragraph, "Roses"),
            (TextKind::Paragraph, "Violets"),
        ];
        assert_eq!(blocks, expected.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn encodings() {
        let text = |bytes: &[u8]| read(bytes).map(|read| read.blocks[0].text.clone());
        assert_eq!(text("\u{FEFF}Größe".as_bytes()).unwrap(), "Größe");
        assert_eq!(text(b"Gr\xF6\xDFe").unwrap(), "Größe");
        assert_eq!(text(b"\xFF\xFEh\0i\0").unwrap(), "hi");
        assert_eq!(text(b"\0\x01\x02\x03"), Err(Error::Unknown));
        assert_eq!(text(b" \n "), Err(Error::NoText));
    }
}
