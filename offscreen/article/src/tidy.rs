//! From what was found on a page to what is read.

use crate::article::{Block, BlockKind};
use crate::blocks::Found;
use crate::error::Error;
use crate::pace::Pace;
use std::ops::ControlFlow;

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

/// A line that is all label has fewer bytes.
const LABEL: usize = 80;

/// Bytes of a heading at most that may end as a sentence does.
const HEADING: usize = 50;

/// Drops labels, bylines, trails, captions that are no sentences, back matter and headings without text;
/// unites what stands twice.
pub(crate) async fn tidy(
    found: Vec<Found>,
    pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
) -> Result<Vec<Block>, Error> {
    let mut blocks: Vec<Block> = Vec::with_capacity(found.len());
    let mut has_begun = false;
    for mut block in found {
        pace.work(1 + block.text.len()).await?;
        has_begun |= block.kind == BlockKind::Paragraph && is_sentence(&block.text);
        if is_set_as_heading(&block) {
            block.kind = BlockKind::Paragraph;
        }
        if !has_begun && is_byline(&block) {
            continue;
        }
        let twice = blocks.last().is_some_and(|last| last.text == block.text);
        if twice || is_label(&block) || is_trail(&block) || block.caption && !is_sentence(&block.text) {
            continue;
        }
        blocks.push(Block { kind: block.kind, text: block.text });
    }
    without_empty_sections(without_back_matter(blocks, pace).await?, pace).await
}

/// A text whose builder chose a heading for its size.
fn is_set_as_heading(block: &Found) -> bool {
    matches!(block.kind, BlockKind::Heading(2..))
        && block.text.len() > HEADING
        && block.text.ends_with(['.', '。'])
        && is_sentence(&block.text)
}

fn is_label(block: &Found) -> bool {
    if block.kind == BlockKind::Code || block.text.len() >= 200 {
        return false;
    }
    let is_sign = || {
        let text = block.text.to_lowercase();
        SIGNS.contains(&&*text) || DURATIONS.iter().any(|end| text.ends_with(end))
    };
    // A word may begin a sentence.
    let may_begin = |label: &str| label.ends_with(char::is_alphabetic) && is_sentence(&block.text);
    block.text.len() < LABEL && is_sign()
        || LABELS.iter().any(|label| begins(&block.text, label) && !may_begin(label))
}

/// Whether a text begins with these small letters, or their capitals: in Latin letters, accented ones too, one bit is another.
fn begins(text: &str, letters: &str) -> bool {
    text.len() >= letters.len()
        && text.bytes().zip(letters.bytes()).all(|(one, other)| one | 32 == other | 32)
}

/// `By Jane Doe`: a short line that is no sentence, most of it names.
fn is_byline(block: &Found) -> bool {
    let named = BYLINES.iter().find(|byline| begins(&block.text, byline));
    let name = named.and_then(|byline| block.text.get(byline.len()..)).unwrap_or_default();
    let words = || name.split_whitespace();
    let small = words().filter(|word| word.starts_with(char::is_lowercase)).count();
    block.kind == BlockKind::Paragraph
        && block.text.len() < 100
        && !is_sentence(&block.text)
        && name.starts_with(char::is_uppercase)
        && small * 2 < words().count()
}

/// `Home › Harbour`: where the page is in its site. All steps but the last lead there.
fn is_trail(block: &Found) -> bool {
    if block.linked == 0
        || block.text.len() >= 200
        || is_sentence(&block.text)
        || block.text.contains(['«', '„'])
    {
        return false;
    }
    let mut steps: Vec<_> = block.text.split(['›', '»', '→']).collect();
    steps.pop();
    // Some say first that you are here.
    let above = steps.iter().filter_map(|step| step.rsplit(':').next()).map(|step| step.trim().len());
    !steps.is_empty() && above.sum::<usize>() <= block.linked && block.text.contains([' ', '\u{a0}'])
}

fn is_sentence(text: &str) -> bool {
    let end = text.trim_end_matches(['"', '\'', '”', '’', '»', ')']);
    end.ends_with(['.', '!', '?', '…', '。', '！', '？']) && text.split_whitespace().nth(3).is_some()
        || end.ends_with(['。', '！', '？'])
}

/// Cuts the sections at the end that only point elsewhere.
async fn without_back_matter(
    mut blocks: Vec<Block>,
    pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
) -> Result<Vec<Block>, Error> {
    while let Some((last, level)) = last_section(&blocks) {
        let heading = blocks[last].text.trim_end_matches(':').to_lowercase();
        if !BACK_MATTER.contains(&&*heading) || last == 0 || level > 3 {
            break;
        }
        let (mut remarks, mut is_long) = (0, false);
        let inside = &blocks[last + 1..];
        for block in inside {
            pace.work(1 + block.text.len()).await?;
            remarks += usize::from(is_sentence(&block.text) && !cites(&block.text));
            is_long |= block.kind == BlockKind::Paragraph && block.text.len() > 400;
        }
        // "Notes" may be an article's own; then it is prose, or sentences that cite nothing.
        if is_long || heading == "notes" && remarks * 2 > inside.len() {
            break;
        }
        blocks.truncate(last);
    }
    Ok(blocks)
}

/// Whether a text names a year or an address, or leads back to where it belongs.
fn cites(text: &str) -> bool {
    text.contains("://")
        || text.starts_with(['^', '↑'])
        || text.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4)
}

fn last_section(blocks: &[Block]) -> Option<(usize, u8)> {
    blocks.iter().enumerate().rev().find_map(|(index, block)| match block.kind {
        BlockKind::Heading(level) => Some((index, level)),
        _ => None,
    })
}

/// Drops headings under which nothing stands.
async fn without_empty_sections(
    blocks: Vec<Block>,
    pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
) -> Result<Vec<Block>, Error> {
    let mut kept: Vec<Block> = Vec::with_capacity(blocks.len());
    // The shallowest heading that the text seen so far, from the end, stands under.
    let mut covered: Option<u8> = None;
    for block in blocks.into_iter().rev() {
        pace.work(1).await?;
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
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::at_once;

    fn tidy(found: Vec<Found>) -> Vec<Block> {
        at_once(super::tidy(found, &Pace::new(async || ControlFlow::Continue(())))).unwrap()
    }

    fn found(kind: BlockKind, text: &str) -> Found {
        Found { kind, text: text.to_owned(), linked: 0, caption: false }
    }

    #[test]
    fn long_pages_are_tidied_with_pauses() {
        let pauses = std::cell::Cell::new(0);
        let pace = Pace::new(async || {
            pauses.set(pauses.get() + 1);
            ControlFlow::Continue(())
        });
        let line = |at| found(BlockKind::Paragraph, &format!("Line {at} of a page that has many of them"));
        let blocks = at_once(super::tidy((0..10_000).map(line).collect(), &pace)).unwrap();
        assert!(blocks.len() == 10_000 && pauses.get() >= 90, "{} pauses", pauses.get());
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
        let here = Found {
            linked: 16,
            ..found(BlockKind::ListItem, "You are here: Home » Harbour » Quay: closed")
        };
        let page = vec![
            trail,
            here,
            found(BlockKind::Paragraph, "Tags: a b"),
            found(BlockKind::Paragraph, "Advertisement 2 of 3"),
            found(BlockKind::Paragraph, "Text › more."),
        ];
        assert_eq!(texts(page), ["Text › more."]);
    }

    #[test]
    fn sentences_are_neither_labels_nor_trails_nor_bylines() {
        let kept = [
            Found {
                linked: 9,
                ..found(BlockKind::ListItem, "Rename the command read → fetch by @mara in #412")
            },
            Found { linked: 14, ..found(BlockKind::ListItem, "„Am Kai“ → «La tarde», 1911") },
            found(BlockKind::Paragraph, "Von Montag an fährt die Bahn"),
            found(BlockKind::Paragraph, "Por Navidad el puerto cierra como siempre"),
            found(BlockKind::Paragraph, "Advertisement revenue fell by a third."),
        ];
        assert_eq!(texts(kept.to_vec()), kept.map(|block| block.text));
        let byline = found(BlockKind::Paragraph, "Von Ida Voss und Mara Lind, Hallsund");
        assert!(texts(vec![byline]).is_empty());
    }

    #[test]
    fn text_that_is_set_as_headings_is_read() {
        use BlockKind::{Heading, Paragraph};
        let text = "Notre bois vient de la forêt derrière l'église. Il sèche sept ans.";
        let page = vec![found(Heading(2), "Le bois"), found(Heading(4), text), found(Heading(4), "Les mâts")];
        assert_eq!(tidy(page).pop(), Some(Block { kind: Paragraph, text: text.to_owned() }));
    }

    #[test]
    fn notes_that_cite_nothing_are_the_articles_own() {
        use BlockKind::{Heading, ListItem, Paragraph};
        let page =
            |note: &str| vec![found(Paragraph, "Text."), found(Heading(2), "Notes"), found(ListItem, note)];
        assert_eq!(texts(page("Le pain se garde une semaine dans un linge.")).len(), 3);
        assert_eq!(texts(page("Voss, I. (2011). Bread of the coast. Orrin.")), ["Text."]);
        assert_eq!(texts(page("^ As the baker said to the author.")), ["Text."]);
    }
}
