//! Pages in, articles out.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use article::{Article, Block, BlockKind, Error, extract};
use proptest::prelude::*;

const URL: &str = "https://example.org/news/tides";

fn page(main: &str) -> Result<Article, Error> {
    extract(
        &format!("<!doctype html><html lang=en><head><title>T</title></head><body>{main}</body></html>"),
        URL,
        "T",
    )
}

fn filler(n: usize) -> String {
    let sentence = "The harbour has kept a record of its tides, written down every morning, since long ago. ";
    (0..n).map(|i| format!("<p>{i}. {}</p>", sentence.repeat(4))).collect()
}

#[test]
fn an_article_loses_its_frame_and_keeps_its_structure() {
    let html = format!(
        "<nav><a href=/>Home</a> <a href=/a>Subscribe today</a></nav><main><article><h1>Tides</h1>{}<h2>Causes</h2>\
         <p>The land <b>is</b> sinking.[3] So\u{ad}lid proof<br>exists, and it is long enough to be a paragraph.</p>\
         <ul><li><p>First cause of all</p></li><li>Second cause</li></ul><blockquote>Anyone can draw a line.</blockquote>\
         <pre>let x = 1;\n    let y = 2;</pre><table><tr><th>Year</th><td>1811</td></tr></table></article></main>\
         <footer>Imprint and cookies</footer>",
        filler(6)
    );
    let article = page(&html).unwrap();
    let has = |kind, text: &str| article.blocks.contains(&Block { kind, text: text.to_owned() });
    assert!(has(BlockKind::Heading(2), "Causes"), "{article:#?}");
    assert!(has(
        BlockKind::Paragraph,
        "The land is sinking. Solid proof exists, and it is long enough to be a paragraph."
    ));
    assert!(has(BlockKind::ListItem, "First cause of all") && has(BlockKind::ListItem, "Second cause"));
    assert!(has(BlockKind::Quote, "Anyone can draw a line."));
    assert!(has(BlockKind::Code, "let x = 1;\n    let y = 2;"));
    assert!(has(BlockKind::TableRow, "Year | 1811"));
    assert_eq!(article.lang.as_deref(), Some("en"));
    assert!(
        !article.text().contains("Imprint") && !article.text().contains("Subscribe"),
        "{}",
        article.text()
    );
}

#[test]
fn pages_that_are_not_articles_give_their_main_text() {
    let results: String = (1..9)
        .map(|i| format!("<div><a href=/{i}>Result {i}</a><span>About thing {i}</span></div>"))
        .collect();
    let article = page(&format!("<nav>Menu of the site</nav><main>{results}</main>")).unwrap();
    assert!(article.text().contains("Result 8") && article.text().contains("About thing 1"));
    assert!(!article.text().contains("Menu"));
}

#[test]
fn pages_without_text_say_so() {
    for main in ["", "<div></div>", "<script>let a = 1</script>", "<p> — </p>", "<h1>Only a title</h1>"] {
        assert_eq!(page(main), Err(Error::NoText), "{main}");
    }
}

#[test]
fn hostile_nesting_is_read_without_overflow() {
    let depth = 100_000;
    let html = format!("{}<p>Deep text stands here.</p>{}", "<div>".repeat(depth), "</div>".repeat(depth));
    assert!(page(&html).unwrap().text().contains("Deep text stands here."));
}

#[test]
fn large_pages_are_read_whole() {
    let article = page(&format!("<article>{}</article>", filler(1_000))).unwrap();
    assert!(article.text().split_whitespace().count() > 60_000);
}

/// Tags to stir; tables move the text around them, and are tested above.
const TAGS: [&str; 16] = [
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<li>",
    "<pre>",
    "</pre>",
    "<b",
    "<h2>",
    "</h2>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<svg>",
    "<br>",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Soup of tags and text never panics, and what is read was there, in its order.
    #[test]
    fn soup_is_survived(soup in prop::collection::vec(
        prop_oneof!["[a-z ]{0,20}", prop::sample::select(&TAGS[..]).prop_map(str::to_owned)],
        0..60,
    )) {
        let html = soup.concat();
        if let Ok(article) = extract(&html, "about:blank", "") {
            let mut page = html.chars();
            for c in article.text().chars().filter(|c| c.is_ascii_lowercase()) {
                prop_assert!(page.any(|found| found == c), "{:?} is not of {html:?}", article.text());
            }
        }
    }
}
