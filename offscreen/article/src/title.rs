//! The title of a page without the name of its site.

use crate::article::{Block, BlockKind};
use crate::blocks::Found;
use crate::error::Error;
use crate::head::Head;
use crate::measure::Measures;
use crate::pace::Pace;
use crate::text::{fold, short_text};
use dom_query::NodeRef;
use std::ops::{ControlFlow, Range};

/// What stands between a title and the name of a site.
const SEPARATORS: [&str; 9] = [" - ", " | ", " – ", " — ", " · ", " • ", " :: ", " » ", " / "];

/// A title of more parts is left as it is.
const MAX_PARTS: usize = 8;

/// Characters of a title that are read: more is no title.
const MAX_LENGTH: usize = 300;

/// The page's title: the document's, else its first main heading. `hint` is what the capture says
/// that it is.
///
/// The site's name is cut off only where that is safe: what is left is a heading of the page or its
/// `og:title`, or what goes is the site's name by its own word or by its address.
pub(crate) fn title(head: &Head, page: &[Found], url: &str, hint: &str) -> String {
    let full = [fold(hint), head.title.clone(), head.og_title.clone()];
    let full = full.into_iter().find(|title| !title.is_empty());
    let heading = page.iter().find(|block| block.kind == BlockKind::Heading(1));
    let full = full.map(|title| title.chars().take(MAX_LENGTH).collect::<String>());
    let Some(full) = full else { return heading.map(|block| block.text.clone()).unwrap_or_default() };

    let site = Site { name: head.site.clone(), host: host(url) };
    let first = page.iter().find(|block| matches!(block.kind, BlockKind::Heading(_)));
    let known = [Some(&*head.og_title), heading.map(|block| &*block.text), first.map(|block| &*block.text)];
    let is_known =
        |part: &str| known.iter().flatten().any(|known| same(part, known)) && !site.is_called(part);
    let parts = parts(&full);
    let confirmed = runs(&full, &parts).into_iter().find(|run| is_known(run));
    confirmed.unwrap_or_else(|| without_site(&full, &parts, &site)).to_owned()
}

/// Letters of a heading that may be part of a title by chance.
const CHANCE: usize = 6;

/// Where what the page is about begins: the longest heading that its title contains, else a line that is the title, its first
/// main heading, or the only thing that it calls an article.
pub(crate) async fn beginning<'a>(
    measures: &Measures<'a>,
    head: &Head,
    hint: &str,
    pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
) -> Result<Option<NodeRef<'a>>, Error> {
    let start = |title: &str| letters(&title.chars().take(MAX_LENGTH).collect::<String>());
    let titles = [hint, &head.title, &head.og_title].map(start);
    let (mut best, mut main) = (None, None);
    for heading in &measures.headings {
        let text = letters(&short_text(heading, MAX_LENGTH).unwrap_or_default());
        pace.work(1 + text.len()).await?;
        if heading.has_name("h1") && !text.is_empty() {
            main.get_or_insert(*heading);
        }
        let known = text.len() >= CHANCE && titles.iter().any(|title| title.contains(&*text));
        if known && best.as_ref().is_none_or(|(length, _)| text.len() > *length) {
            best = Some((text.len(), *heading));
        }
    }
    if let Some((_, heading)) = best {
        return Ok(Some(heading));
    }
    for label in &measures.labels {
        let text = letters(&short_text(label, MAX_LENGTH).unwrap_or_default());
        pace.work(1 + text.len()).await?;
        if text.len() >= CHANCE
            && titles.iter().any(|title| title.starts_with(&*text) && text.len() * 2 > title.len())
        {
            return Ok(Some(*label));
        }
    }
    let only = || if let [article] = *measures.articles { Some(article) } else { None };
    Ok(main.or_else(only))
}

/// Whether a page whose text begins with this heading is the front of a site: by its address, or because the heading is the
/// site's name.
pub(crate) fn is_front(heading: Option<&NodeRef<'_>>, head: &Head, url: &str) -> bool {
    let path = url.split_once("://").and_then(|(_, rest)| rest.split(['?', '#']).next()?.split_once('/'));
    let is_root =
        path.is_some_and(|(_, path)| path.is_empty() || path.starts_with("index.") && !path.contains('/'));
    let site = Site { name: head.site.clone(), host: host(url) };
    let heading = heading.and_then(|heading| short_text(heading, MAX_LENGTH)).unwrap_or_default();
    !head.is_article && (is_root || site.is_called(&heading))
}

/// Drops a first heading that only repeats the title.
pub(crate) fn without_title(mut blocks: Vec<Block>, title: &str) -> Vec<Block> {
    let first = blocks.iter().take(3).position(|block| matches!(block.kind, BlockKind::Heading(_)));
    if let Some(first) = first.filter(|first| same(&blocks[*first].text, title)) {
        blocks.remove(first);
    }
    blocks
}

/// Where the parts of a title lie in it.
fn parts(title: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    while let Some((at, separator)) =
        SEPARATORS.iter().filter_map(|separator| Some((title[start..].find(separator)?, separator))).min()
    {
        parts.push(start..start + at);
        start += at + separator.len();
    }
    parts.push(start..title.len());
    parts
}

/// Every run of neighbouring parts that is not the whole title: first those that begin it, longer
/// ones first.
fn runs<'a>(title: &'a str, parts: &[Range<usize>]) -> Vec<&'a str> {
    if parts.len() > MAX_PARTS {
        return Vec::new();
    }
    let ends = |first: usize| (first..parts.len()).rev();
    let runs = (0..parts.len()).flat_map(|first| ends(first).map(move |last| (first, last)));
    runs.map(|(first, last)| &title[parts[first].start..parts[last].end]).collect()
}

/// The title without the site's name at its end, else at its start.
fn without_site<'a>(title: &'a str, parts: &[Range<usize>], site: &Site) -> &'a str {
    match parts {
        [rest @ .., name] if !rest.is_empty() && site.is_called(&title[name.clone()]) => {
            &title[..rest[rest.len() - 1].end]
        }
        [name, rest @ ..] if !rest.is_empty() && site.is_called(&title[name.clone()]) => {
            &title[rest[0].start..]
        }
        _ => title,
    }
}

struct Site {
    name: String,
    host: String,
}

impl Site {
    fn is_called(&self, name: &str) -> bool {
        let letters = letters(name);
        let by_address = letters.len() >= 4 && self.host.contains(&letters);
        same(name, &self.name) || by_address
    }
}

/// The letters and digits of an address's host.
fn host(url: &str) -> String {
    let host =
        url.split_once("://").map_or("", |(_, rest)| rest.split(['/', '?', '#', ':']).next().unwrap_or(""));
    letters(host)
}

fn same(a: &str, b: &str) -> bool {
    let a = letters(a);
    !a.is_empty() && a == letters(b)
}

/// Whether a title holds the words of a heading.
pub(crate) fn is_said_in(title: &str, heading: &str) -> bool {
    letters(title).contains(&*letters(heading))
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::at_once;
    use crate::page_text::page_text;

    fn of(html: &str, url: &str, hint: &str) -> String {
        let document = dom_query::Document::from(html);
        let pace = Pace::new(async || ControlFlow::Continue(()));
        let read = async {
            let head = Head::read(&document, &pace).await.unwrap();
            title(&head, &page_text(&document, &pace).await.unwrap(), url, hint)
        };
        at_once(read)
    }

    #[test]
    fn the_site_goes_where_a_heading_or_the_site_itself_confirms_it() {
        let news = "<h1>Sea rises</h1><p>Text</p>";
        assert_eq!(of(news, "", "Sea rises - The Chronicle"), "Sea rises");
        assert_eq!(of(news, "", "Chronicle | Sea rises | Harbour"), "Sea rises");
        assert_eq!(
            of("<p>x", "https://www.thechronicle.example/a", "Sea - rises - The Chronicle"),
            "Sea - rises"
        );
        let named = "<head><meta property='og:site_name' content='Harbour News'></head><p>x";
        assert_eq!(of(named, "", "Sea rises – Harbour News"), "Sea rises");
    }

    #[test]
    fn what_may_belong_to_the_title_stays() {
        assert_eq!(of("<p>x", "https://a.example/", "Spider-Man - The Return"), "Spider-Man - The Return");
        assert_eq!(of("<p>x", "", " - "), "-");
    }

    #[test]
    fn a_page_without_title_has_its_heading() {
        assert_eq!(of("<title> </title><h1>Sea\nrises</h1>", "", ""), "Sea rises");
        assert_eq!(of("<p>text", "", ""), "");
    }
}
