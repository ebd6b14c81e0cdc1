use crate::article::{Article, BlockKind};
use crate::blocks::{Found, blocks};
use crate::clean::clean;
use crate::error::Error;
use crate::page_text::page_text;
use crate::parse::parse;
use crate::text::fold;
use crate::tidy::tidy;
use crate::title::{title, without_title};
use dom_query::Document;
use dom_smoothie::{Config, Readability};

/// An article with less of the page's text than this is a mistake of the finder, or the page is no
/// article.
const MIN_SHARE: f32 = 0.4;

/// An article shorter than this is rarely one: it must be nearly all of the page, unless the page
/// says that it is one.
const SHORT_LENGTH: f32 = 500.0;

/// The share for those.
const MIN_SHARE_OF_SHORT: f32 = 0.8;

/// Characters that are an article whatever else the page holds: comments can outweigh a short one.
const SURE_LENGTH: f32 = 2_000.0;

/// Share of a link's text that doesn't count as text of the page.
const LINK_DISCOUNT: f32 = 0.75;

/// Reads a captured page. `hint` is the document's title, for captures without a head.
///
/// The article finder is asked first. Where it finds nothing, or little of what is on the page, the
/// page is no article, and the text of its body is read without what frames it.
///
/// # Errors
/// [`Error::NoText`] when there is nothing to read, [`Error::TooLarge`] when there is more than any
/// page should hold.
pub fn extract(html: &str, url: &str, hint: &str) -> Result<Article, Error> {
    let document = parse(html)?;
    let lang = language(&document);
    clean(&document.root());
    let page = page_text(&document);
    let title = title(&document, &page, url, hint);
    let declared = document.select("article").length() == 1;
    let found = find(document).filter(|found| is_the_article(found, &page, declared)).unwrap_or(page);
    let blocks = without_title(tidy(found), &title);
    if blocks.iter().all(|block| matches!(block.kind, BlockKind::Heading(_))) {
        return Err(Error::NoText);
    }
    Ok(Article { title, lang, blocks })
}

fn language(document: &Document) -> Option<String> {
    let lang = document
        .select_single("html")
        .attr("lang")
        .or_else(|| document.select_single("meta[http-equiv='content-language' i]").attr("content"))?;
    Some(fold(&lang)).filter(|lang| !lang.is_empty())
}

/// What the article finder takes for the article.
fn find(document: Document) -> Option<Vec<Found>> {
    // Metadata of the page is not needed, and its parser is one more thing to feed with hostile
    // input.
    let config = Config { disable_json_ld: true, ..Config::default() };
    let mut finder = Readability::with_document(document, None, Some(config)).ok()?;
    finder.parse().ok()?;
    let content = finder.doc.select_single("#readability-page-1");
    Some(blocks(content.nodes().first()?, &|_| false))
}

fn is_the_article(found: &[Found], page: &[Found], declared: bool) -> bool {
    // Links to elsewhere say little about how much text there is.
    let weight = |block: &Found| block.text.len() as f32 - LINK_DISCOUNT * block.linked as f32;
    let length = |blocks: &[Found]| blocks.iter().map(weight).sum::<f32>();
    let (found, page) = (length(found), length(page));
    let share = if found < SHORT_LENGTH && !declared { MIN_SHARE_OF_SHORT } else { MIN_SHARE };
    found > 0.0 && (found >= SURE_LENGTH || found >= share * page)
}
