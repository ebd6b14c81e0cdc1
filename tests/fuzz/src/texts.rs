//! Pages, selections and what models answer to them, as targets.

use crate::Target;
use crate::{article, ask, rewrite, sentences, summarize, translate};

/// Any page: an article without empty blocks, or none.
pub(crate) const ARTICLE: Target =
    Target { name: "article", run: article::article, seeds: pages, words: MARKUP, mutations: 1000 };

/// Any text: its sentences are all of it.
pub(crate) const SENTENCES: Target =
    Target { name: "sentences", run: sentences::sentences, seeds: texts, words: WORDS, mutations: 500 };

/// Any article in any language, any answers.
pub(crate) const SUMMARIZE: Target =
    Target { name: "summarize", run: summarize::summarize, seeds: texts, words: WORDS, mutations: 400 };

/// Any question about any article, any answers.
pub(crate) const ASK: Target =
    Target { name: "ask", run: ask::ask, seeds: texts, words: WORDS, mutations: 400 };

/// Any selection in any language, any answers.
pub(crate) const REWRITE: Target =
    Target { name: "rewrite", run: rewrite::rewrite, seeds: rewrites, words: WORDS, mutations: 200 };

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
    "'s ",
    " is ",
    " are ",
    " goes ",
    " went ",
    " will ",
    "If ",
    " before ",
    "March 11",
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
        "el\0Η θάλασσα ήταν ισαισα. Δεν άργησε κανείς.\0Η θάλασσα.\0",
    ]
    .map(|text| text.as_bytes().to_vec())
    .into()
}

/// As [`texts`], behind the way; the answers are such as are taken.
fn rewrites() -> Vec<Vec<u8>> {
    [
        "\u{1}en\0She go home and he have went to work. If it will rain, the boats stays in.\0She goes home and he has \
         gone to work.\0If it rains, the boats stay in.",
        "\u{4}en\0He's gonna be late, but we'll be done till 11 March.\0He will be late, but we will be done until 11 March.",
        "\u{8}en\0It does not matter who is not late.\0It doesn't matter who's not late.",
        "\u{c}en\0The old bridge, which carries 40,000 cars every day, may not be opened before May, said the town.\0The old \
         bridge may not be opened before May.",
        "\u{2}en\0They utilised the vessel. Nobody was late.\0They used the ship.\0",
        "\u{3}en\0The ship left at 6.30, 12 people sang, and nobody was late.\0- The ship left at 6.30\n- 12 people sang",
        "\u{1}el\0Η θάλασσα ήταν ισαισα. Δεν άργησε κανείς.\0Η θάλασσα.\0",
    ]
    .map(|text| text.as_bytes().to_vec())
    .into()
}
