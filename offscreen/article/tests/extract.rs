//! Pages in, articles out.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use article::{Article, Block, BlockKind, Error, extract, extract_with_pauses};
use proptest::prelude::*;
use std::cell::Cell;
use std::ops::ControlFlow;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

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
    for tag in ["div", "ul", "li", "span", "b", "blockquote", "table", "a", "section", "svg", "p", "font"] {
        let html = format!(
            "{}<p>Deep text stands here.</p>{}",
            format!("<{tag}>").repeat(depth),
            format!("</{tag}>").repeat(depth)
        );
        // The stack that WebAssembly has.
        let reader = std::thread::Builder::new().stack_size(1 << 20);
        let article = reader.spawn(move || page(&html)).unwrap().join().unwrap();
        assert!(
            article.is_ok_and(|article| article.text().contains("Deep text stands here.")) || tag == "svg"
        );
    }
}

#[test]
fn soup_that_browsers_blow_up_is_refused_or_read() {
    let soup = |part: &str| part.repeat(2_000_000 / part.len());
    assert!(page(&soup("<p><b class=x><i id=y>word<u>")).is_ok());
    assert_eq!(page(&soup("<i>")), Err(Error::TooLarge));
    assert_eq!(page(&" ".repeat(17 << 20)), Err(Error::TooLarge));
    assert_eq!(page(&soup("<br>")), Err(Error::TooLarge));
    assert!(page(&format!("<table>{}", soup("<tr><td>one word<td>another word"))).is_ok());
    assert!(page(&format!("<title>{}</title>", soup("a - b | "))).is_err());
}

#[test]
fn large_pages_are_read_whole() {
    let html = format!("<article>{}</article>", filler(14_000));
    assert!(html.len() > 5_000_000);
    let article = page(&html).unwrap();
    assert!(article.text().split_whitespace().count() > 800_000);
    assert_eq!(article.blocks.len(), 14_000);
}

#[test]
fn tables_tell_rows_and_cells_apart_unless_they_arrange_the_page() {
    let table = "<table><tr><th>Year<th>Level<tr><td><p>1919</p><td>4 cm<br>above</table>";
    let article = page(&format!("{}{table}", filler(6))).unwrap();
    let rows: Vec<_> = article.blocks.iter().filter(|block| block.kind == BlockKind::TableRow).collect();
    assert_eq!(rows.iter().map(|row| &*row.text).collect::<Vec<_>>(), ["Year | Level", "1919 | 4 cm above"]);

    let layout = format!("<table><tr><td><a href=/>Home</a><td><h1>Tides</h1>{}</table>", filler(6));
    let article = page(&layout).unwrap();
    assert!(article.blocks.iter().all(|block| block.kind != BlockKind::TableRow), "{article:#?}");
}

#[test]
fn notes_controls_and_hidden_text_are_not_read() {
    let html = format!(
        "<article>{}<p>The sea<sup><a href='#n1'>1</a></sup> rose<sup id=r class=reference><a href='#n2'>[2]</a></sup> \
         by 10<sup>2</sup> cm.<span class=mw-editsection>[edit]</span> <button>Follow</button>\
         <span style='display: none'>secret</span><span hidden>hidden</span></p>\
         <h2 id=community>Community<a class=headerlink href='#community'>¶</a></h2><p>Everyone takes part in it.</p>\
         <pre>let x = 1; <span class=comment>// a remark</span></pre></article>",
        filler(6)
    );
    let text = page(&html).unwrap().text();
    assert!(
        text.contains("The sea rose by 10² cm.\n\nCommunity\n\nEveryone takes part in it.\n\n"),
        "{text}"
    );
    assert!(text.ends_with("let x = 1; // a remark"), "{text}");
}

#[test]
fn raised_numbers_keep_their_meaning_and_notes_go() {
    for (html, read) in [
        ("10<sup>6</sup> cells", "10⁶ cells"),
        ("10<sup>-3</sup> bar, E = mc<sup>2</sup>", "10⁻³ bar, E = mc²"),
        ("30 cm<sup>2</sup> of CO<sub>2</sub>, 10<sub>2</sub>", "30 cm² of CO2, 10₂"),
        ("2<sup>1</sup>/<sub>2</sub> cups", "2 1/2 cups"),
        ("<span>2<span>1</span>⁄<span>2</span></span> cups", "2 1/2 cups"),
        ("the 21<sup>st</sup>, le XX<sup>e</sup>", "the 21st, le XXe"),
        ("x<sup>k</sup> and 2<sup>n+1</sup>", "x^k and 2ⁿ⁺¹"),
        ("$29<sup>99</sup>", "$29.99"),
        ("cost 9<sup><a href='#n4'>4</a></sup> cents", "cost 9 cents"),
        ("cost 9<a href='#n4'><sup>4</sup></a> cents", "cost 9 cents"),
        ("in the end.<sup>3</sup> Then", "in the end. Then"),
        ("the boat<sup>7</sup> sank in 1911<sup>8</sup>", "the boat sank in 1911"),
        ("rose.<a class='footnote-anchor' href='/p#footnote-1'>1</a>", "rose."),
        ("see <a href='#part'>Part 1</a>, <a href='/y#9'>9</a>", "see Part 1, 9"),
        ("<s>Fares: 29.</s> Fares: 31.", "Fares: 31."),
    ] {
        let text = page(&format!("<p>{html}</p>")).unwrap().text();
        assert_eq!(text, read, "{html}");
    }
}

#[test]
fn what_stands_around_a_short_article_is_not_read() {
    let article = "<h1>T</h1><p>The quay was closed on Monday after a crane had tipped over in the wind.</p>\
        <p>Nobody was hurt, and ships can moor there again by the end of the week.</p>";
    let card = "<div><a href=/x><h3>Another story of the town</h3></a><p>Its first sentence is here to be seen, and no more.</p></div>";
    let comment = "<li><b>tern</b><p>They should have done that years ago, as I have always said.</p><a href=#r>Reply</a></li>";
    let consent = "<h2>Your privacy</h2><p>We and our partners store cookies on your device, and read them when you are here.</p>\
        <button>Accept all</button>";
    for around in [
        card.repeat(8),
        format!("<h2>Comments</h2><ol>{}</ol>", comment.repeat(8)),
        format!("<ol class=comments>{}</ol>", comment.repeat(8)),
        consent.to_owned(),
        "<h2>Go on reading</h2><p>Four weeks for one crown, as long as you like.</p><a href=/s>Subscribe</a>"
            .to_owned(),
        "<ul><li><a href=/x>A section of the paper</a></ul>".repeat(40),
    ] {
        let html = format!("<div><div>{article}</div><div>{around}</div></div>");
        let text = page(&html).unwrap().text();
        assert!(text.contains("The quay was closed") && text.contains("Nobody was hurt"), "{around}: {text}");
        assert_eq!(text.lines().filter(|line| !line.is_empty()).count(), 2, "{around}: {text}");
    }
}

#[test]
fn a_name_removes_no_running_text() {
    let sentence = "The float stands as high as the water outside, but without its waves.";
    for name in
        ["anchor", "reference", "infobox", "toc", "sidebar-text", "footer", "comment", "promo", "related"]
    {
        let html = format!(
            "<main><h1>Gauge</h1><p>One. {sentence}</p><div class={name}><p>Two. {sentence}</p></div></main>"
        );
        let text = page(&html).unwrap().text();
        assert!(text.contains("One.") && text.contains("Two."), "{name}: {text}");
    }
}

#[test]
fn words_of_neighbouring_blocks_stay_apart() {
    for html in
        ["one<p></p>two", "one<div>two</div>three", "one<nav>x</nav>two", "one<br>two", "one<ul><li>two</ul>"]
    {
        let text = page(html).unwrap().text();
        assert!(
            text.split_whitespace().all(|word| ["one", "two", "three"].contains(&word)),
            "{html}: {text}"
        );
    }
}

#[test]
fn a_capture_without_a_head_has_its_title_and_language_from_the_page() {
    let body = format!("<!doctype html><html><body><h1>Tides</h1>{}</body></html>", filler(6));
    let article =
        extract(&body, "https://www.harbour-news.example/tides", "Tides of Wrensea | Harbour News").unwrap();
    assert_eq!((article.title.as_str(), article.lang), ("Tides of Wrensea", None));
    let article = extract(&body, URL, "").unwrap();
    assert_eq!(article.title, "Tides");
    assert!(!article.blocks.iter().any(|block| matches!(block.kind, BlockKind::Heading(_))));
}

/// Tags to stir.
const TAGS: &str = "<p> </p> <div> </div> <ul> <li> </ul> <pre> </pre> <b <b> </b> <h2> </h2> <script> </script> <!-- \
    --> <svg> </svg> <br> <table> <tr> <td> <th> </table> <blockquote> </blockquote> <a/href=#x> </a> \
    <sup> </sup> <article> </article> <title> </title> <template> <select> <noscript> <figcaption>";

fn tags() -> Vec<&'static str> {
    TAGS.split(' ').collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Soup of tags and text never panics, is read the same each time, and nothing is read that is
    /// not on the page, or twice.
    #[test]
    fn soup_is_survived(soup in prop::collection::vec(
        prop_oneof!["[a-z]{1,9} ", "[a-z,.\\[\\] ]{0,60}", prop::sample::select(tags()).prop_map(str::to_owned)],
        0..80,
    )) {
        let html = soup.concat();
        let read = extract(&html, "about:blank", "");
        prop_assert_eq!(&read, &extract(&html, "about:blank", ""));
        let letters = |text: &str| text.chars().filter(char::is_ascii_lowercase).collect::<String>();
        let page = letters(&soup.iter().filter(|part| !tags().contains(&part.as_str())).cloned().collect::<String>());
        let read = letters(&read.map(|article| article.text()).unwrap_or_default());
        for letter in 'a'..='z' {
            let count = |text: &str| text.matches(letter).count();
            prop_assert!(count(&read) <= count(&page), "{read:?} holds more than {html:?}");
        }
    }

    /// Nor does anything else.
    #[test]
    fn any_text_is_survived(html in any::<String>(), url in any::<String>(), title in any::<String>()) {
        let article = extract(&html, &url, &title);
        prop_assert!(article.map_or(true, |article| article.blocks.iter().all(|block| !block.text.is_empty())));
    }
}

/// What takes long elsewhere: each is read within so many pauses as its length deserves, and not
/// one step behind a stop.
#[test]
fn reading_pauses_by_length_and_stops() {
    const STEPS: usize = 4 << 10;
    let long = |start: &str, part: &str| {
        format!("{start}{} The bridge is closed.", part.repeat(500_000 / part.len()))
    };
    for html in [
        long("", "["),
        long("", "<"),
        long("", "x"),
        long("", "&amp;"),
        long("", "<i>a</i>"),
        long("", "<span>a"),
        long("", "<sup>1"),
        long("", "<p>a"),
        long("<table><tr>", "<td>a"),
        long("", "a\u{301}"),
        long("<!-- ", "a"),
    ] {
        let read = |stop_after: usize| {
            let pauses = Cell::new(0);
            let pause = async || {
                pauses.set(pauses.get() + 1);
                if pauses.get() == stop_after { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            };
            let read = pin!(extract_with_pauses(&html, URL, "", pause));
            let Poll::Ready(article) = read.poll(&mut Context::from_waker(Waker::noop())) else {
                panic!("nothing is waited for")
            };
            (article, pauses.get())
        };
        let (article, pauses) = read(0);
        let start = &html[..40];
        assert!(
            pauses >= html.len() / STEPS / 4 && pauses <= 16 * html.len() / STEPS,
            "{start}: {pauses} pauses"
        );
        assert!(html.starts_with("<!--") || article.is_ok(), "{start}: {article:?}");
        for stop_after in [1, pauses / 2, pauses] {
            assert_eq!(read(stop_after), (Err(Error::Stopped), stop_after), "{start}");
        }
    }
}

#[test]
fn long_tags_and_comments_hide_no_text() {
    let attributes: String = (0..1_000).map(|i| format!(" a{i}='{i} > {i}'")).collect();
    for html in [
        format!("<p{attributes}>One.</p><p>Two."),
        format!("<!-- {} --><p>One.</p><p>Two.", "<p>no</p> ".repeat(2_000)),
        format!("<p title=\"{}\">One.</p><p>Two.", "x".repeat(50_000)),
    ] {
        let text = page(&html).unwrap().text();
        assert_eq!(text, "One.\n\nTwo.", "{}", &html[..30]);
    }
    let attributes: String = (0..60_000).map(|i| format!(" a{i}")).collect();
    assert_eq!(page(&format!("<p{attributes}>One.")), Err(Error::TooLarge));
}
