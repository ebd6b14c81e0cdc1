use crate::article::{Article, BlockKind, Video};
use crate::blocks::{Found, blocks};
use crate::clean::{Kept, clean};
use crate::error::Error;
use crate::evidence::Evidence;
use crate::furniture::without_furniture;
use crate::head::Head;
use crate::measure::measure;
use crate::pace::Pace;
use crate::page_text::page_text;
use crate::parse::parse;
use crate::tidy::tidy;
use crate::title::{beginning, is_front, is_said_in, title, without_title};
use crate::transcript::transcript;
use dom_query::Document;
use dom_smoothie::{Config, Readability};
use std::ops::ControlFlow;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// An article with less of the page's text than this is a mistake of the finder, or the page is no
/// article.
const MIN_SHARE: f32 = 0.4;

/// An article shorter than this is rarely one: it must be nearly all of the page, unless the page
/// says that it is one.
const SHORT_LENGTH: f32 = 500.0;

/// The share for those.
const MIN_SHARE_OF_SHORT: f32 = 0.8;

/// The share where what surrounds the article is gone already: less is a part of it.
const MIN_SHARE_OF_KNOWN: f32 = 0.7;

/// Characters that are an article whatever else the page holds: comments can outweigh a short one.
const SURE_LENGTH: f32 = 2_000.0;

/// Share of a link's text that doesn't count as text of the page.
const LINK_DISCOUNT: f32 = 0.75;

/// The article finder neither pauses nor stops: pages of more elements are read without it …
const FINDER_ELEMENTS: usize = 8_000;

/// … and so are those of more bytes of text …
const FINDER_TEXT: usize = 400_000;

/// … or in the texts of all their elements: it reads those of boxes within boxes again.
const FINDER_NESTED: usize = 10 * FINDER_TEXT;

/// Reads a captured page. `hint` is the document's title, for captures without a head.
///
/// The article finder is asked first. Where it finds nothing, or little of what is on the page, the
/// page is no article, and the text of its body is read without what frames it. So is a page that
/// is too large for the finder, which can't pause. A transcript that is shown of a video is read in its place.
///
/// # Errors
/// [`Error::NoText`] or [`Error::OnlyVideo`] when there is nothing to read, [`Error::TooLarge`] when there is more than any
/// page should hold.
pub fn extract(html: &str, url: &str, hint: &str) -> Result<Article, Error> {
    at_once(extract_with_pauses(html, url, hint, async || ControlFlow::Continue(())))
}

/// As [`extract`], with a `pause` after each piece of work: a few thousand bytes or elements.
///
/// # Errors
/// As [`extract`], and [`Error::Stopped`] when `pause` breaks.
pub async fn extract_with_pauses(
    html: &str,
    url: &str,
    hint: &str,
    pause: impl AsyncFn() -> ControlFlow<()>,
) -> Result<Article, Error> {
    let pace = Pace::new(pause);
    let document = parse(html, &pace).await?;
    let head = Head::read(&document, &pace).await?;
    let evidence = Evidence::of(&head.data);
    let measures = measure(&document.root(), evidence.as_ref(), &pace).await?;
    if let Some(spoken) = transcript(&document.root(), &pace).await?
        && (head.is_video || 2 * spoken.length >= measures.page.text)
    {
        let title = title(&head, &[], url, hint);
        let lang = head.language();
        return Ok(Article {
            title,
            lang,
            blocks: spoken.blocks,
            places: spoken.places,
            video: Some(Video::Read),
        });
    }
    let beginning = beginning(&measures, &head, hint, &pace).await?;
    let is_front = is_front(beginning.as_ref(), &head, url);
    let is_known =
        without_furniture(&document.root(), beginning.as_ref(), is_front, url, &measures, &pace).await?;
    let kept = clean(&document.root(), &measures, &pace).await?;
    let page = page_text(&document, &pace).await?;
    let title = title(&head, &page, url, hint);
    let found = find(document, &kept, &pace).await?;
    let is_article = kept.articles == 1 || head.is_article;
    let is_chosen = |found: &Vec<Found>| is_the_article(found, &page, is_article, is_known);
    let found = match (evidence, found) {
        (Some(evidence), found) => Some(choose(&evidence, found, is_chosen, &page, &pace).await?),
        (None, found) => found.filter(is_chosen),
    };
    let found = found.map(|found| with_heading(found, &page, &title)).unwrap_or(page);
    let blocks = without_title(tidy(found, &pace).await?, &title);
    if blocks.iter().all(|block| matches!(block.kind, BlockKind::Heading(_))) {
        return Err(if head.is_video { Error::OnlyVideo } else { Error::NoText });
    }
    let (lang, video) = (head.language(), head.is_video.then_some(Video::Unread));
    Ok(Article { title, lang, blocks, places: Vec::new(), video })
}

/// The result of work whose pauses are none.
pub(crate) fn at_once<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(result) = work.as_mut().poll(&mut context) {
            return result;
        }
    }
}

/// What the article finder takes for the article.
async fn find(
    document: Document,
    kept: &Kept,
    pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
) -> Result<Option<Vec<Found>>, Error> {
    if kept.elements > FINDER_ELEMENTS || kept.text > FINDER_TEXT || kept.nested > FINDER_NESTED {
        return Ok(None);
    }
    pace.work(usize::MAX).await?;
    let Some(finder) = found(document) else { return Ok(None) };
    pace.work(usize::MAX).await?;
    let content = finder.doc.select_single("#readability-page-1");
    let Some(root) = content.nodes().first() else { return Ok(None) };
    blocks(root, &|_| false, pace).await.map(Some)
}

fn found(document: Document) -> Option<Readability> {
    // Metadata of the page is not needed, and its parser is one more thing to feed with hostile
    // input.
    let config = Config { disable_json_ld: true, ..Config::default() };
    let mut finder = Readability::with_document(document, None, Some(config)).ok()?;
    finder.parse().ok()?;
    Some(finder)
}

/// Of what was found and the page's text the one that the page declares to be its article.
async fn choose(
    evidence: &Evidence,
    found: Option<Vec<Found>>,
    is_chosen: impl Fn(&Vec<Found>) -> bool,
    page: &[Found],
    pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
) -> Result<Vec<Found>, Error> {
    let is_usual = found.as_ref().is_some_and(is_chosen);
    let found = found.unwrap_or_default();
    let (usual, other) = if is_usual { (&*found, page) } else { (page, &*found) };
    Ok(evidence.choose(page, [usual, other], pace).await?.unwrap_or(usual).to_vec())
}

/// The article finder takes a page's only main heading for its title, and drops it.
fn with_heading(mut found: Vec<Found>, page: &[Found], title: &str) -> Vec<Found> {
    let mut headings = page.iter().filter(|block| block.kind == BlockKind::Heading(1));
    if let (Some(heading), None) = (headings.next(), headings.next())
        && !is_said_in(title, &heading.text)
        && found.iter().all(|block| block.text != heading.text)
    {
        found.insert(0, heading.clone());
    }
    found
}

fn is_the_article(found: &[Found], page: &[Found], declared: bool, is_known: bool) -> bool {
    // Links to elsewhere say little about how much text there is.
    let weight = |block: &Found| block.text.len() as f32 - LINK_DISCOUNT * block.linked as f32;
    let length = |blocks: &[Found]| blocks.iter().map(weight).sum::<f32>();
    let (found, page) = (length(found), length(page));
    let share = match () {
        () if is_known => MIN_SHARE_OF_KNOWN,
        () if found < SHORT_LENGTH && !declared => MIN_SHARE_OF_SHORT,
        () => MIN_SHARE,
    };
    found > 0.0 && (found >= share * page || found >= SURE_LENGTH && !is_known)
}
