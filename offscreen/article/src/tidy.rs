//! From what was found on a page to what is read.

use crate::article::{Block, BlockKind};
use crate::blocks::Found;
use crate::error::Error;
use crate::labels::{is_byline, is_label, is_pager, is_sentence, is_sharing, is_trail, without_credit};
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

/// Bytes of a heading at most that may end as a sentence does.
const HEADING: usize = 50;

/// Drops labels, bylines, trails, captions unless they are the text, back matter and headings without text;
/// unites what stands twice.
pub(crate) async fn tidy(
    mut found: Vec<Found>,
    pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
) -> Result<Vec<Block>, Error> {
    let (mut below_pictures, mut beside) = (0, 0);
    for block in &mut found {
        pace.work(1 + block.text.len()).await?;
        if block.caption {
            block.text.truncate(without_credit(&block.text).len());
        }
        let said = if is_sentence(&block.text) { block.text.len() } else { 0 };
        *(if block.caption { &mut below_pictures } else { &mut beside }) += said;
    }
    // Captions are read where most of what is said stands below pictures.
    let are_text = below_pictures > beside;
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
        if twice
            || is_label(&block)
            || is_sharing(&block)
            || is_pager(&block)
            || is_trail(&block)
            || block.caption && !(are_text && is_sentence(&block.text))
        {
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
    fn captions_stay_where_they_are_the_text() {
        let caption = |text: &str| Found { caption: true, ..found(BlockKind::Paragraph, text) };
        let essay = vec![
            caption("Photo: Jane Doe"),
            caption("The steps at low water. Photo: Jane Doe / Courier"),
            caption("Logo"),
        ];
        assert_eq!(texts(essay.clone()), ["The steps at low water."]);
        let text = "The steps below the market are closed until the tide has turned.";
        let mut page = essay;
        page.push(found(BlockKind::Paragraph, text));
        assert_eq!(texts(page), [text]);
    }

    #[test]
    fn what_leads_on_and_what_passes_on_goes() {
        let link = |text: &str| Found { linked: text.len(), ..found(BlockKind::Paragraph, text) };
        let page = vec![
            link("« Previous | Next »"),
            link("Next post: The quay at night"),
            found(BlockKind::ListItem, "[Prev in Thread]"),
            found(BlockKind::Paragraph, "Seite 2 von 5"),
            found(BlockKind::Paragraph, "Share on X"),
            found(BlockKind::Paragraph, "Auf Facebook teilen"),
            link("Anterior"),
        ];
        assert!(texts(page).is_empty());
        let kept = [
            found(BlockKind::ListItem, "Next"),
            found(BlockKind::ListItem, "Next to your name stands a number"),
            found(BlockKind::ListItem, "Share of the vote"),
            found(BlockKind::Paragraph, "Next: the weather, and why it matters"),
            link("The previous owner of the mill"),
        ];
        assert_eq!(texts(kept.to_vec()), kept.map(|block| block.text));
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
