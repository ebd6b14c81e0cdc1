use crate::blocks::blocks;
use crate::depth::limit_depth;
use crate::page_text::{drop_navigation, page_text};
use crate::text::fold;
use crate::{Article, Block, BlockKind, Error};
use dom_query::Document;
use dom_smoothie::Readability;

/// An article with less of the page's text than this is a mistake of the finder, or the page is no article.
const MIN_SHARE: f32 = 0.2;

/// Characters that are an article whatever else the page holds: comments can outweigh a short one.
const SURE_LENGTH: usize = 1_500;

/// Reads a captured page. `title` is the document's title, for pages whose text names none.
///
/// # Errors
/// [`Error::NoText`] when there is nothing to read.
pub fn extract(html: &str, url: &str, title: &str) -> Result<Article, Error> {
    let document = Document::from(&*limit_depth(html));
    let lang =
        document.select_single("html").attr("lang").map(|lang| fold(&lang)).filter(|lang| !lang.is_empty());
    let page = page_text(&document);
    let (found_title, blocks) = match find(document, url) {
        Some((title, blocks)) if is_the_article(&blocks, &page) => (title, blocks),
        _ => (String::new(), page),
    };
    let title = [found_title, fold(title)].into_iter().find(|title| !title.is_empty()).unwrap_or_default();
    let blocks = without_title(blocks, &title);
    if blocks.iter().all(|block| matches!(block.kind, BlockKind::Heading(_))) {
        return Err(Error::NoText);
    }
    Ok(Article { title, lang, blocks })
}

/// The article finder's title and blocks.
fn find(document: Document, url: &str) -> Option<(String, Vec<Block>)> {
    drop_navigation(&document);
    // A relative or odd address only costs the finder its absolute links, which are not read here.
    let url = Some(url).filter(|url| url.starts_with("http://") || url.starts_with("https://"));
    let article = Readability::with_document(document, url, None).ok()?.parse().ok()?;
    let content = Document::fragment(&*article.content);
    Some((fold(&article.title), blocks(&content.root(), &|_| false)))
}

fn is_the_article(found: &[Block], page: &[Block]) -> bool {
    let length = |blocks: &[Block]| blocks.iter().map(|block| block.text.len()).sum::<usize>();
    let (found, page) = (length(found), length(page));
    found >= SURE_LENGTH || found as f32 >= MIN_SHARE * page as f32
}

/// Drops a first heading that only repeats the title.
fn without_title(mut blocks: Vec<Block>, title: &str) -> Vec<Block> {
    let repeats = |block: &Block| matches!(block.kind, BlockKind::Heading(_)) && block.text == title;
    if blocks.first().is_some_and(repeats) {
        blocks.remove(0);
    }
    blocks
}
