use super::*;
use crate::testing::{Stop, View};
use ::translator::seeded::{SMALL, seeded};
use ::translator::{Pool, Translator};
use decoder::Uninterrupted;
use protocol::{Block, SectionStatus, Span};
use std::sync::LazyLock;

fn translator(entries: &[(&str, &str)]) -> Translator {
    Translator::new(&seeded(SMALL, entries).files()).unwrap()
}

static TO_ENGLISH: LazyLock<Translator> = LazyLock::new(|| {
    translator(&[
        ("Die", "The"),
        ("Stadt", "town"),
        ("hat", "has"),
        ("den", "the"),
        ("alten", "old"),
        ("Bahnhof", "station"),
        ("gekauft", "bought"),
        ("Das", "This"),
        ("ist", "is"),
        ("neu", "new"),
        ("Nimm", "Take"),
        ("cargo", "freight"),
        ("haus", "house"),
        ("im", "in"),
        ("Millionen", "million"),
        ("zwei", "twelve"),
        ("Lies", "Read"),
        ("mehr", "\u{2014}"),
    ])
});

static TO_FRENCH: LazyLock<Translator> = LazyLock::new(|| {
    translator(&[
        ("The", "La"),
        ("town", "ville"),
        ("has", "a"),
        ("the", "la"),
        ("old", "vieille"),
        ("station", "gare"),
        ("bought", "achetée"),
        ("This", "Cela"),
        ("is", "est"),
        ("new", "nouveau"),
    ])
});

static POOL: Pool = Pool::new();

fn legs(count: usize) -> Vec<Leg<'static>> {
    let first = Leg { translator: &TO_ENGLISH, from: "de", to: "en" };
    let second = Leg { translator: &TO_FRENCH, from: "en", to: "fr" };
    [first, second][..count].to_vec()
}

fn select(legs: &[Leg<'_>], text: &str, to: &str) -> (Result<String, Error>, View) {
    let mut view = View::default();
    let selection = Selection { text: text.to_owned(), lang: Some("de".to_owned()), ..Selection::default() };
    let with = Translators::new(legs, &POOL, &mut view, &Uninterrupted);
    let result = pollster::block_on(translate_selection_with(with, &selection, None, to));
    (result, view)
}

fn span(text: &str, mark: Option<u32>, verbatim: bool) -> Span {
    Span { text: text.to_owned(), mark, verbatim }
}

fn page(blocks: &[&[Span]]) -> PageBlocks {
    let blocks = blocks.iter().map(|spans| Block { spans: spans.to_vec() }).collect();
    PageBlocks { blocks, lang: Some("de".to_owned()), ..PageBlocks::default() }
}

fn blocks(legs: &[Leg<'_>], page: &PageBlocks, to: &str) -> (Result<String, Error>, View) {
    let mut view = View::default();
    let with = Translators::new(legs, &POOL, &mut view, &Uninterrupted);
    (pollster::block_on(translate_blocks_with(with, page, None, to)), view)
}

#[test]
fn sentences_are_translated_and_what_is_between_stays() {
    let text = "\n- Die Stadt hat den alten Bahnhof gekauft.[1]  Das ist neu.\n\n30.4.2026\n";
    let (result, view) = select(&legs(1), text, "en");
    assert_eq!(result.unwrap(), "\n- The town has the old station bought.[1]  This is new.\n\n30.4.2026\n");
    assert!(view.sections[..2].iter().all(|section| section.status == SectionStatus::Checked));
    assert_eq!((view.coverage, view.fraction), (Some(1.0), 1.0));
    assert!(matches!(select(&legs(1), " \n ", "en").0, Err(Error::NoText)));
}

#[test]
fn two_translators_lead_by_way_of_english() {
    let (result, _) = select(&legs(2), "Die Stadt hat den alten Bahnhof gekauft. Das ist neu.", "fr-CA");
    assert_eq!(result.unwrap(), "La ville a la vieille gare achetée. Cela est nouveau.");
    let page = page(&[&[
        span("Die Stadt hat den ", None, false),
        span("alten Bahnhof", Some(4), false),
        span(" gekauft.", None, false),
    ]]);
    let (_, view) = blocks(&legs(2), &page, "fr");
    assert_eq!(
        view.sections[0].spans,
        [
            span("La ville a la ", None, false),
            span("vieille gare", Some(4), false),
            span(" achetée.", None, false)
        ]
    );
}

#[test]
fn translators_go_where_they_lead() {
    for (legs, to, said) in [
        (legs(1), "fr", "from German into French"),
        (legs(2), "en", "from German into English"),
        (legs(1), "ja", "from German into Japanese"),
        (vec![legs(2)[1], legs(2)[0]], "en", "from German into English"),
        (Vec::new(), "en", "from German into English"),
    ] {
        let (result, view) = select(&legs, "Das ist neu.", to);
        let Err(Error::Unsupported { what }) = result else { panic!("{said}") };
        assert!(what.contains(said) && view.sections.is_empty(), "{what}");
    }
    let (result, _) = select(&legs(1), "Das ist neu.", "de-AT");
    assert!(matches!(result, Err(Error::Already { .. })));
    let mut view = View::default();
    let legs = [Leg { translator: &TO_ENGLISH, from: "nb", to: "en" }];
    let with = Translators::new(&legs, &POOL, &mut view, &Uninterrupted);
    let norwegian = Selection { text: "Das ist neu.".to_owned(), ..Selection::default() };
    let result = pollster::block_on(translate_selection_with(with, &norwegian, Some("no"), "nb"));
    assert!(matches!(result, Err(Error::Already { language }) if language == "Norwegian Bokmål"));
}

#[test]
fn what_does_not_pass_the_checks_stays_with_a_note() {
    let (result, view) = select(&legs(1), "Das ist neu. Die Stadt hat zwei Millionen.", "en");
    assert_eq!(result.unwrap(), "This is new. Die Stadt hat zwei Millionen.");
    let note = view.sections[1].note.as_deref().unwrap();
    assert!(note.starts_with("Left as it was: ") && note.contains("number"), "{note}");
}

#[test]
fn markup_goes_where_its_words_went_and_what_is_verbatim_stays() {
    let page = page(&[
        &[
            span("Nimm ", None, false),
            span("cargo", Some(1), true),
            span(" im ", None, false),
            span("haus", Some(2), false),
            span(", ", None, false),
            span("haus", Some(3), false),
            span(".", None, false),
        ],
        &[span("Das ist neu.", Some(0), false)],
    ]);
    let (result, view) = blocks(&legs(1), &page, "en");
    // The model translates what is verbatim: it is put back where it went.
    assert_eq!(result.unwrap(), "Take cargo in house, house.\n\nThis is new.");
    assert_eq!(
        view.sections[0].spans,
        [
            span("Take ", None, false),
            span("cargo", Some(1), true),
            span(" in ", None, false),
            span("house", Some(2), false),
            span(", ", None, false),
            span("house", Some(3), false),
            span(".", None, false),
        ]
    );
    assert_eq!(view.sections[1].spans, [span("This is new.", Some(0), false)]);
    assert!(view.sections.iter().all(|section| section.lost.is_empty()));
}

#[test]
fn texts_are_the_same_however_many_are_worked_on_at_once() {
    let text = "Die Stadt hat den alten Bahnhof gekauft. Das ist neu. Nimm den Bahnhof. ".repeat(12);
    let expected = "The town has the old station bought. This is new. Take the station. ".repeat(12);
    assert_eq!(select(&legs(1), &text, "en").0.unwrap(), expected);
    let spans: Vec<Span> = (0..6).map(|_| span(&text, None, false)).collect();
    let blocked: Vec<&[Span]> = spans.iter().map(std::slice::from_ref).collect();
    let (result, view) = blocks(&legs(1), &page(&blocked), "en");
    assert_eq!(result.unwrap(), [expected.trim(); 6].join("\n\n"));
    assert_eq!(view.sections.len(), 6);
}

#[test]
fn the_work_is_stopped_between_sentences() {
    let sentence = |number| format!("Die Stadt hat den alten Bahnhof {number} gekauft. ");
    let text: String = (100..140).map(sentence).collect();
    let selection = Selection { text, lang: Some("de".to_owned()), ..Selection::default() };
    let mut view = View::default();
    let (legs, stop) = (legs(1), Stop::after(3));
    let with = Translators::new(&legs, &POOL, &mut view, &stop);
    let result = pollster::block_on(translate_selection_with(with, &selection, None, "en"));
    assert!(matches!(result, Err(Error::Decoder(decoder::Error::Stopped))));
    let done = view.sections.iter().filter(|section| section.status == SectionStatus::Checked).count();
    assert!((1..20).contains(&done), "{done}");
    assert!(view.sections.iter().all(|section| section.status != SectionStatus::Preview));
}
