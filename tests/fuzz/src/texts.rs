//! Pages, selections and what models answer to them, as targets.

use crate::Target;
use crate::{article, rewrite, sentences, summarize, translate};

/// Any page: an article without empty blocks, or none.
pub(crate) const ARTICLE: Target =
    Target { name: "article", run: article::article, seeds: pages, words: MARKUP, mutations: 150 };

/// Any text: its sentences are all of it.
pub(crate) const SENTENCES: Target =
    Target { name: "sentences", run: sentences::sentences, seeds: texts, words: WORDS, mutations: 500 };

/// Any article in any language, any answers.
pub(crate) const SUMMARIZE: Target =
    Target { name: "summarize", run: summarize::summarize, seeds: texts, words: WORDS, mutations: 150 };

/// Any selection in any language, any answers.
pub(crate) const REWRITE: Target =
    Target { name: "rewrite", run: rewrite::rewrite, seeds: texts, words: WORDS, mutations: 500 };

/// Any selection and any block in any language, any answers.
pub(crate) const TRANSLATE: Target =
    Target { name: "translate", run: translate::translate, seeds: texts, words: WORDS, mutations: 500 };

const MARKUP: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "<table><tr><td>",
    "<article>",
    "<h1>",
    "<a href=x>",
    "<br>",
    "<li>",
    "<!--",
    "]",
    "[",
    "&amp;",
];

const WORDS: &[&str] = &[
    "\0",
    "\n",
    "en",
    "de",
    "el",
    "ja",
    "de>en",
    "\t",
    ". ",
    "? ",
    "not ",
    "12.5 %",
    "«",
    "ισαισα",
    "。",
    "\u{301}",
    "\u{202e}",
    "[1]",
    "- ",
    "# ",
];

fn pages() -> Vec<Vec<u8>> {
    let page = "<title>A day</title><article><h1>A day at sea</h1><p>The ship left at 6.30 in the morning, and nobody \
        was late.</p><ul><li>One</li><li>Two</li></ul><table><tr><td>a</td><td>b</td></tr></table></article>";
    vec![page.as_bytes().to_vec()]
}

/// A tag, a text and answers, between zeros.
fn texts() -> Vec<Vec<u8>> {
    [
        "en\0# A day\nThe ship left at 6.30. Nobody was late, and 12 people sang.\0The ship left. Nobody was late.\0- A ship left",
        "de>en\0Das Schiff fuhr um 6.30 Uhr ab.\tNiemand kam zu spät.\0The ship left at 6.30.\0Nobody was late.",
        "\u{1}el\0Η θάλασσα ήταν ισαισα. Δεν άργησε κανείς.\0Η θάλασσα.\0",
    ]
    .map(|text| text.as_bytes().to_vec())
    .into()
}
