use crate::{Article, BlockKind, Place, Video, extract};
use proptest::prelude::*;

const SAID: [&str; 8] = [
    "Good evening, and thank you for coming out in",
    "this weather. Tonight I want to talk about mud.",
    "[Laughter]",
    "Mud keeps a record of every storm. When we drill",
    "a core out of a lake, each dark band is one flood.",
    ">> And how far back do they go?",
    "In this valley they go back nine thousand years.",
    "(applause) That is older than any wall we know of.",
];

/// A page with the segments, five seconds apart, in this markup.
fn page(head: &str, segment: impl Fn(&str, &str) -> String) -> Article {
    let segments: String =
        SAID.iter().enumerate().map(|(i, text)| segment(&format!("0:{:02}", 5 * i), text)).collect();
    let html = format!(
        "<html lang=en><head>{head}<title>Mud – Tube</title></head><body><h1>Mud</h1><p>12,040 views</p>\
         <section><div>{segments}</div></section><a>Next: 3:12 Clay</a></body></html>"
    );
    extract(&html, "https://tube.example/", "Mud – Tube").unwrap()
}

#[test]
fn segments_of_any_markup_become_sentences_that_know_their_time() {
    let head = "<meta property=og:type content=video.other>";
    let markups: [fn(&str, &str) -> String; 6] = [
        |at, text| format!("<div role=button><div><div>{at}</div></div><span>{text}</span></div>"),
        |at, text| format!("<button><span>{at}</span><span>{text}</span></button>"),
        |at, text| format!("<p>[{at}] {text}</p>"),
        |at, text| format!("<p><a href=#>{at}</a> {text}</p>"),
        |at, text| format!("<dt>{at}</dt><dd>{text}</dd>"),
        |at, text| format!("<span>{at}</span> {text}<br>"),
    ];
    for (i, markup) in markups.into_iter().enumerate() {
        let article = page(head, markup);
        assert_eq!(article.video, Some(Video::Read), "{i}");
        assert_eq!(
            article.text(),
            "Good evening, and thank you for coming out in this weather. Tonight I want to talk about mud. Mud keeps \
             a record of every storm. When we drill a core out of a lake, each dark band is one flood. And how far \
             back do they go? In this valley they go back nine thousand years. (applause) That is older than any wall \
             we know of.",
            "{i}"
        );
        let at = article.blocks[0].text.find("In this valley").unwrap();
        assert_eq!(article.place_of(0, at), Some(Place::Time(30)));
        assert_eq!(article.place_of(0, at - 1), Some(Place::Time(25)));
        assert_eq!(article.place_of(0, 0), Some(Place::Time(0)));
    }
}

#[test]
fn titles_of_chapters_are_headings() {
    let markup = |at: &str, text: &str| {
        let title = if at == "0:15" { "<div><b>What mud</b> remembers</div>" } else { "" };
        format!("{title}<div><div>{at}</div> <div>{text}</div></div>")
    };
    let article = page("<meta property=video:duration content=40>", markup);
    let titles: Vec<_> = article.blocks.iter().filter(|block| block.kind == BlockKind::Heading(2)).collect();
    assert_eq!(titles.len(), 1);
    assert_eq!(titles[0].text, "What mud remembers");
}

#[test]
fn words_without_punctuation_are_parted_between_segments() {
    let segments: String = (0..60)
        .map(|i| {
            format!(
                "<li><i>{}:{:02}</i> and then the river number {i} came down the hill</li>",
                i / 15,
                i % 15 * 4
            )
        })
        .collect();
    let html = format!("<title>Rivers</title><ol>{segments}</ol>");
    let article = extract(&html, "https://tube.example/", "").unwrap();
    assert_eq!(article.video, Some(Video::Read));
    assert!((15..=30).contains(&article.blocks.len()), "{}", article.blocks.len());
    for (i, block) in article.blocks.iter().enumerate() {
        assert!(block.text.starts_with("and then") && block.text.ends_with("hill"), "{}", block.text);
        assert!(article.places.iter().any(|start| (start.block, start.offset) == (i, 0)));
    }
}

#[test]
fn what_is_no_speech_is_no_transcript() {
    let line = |at: &str, text: &str| format!("<li><b>{at}</b> {text}</li>");
    let lines = |times: &[&str], text: &str| -> String { times.iter().map(|at| line(at, text)).collect() };
    let words = "The keeper of the lighthouse writes down what the sea was like that night.";
    for (name, list) in [
        ("chapters", lines(&["0:00", "4:30", "9:10", "15:40", "22:05", "31:50", "40:00"], "About stones")),
        ("a timetable", lines(&["6:10", "6:25", "6:40", "6:55", "7:10", "7:25", "7:40"], "Halt")),
        ("a ticker", lines(&["10:40", "10:41", "10:42", "10:44", "10:45", "10:46", "10:47"], words)),
        ("songs", lines(&["3:10", "2:50", "4:40", "3:55", "2:10", "5:25", "1:40"], "A song of the sea")),
        ("few", lines(&["0:00", "0:04", "0:09"], words)),
    ] {
        let html = format!("<title>Night</title><article><p>{words} {words}</p><ul>{list}</ul></article>");
        let article = extract(&html, "https://example.org/a", "").unwrap();
        assert_eq!(article.video, None, "{name}");
        assert!(article.text().contains("lighthouse"), "{name}");
    }
}

#[test]
fn an_article_with_a_short_transcript_stays_an_article_unless_the_page_is_a_videos() {
    let paragraph = "<p>The council met for three hours on Tuesday and could not agree about the price of the bridge.</p>";
    let segments: String =
        SAID.iter().enumerate().map(|(i, text)| format!("<li><i>0:{:02}</i> {text}</li>", 5 * i)).collect();
    for (kind, video) in [("article", None), ("video.other", Some(Video::Read))] {
        let html = format!(
            "<head><meta property=og:type content={kind}><title>Bridge</title></head><article>{}</article><ul>{segments}</ul>",
            paragraph.repeat(20)
        );
        assert_eq!(extract(&html, "https://example.org/a", "").unwrap().video, video, "{kind}");
    }
}

#[test]
fn a_video_without_a_transcript_is_said_to_be_unread() {
    let head = "<head><meta property=og:type content=video.other><title>Mud</title></head>";
    let text =
        "<p>A geologist explains in twenty minutes what the bottom of a lake can tell about storms.</p>";
    let article = extract(&format!("{head}{text}"), "https://tube.example/", "").unwrap();
    assert_eq!(article.video, Some(Video::Unread));
    assert_eq!(extract(head, "https://tube.example/", "").unwrap_err(), crate::Error::OnlyVideo);
}

proptest! {
    /// Whatever stands between times: what is read is the page's, in its order, and each place is one of its text.
    #[test]
    fn any_list_of_times_is_read_or_left(
        rows in proptest::collection::vec((0_u32..4000, "[a-zA-Z .!\\[\\]()♪>世界<-]{0,60}"), 0..40),
        sorted in any::<bool>(),
    ) {
        let mut rows = rows;
        if sorted {
            rows.sort_by_key(|(at, _)| *at);
        }
        let list: String = rows
            .iter()
            .map(|(at, text)| format!("<div><b>{}:{:02}</b><i>{}</i></div>", at / 60, at % 60, text.replace('<', "&lt;")))
            .collect();
        if let Ok(article) = extract(&format!("<title>T</title><div>{list}</div>"), "https://example.org/", "") {
            let mut before = None;
            for start in &article.places {
                let text = &article.blocks[start.block].text;
                prop_assert!(text.is_char_boundary(start.offset) && start.offset < text.len());
                prop_assert!(before < Some((start.block, start.offset)));
                before = Some((start.block, start.offset));
                let Place::Time(at) = start.place else { panic!("a page") };
                prop_assert!(rows.iter().any(|(row, _)| *row == at));
            }
            prop_assert!(article.blocks.iter().all(|block| !block.text.is_empty()));
        }
    }
}
