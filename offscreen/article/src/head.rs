//! What a page says about itself.

use crate::error::Error;
use crate::evidence;
use crate::pace::Pace;
use crate::text::{fold, short_text};
use dom_query::{Document, Element, NodeRef};
use html5ever::local_name;
use std::ops::ControlFlow;

/// Bytes of a title that are read: more is none.
const LONGEST: usize = 4_000;

/// The first of each that is said; empty where nothing is.
#[derive(Default)]
pub(crate) struct Head {
    pub(crate) lang: String,
    pub(crate) title: String,
    pub(crate) og_title: String,
    /// The site's name.
    pub(crate) site: String,
    /// It says of itself that it is an article.
    pub(crate) is_article: bool,
    /// It says of itself that a video is what it is about, or how long its video is.
    pub(crate) is_video: bool,
    /// Its structured data (JSON-LD), as far as they are looked through.
    pub(crate) data: String,
}

impl Head {
    /// Looks for it everywhere: a parser moves what stands in the wrong place.
    pub(crate) async fn read(
        document: &Document,
        pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
    ) -> Result<Self, Error> {
        let mut head = Self::default();
        let mut content_language = String::new();
        let mut stack = vec![document.root()];
        while let Some(node) = stack.pop() {
            pace.work(1).await?;
            if let Some(element) = node.element_ref() {
                head.element(&node, &element, &mut content_language);
            }
            stack.extend(node.children_it(true));
        }
        say(&mut head.lang, &content_language);
        Ok(head)
    }

    /// The language that the page declares.
    pub(crate) fn language(&self) -> Option<String> {
        Some(self.lang.clone()).filter(|lang| !lang.is_empty())
    }

    fn element(&mut self, node: &NodeRef<'_>, element: &Element, content_language: &mut String) {
        let attribute = |name: &str| element.attr(name).unwrap_or_default();
        match element.name.local {
            local_name!("html") => say(&mut self.lang, &attribute("lang")),
            local_name!("title") if self.title.is_empty() && is_in_head(node) => {
                say(&mut self.title, &short_text(node, LONGEST).unwrap_or_default());
            }
            local_name!("meta") => {
                let content = attribute("content");
                match &*attribute("property") {
                    "og:title" => say(&mut self.og_title, &content),
                    "og:site_name" => say(&mut self.site, &content),
                    "og:type" => {
                        self.is_article |= &*content == "article";
                        self.is_video |= content.starts_with("video");
                    }
                    "video:duration" => self.is_video = true,
                    _ => {}
                }
                if attribute("http-equiv").eq_ignore_ascii_case("content-language") {
                    say(content_language, &content);
                }
            }
            local_name!("script") if &*attribute("type") == "application/ld+json" => {
                let room = evidence::LONGEST.saturating_sub(self.data.len());
                self.data.push_str(&short_text(node, room).unwrap_or_default());
            }
            _ => {}
        }
    }
}

fn is_in_head(node: &NodeRef<'_>) -> bool {
    node.parent().is_some_and(|parent| parent.has_name("head"))
}

fn say(what: &mut String, text: &str) {
    if what.is_empty() && text.len() <= LONGEST {
        *what = fold(text);
    }
}
