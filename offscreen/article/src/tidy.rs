//! From what was found on a page to what is read.

use crate::article::{Block, BlockKind};
use crate::blocks::Found;

/// Sections at an article's end that only point elsewhere, by their headings.
const BACK_MATTER: [&str; 13] = [
    "bibliography",
    "citations",
    "einzelnachweise",
    "external links",
    "footnotes",
    "further reading",
    "notes",
    "notes and references",
    "references",
    "see also",
    "siehe auch",
    "sources",
    "weblinks",
];

/// Words that start a line about the page, not of it.
const LABELS: [&str; 21] = [
    "photo:",
    "photograph:",
    "photo credit",
    "image credit",
    "foto:",
    "fotos:",
    "bild:",
    "crédit photo",
    "photo :",
    "image:",
    "illustration:",
    "©",
    "tags:",
    "tagged:",
    "filed under:",
    "share this",
    "share on",
    "advertisement",
    "read more:",
    "related:",
    "topics:",
];

/// What ends a line that says how long the reading takes.
const DURATIONS: [&str; 6] =
    ["min read", "minute read", "minutes read", "min. lesezeit", "min de lecture", "min de lectura"];

/// Lines that only say what comes next, or that it is paid for.
const SIGNS: [&str; 10] = [
    "advertisement",
    "anzeige",
    "pubblicità",
    "publicidad",
    "publicidade",
    "publicité",
    "read next",
    "sponsored",
    "up next",
    "werbung",
];

/// What introduces the names of authors above a text.
const BYLINES: [&str; 11] = [
    "by ",
    "von ",
    "par ",
    "por ",
    "di ",
    "text: ",
    "texte : ",
    "written by ",
    "words by ",
    "reported by ",
    "redacción ",
];

/// Drops labels, bylines, trails, captions that are no sentences, back matter and headings without text;
/// unites what stands twice.
pub(crate) fn tidy(found: Vec<Found>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::with_capacity(found.len());
    let text_begins =
        found.iter().position(|block| block.kind == BlockKind::Paragraph && is_sentence(&block.text));
    for (index, block) in found.into_iter().enumerate() {
        if text_begins.is_none_or(|begins| index < begins) && is_byline(&block) {
            continue;
        }
        let twice = blocks.last().is_some_and(|last| last.text == block.text);
        if twice || is_label(&block) || is_trail(&block) || block.caption && !is_sentence(&block.text) {
            continue;
        }
        blocks.push(Block { kind: block.kind, text: block.text });
    }
    without_empty_sections(without_back_matter(blocks))
}

fn is_label(block: &Found) -> bool {
    if block.kind == BlockKind::Code || block.text.len() >= 200 {
        return false;
    }
    let text = block.text.to_lowercase();
    let is_sign =
        SIGNS.contains(&&*text) || DURATIONS.iter().any(|end| text.ends_with(end) && text.len() < 80);
    is_sign || LABELS.iter().any(|label| text.starts_with(label))
}

/// `By Jane Doe`: a short line that is no sentence.
fn is_byline(block: &Found) -> bool {
    let start: String = block.text.chars().take(16).collect::<String>().to_lowercase();
    let named = BYLINES.iter().find(|byline| start.starts_with(**byline));
    let name = named.and_then(|byline| block.text.get(byline.len()..)).unwrap_or_default();
    block.kind == BlockKind::Paragraph
        && block.text.len() < 100
        && !is_sentence(&block.text)
        && name.starts_with(char::is_uppercase)
}

/// `Home › Harbour`: where the page is in its site.
fn is_trail(block: &Found) -> bool {
    block.linked > 0 && block.text.len() < 200 && block.text.contains([' ', '\u{a0}']) && {
        let steps = block.text.split(['›', '»', '→']).count();
        steps > 1 && !is_sentence(&block.text)
    }
}

fn is_sentence(text: &str) -> bool {
    let end = text.trim_end_matches(['"', '\'', '”', '’', '»', ')']);
    end.ends_with(['.', '!', '?', '…', '。', '！', '？']) && text.split_whitespace().count() >= 4
        || end.ends_with(['。', '！', '？'])
}

/// Cuts the sections at the end that only point elsewhere.
fn without_back_matter(mut blocks: Vec<Block>) -> Vec<Block> {
    while let Some((last, level)) = last_section(&blocks) {
        let is_back_matter =
            BACK_MATTER.contains(&blocks[last].text.trim_end_matches(':').to_lowercase().as_str());
        // "Notes" may be an article's own; then it is prose.
        let prose = blocks[last + 1..]
            .iter()
            .any(|block| block.kind == BlockKind::Paragraph && block.text.len() > 400);
        if !is_back_matter || prose || last == 0 || level > 3 {
            break;
        }
        blocks.truncate(last);
    }
    blocks
}

fn last_section(blocks: &[Block]) -> Option<(usize, u8)> {
    blocks.iter().enumerate().rev().find_map(|(index, block)| match block.kind {
        BlockKind::Heading(level) => Some((index, level)),
        _ => None,
    })
}

/// Drops headings under which nothing stands.
fn without_empty_sections(blocks: Vec<Block>) -> Vec<Block> {
    let mut kept: Vec<Block> = Vec::with_capacity(blocks.len());
    // The shallowest heading that the text seen so far, from the end, stands under.
    let mut covered: Option<u8> = None;
    for block in blocks.into_iter().rev() {
        match block.kind {
            BlockKind::Heading(level) if covered.is_some_and(|below| below > level) => {
                covered = Some(level);
                kept.push(block);
            }
            BlockKind::Heading(_) => {}
            _ => {
                covered = Some(u8::MAX);
                kept.push(block);
            }
        }
    }
    kept.reverse();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(kind: BlockKind, text: &str) -> Found {
        Found { kind, text: text.to_owned(), linked: 0, caption: false }
    }

    fn texts(found: Vec<Found>) -> Vec<String> {
        tidy(found).into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn headings_without_text_and_back_matter_go() {
        use BlockKind::{Heading, ListItem, Paragraph};
        let page = vec![
            found(Heading(2), "Empty"),
            found(Heading(2), "Part"),
            found(Heading(3), "Section"),
            found(Paragraph, "Text."),
            found(Paragraph, "Text."),
            found(Heading(2), "See also"),
            found(ListItem, "Another page"),
            found(Heading(2), "References"),
            found(Heading(2), "External links"),
            found(ListItem, "A page elsewhere"),
        ];
        assert_eq!(texts(page), ["Part", "Section", "Text."]);
    }

    #[test]
    fn captions_stay_where_they_are_sentences() {
        let caption = |text: &str| Found { caption: true, ..found(BlockKind::Paragraph, text) };
        let page = vec![caption("Photo: Jane Doe"), caption("The steps at low water."), caption("Logo")];
        assert_eq!(texts(page), ["The steps at low water."]);
    }

    #[test]
    fn labels_and_trails_go() {
        let trail = Found { linked: 11, ..found(BlockKind::Paragraph, "Home › Harbour") };
        let page = vec![
            trail,
            found(BlockKind::Paragraph, "Tags: a b"),
            found(BlockKind::Paragraph, "Text › more."),
        ];
        assert_eq!(texts(page), ["Text › more."]);
    }
}
