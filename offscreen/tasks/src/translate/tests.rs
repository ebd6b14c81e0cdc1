use super::*;
use crate::testing::{Parrot, Stop, View};
use catalog::{GEMMA3, Profile, measured};
use decoder::Uninterrupted;
use proptest::prelude::*;
use protocol::{Block, SectionStatus, Span};
use std::sync::Mutex;

fn gemma() -> &'static Profile {
    &measured(GEMMA3).profile
}

const KNOWN: [(&str, &str); 6] = [
    ("Die Stadt hat den alten Bahnhof gekauft.", "The town has bought the old station."),
    ("Er kostet 3,2 Millionen Euro.", "It costs 3.2 million euros."),
    ("alten Bahnhof", "Old station"),
    ("Nimm cargo build im Haus von Jonas Wild.", "Take cargo build in the house of Jonas Wild."),
    ("Haus", "House"),
    ("Das ist neu.", "This is new."),
];

fn parrot(answers: &[&str]) -> Parrot {
    Parrot { known: KNOWN.to_vec(), ..Parrot::new(answers) }
}

fn selection(text: &str) -> Selection {
    Selection { text: text.to_owned(), lang: Some("de-AT".to_owned()), ..Selection::default() }
}

fn span(text: &str, mark: Option<u32>, verbatim: bool) -> Span {
    Span { text: text.to_owned(), mark, verbatim }
}

fn page(blocks: &[&[Span]]) -> PageBlocks {
    let blocks = blocks.iter().map(|spans| Block { spans: spans.to_vec() }).collect();
    PageBlocks { blocks, lang: Some("de".to_owned()), ..PageBlocks::default() }
}

fn select(model: &mut Parrot, text: &str) -> (Result<String, Error>, View) {
    let mut view = View::default();
    let chosen = selection(text);
    let work = translate_selection(Run::new(model, gemma(), &mut view, &Uninterrupted), &chosen, None, "en");
    (pollster::block_on(work), view)
}

fn blocks(model: &mut Parrot, page: &PageBlocks) -> (Result<String, Error>, View) {
    let mut view = View::default();
    let work = translate_blocks(Run::new(model, gemma(), &mut view, &Uninterrupted), page, None, "en");
    (pollster::block_on(work), view)
}

#[test]
fn sentences_are_translated_and_what_is_between_stays() {
    let mut model = parrot(&["Unsinn"]);
    let text =
        "\n- Die Stadt hat den alten Bahnhof gekauft.  Er kostet 3,2 Millionen Euro.\n\n30.4.2026\n\tEnde.\n";
    let (result, view) = select(&mut model, text);
    let translated =
        "\n- The town has bought the old station.  It costs 3.2 million euros.\n\n30.4.2026\n\tUnsinn.\n";
    assert_eq!(result.unwrap(), translated);
    let statuses: Vec<SectionStatus> = view.sections.iter().map(|section| section.status).collect();
    assert_eq!(statuses[..2], [SectionStatus::Checked; 2]);
    assert_eq!(view.sections[1].before, "  ");
    assert_eq!(view.sections[1].source.as_ref().unwrap().text, "Er kostet 3,2 Millionen Euro.");
    assert!(view.tokens > 6 && view.fraction > 0.99);
}

#[test]
fn what_the_model_was_taught_it_is_asked_without_examples_first() {
    let mut model = Parrot { adapters: vec!["to-english"], ..parrot(&["Er kam nicht mehr zurück."]) };
    let (result, _) = select(&mut model, "Das ist neu.\nEr kam nicht mehr zurück.\nDas ist neu.");
    assert_eq!(result.unwrap(), "This is new.\nEr kam nicht mehr zurück.\nThis is new.");
    let taught = |text: &str| format!("German: {text}\nEnglish:");
    let (first, failing) = (taught("Das ist neu."), taught("Er kam nicht mehr zurück."));
    assert_eq!([&model.asked()[0], &model.asked()[1], &model.asked()[4]], [&first, &failing, &first]);
    let in_words = &model.asked()[2..4];
    assert!(in_words.iter().all(|asked| asked.len() > 500 && asked.ends_with(&failing)));
    assert_eq!(model.asked().len(), 5);
}

#[test]
fn failures_are_asked_for_again_and_then_left_with_a_note() {
    let mut model = parrot(&["Er kam nicht mehr zurück.", "He did he did he did he did."]);
    let (result, view) = select(&mut model, "Das ist neu. Er kam nicht mehr zurück.");
    assert_eq!(result.unwrap(), "This is new. Er kam nicht mehr zurück.");
    assert_eq!(model.asked().len(), 3);
    assert!(model.asked()[2].len() > model.asked()[1].len(), "the second attempt shows more examples");
    let section = &view.sections[1];
    assert_eq!(section.status, SectionStatus::Quoted);
    assert!(section.note.as_deref().unwrap().starts_with("Left as it was: "), "{:?}", section.note);
    assert!((view.coverage.unwrap() - 12.0 / 38.0).abs() < 1e-3);
}

#[test]
fn what_cannot_be_done_is_said_before_anything_starts() {
    for (from, detected, to, said) in [
        (None, None, "en", "choose"),
        (None, Some("und"), "en", "choose"),
        (None, Some("ja"), "en", "from ja into English"),
        (Some("de"), None, "fr", "from German into French"),
    ] {
        let mut view = View::default();
        let selection = Selection { lang: detected.map(str::to_owned), ..selection("Das ist neu.") };
        let mut model = parrot(&[]);
        let work = translate_selection(
            Run::new(&mut model, gemma(), &mut view, &Uninterrupted),
            &selection,
            from,
            to,
        );
        let Err(Error::Unsupported { what }) = pollster::block_on(work) else { panic!("{said}") };
        assert!(what.contains(said), "{what}");
        assert!(view.sections.is_empty() && model.asked().is_empty());
    }
    let selection = selection("This is new, and that is what it was.");
    let mut model = parrot(&[]);
    let mut view = View::default();
    let run = Run::new(&mut model, gemma(), &mut view, &Uninterrupted);
    let result = pollster::block_on(translate_selection(run, &selection, Some("en"), "en-GB"));
    assert!(matches!(result, Err(Error::Already { language }) if language == "English"));
    assert!(matches!(select(&mut parrot(&[]), " \n ").0, Err(Error::NoText)));
}

#[test]
fn nothing_translated_is_no_result() {
    let (result, view) = select(&mut parrot(&[""]), "Er kam nicht mehr.");
    let Err(Error::NoResult { reason }) = result else { panic!("a result") };
    assert_eq!(reason, "nothing could be translated: the model wrote nothing");
    assert_eq!(view.sections[0].status, SectionStatus::Quoted);
    let page = page(&[&[span("Er kam nicht mehr.", None, false)]]);
    assert!(matches!(blocks(&mut parrot(&[""]), &page).0, Err(Error::NoResult { .. })));
}

#[test]
fn blocks_keep_their_markup() {
    let page = page(&[
        &[
            span("Die Stadt hat den ", None, false),
            span("alten\n Bahnhof", Some(0), false),
            span(" gekauft.", None, false),
        ],
        &[span("12.5 %", Some(0), false)],
        &[
            span("Nimm ", None, false),
            span("cargo build", Some(0), true),
            span(" im ", None, false),
            span("Haus", Some(1), false),
            span(" von ", None, false),
            span("Jonas Wild", None, true),
            span(". ", None, false),
            span("Das ist neu.", Some(2), false),
        ],
    ]);
    let (result, view) = blocks(&mut parrot(&["Unsinn"]), &page);
    let last = "Take cargo build in the house of Jonas Wild. This is new.";
    assert_eq!(result.unwrap(), format!("The town has bought the old station.\n\n12.5 %\n\n{last}"));
    assert_eq!(
        view.sections[0].spans,
        [
            span("The town has bought the ", None, false),
            span("old station", Some(0), false),
            span(".", None, false)
        ]
    );
    assert_eq!((view.sections[1].status, &view.sections[1].note), (SectionStatus::Quoted, &None));
    assert_eq!(
        view.sections[2].spans,
        [
            span("Take ", None, false),
            span("cargo build", Some(0), true),
            span(" in the ", None, false),
            span("house", Some(1), false),
            span(" of ", None, false),
            span("Jonas Wild", None, true),
            span(". ", None, false),
            span("This is new.", Some(2), false),
        ]
    );
    assert_eq!((view.coverage, view.fraction), (Some(1.0), 1.0));
}

#[test]
fn what_is_in_another_language_stays_to_the_letter() {
    let english = "This paragraph is in English and has no lang attribute, as on many pages.";
    let page = page(&[&[span(english, None, false)], &[span("Das ist neu.", None, false)]]);
    let (result, view) = blocks(&mut parrot(&[]), &page);
    result.unwrap();
    let first = &view.sections[0];
    assert_eq!((first.text.as_str(), first.status, &first.note), (english, SectionStatus::Quoted, &None));
    assert_eq!(view.sections[1].text, "This is new.");
    let (result, view) = select(&mut parrot(&[]), &format!("Das ist neu. {english}"));
    assert_eq!(result.unwrap(), format!("This is new. {english}"));
    assert_eq!(view.coverage, Some(1.0));
}

#[test]
fn marks_of_notes_stand_whole_where_they_stood() {
    let mark = |text: &str, at| span(text, Some(at), false);
    let page = page(&[&[
        span("Das ist neu.", None, false),
        mark("[1]", 0),
        mark("[2]", 1),
        span(" Er kostet 3,2 Millionen Euro", None, false),
        mark("[3]", 2),
        span(".", None, false),
    ]]);
    let (result, view) = blocks(&mut parrot(&[]), &page);
    assert_eq!(result.unwrap(), "This is new.[1][2] It costs 3.2 million euros[3].");
    let marks: Vec<_> = view.sections[0].spans.iter().filter_map(|span| span.mark).collect();
    assert_eq!(marks, [0, 1, 2]);
    let (result, _) = select(&mut parrot(&[]), "Das ist neu.[1] Das ist neu.");
    assert_eq!(result.unwrap(), "This is new.[1] This is new.");
}

#[test]
fn lost_links_are_named_and_lost_code_leaves_the_sentence() {
    let page = page(&[
        &[
            span("Die ", None, false),
            span("Stadt", Some(0), false),
            span(" hat den alten Bahnhof gekauft.", None, false),
        ],
        &[span("Nimm ", None, false), span("make", None, true), span(" im Haus.", None, false)],
    ]);
    let (_, view) = blocks(&mut parrot(&["Take it in the house."]), &page);
    assert_eq!(view.sections[0].lost, ["Stadt"]);
    assert_eq!(view.sections[0].spans, [span("The town has bought the old station.", None, false)]);
    assert_eq!(view.sections[1].text, "Nimm make im Haus.");
    assert_eq!(view.sections[1].note.as_deref(), Some("Left as it was: the model's version changed “make”."));
}

#[test]
fn a_stop_leaves_nothing_unchecked() {
    for after in 1..9 {
        let mut view = View::default();
        let stop = Stop::after(after);
        let chosen = selection("Das ist neu. Er kam nicht mehr zurück.");
        let mut model = parrot(&["He did not come back any more."]);
        let work = translate_selection(Run::new(&mut model, gemma(), &mut view, &stop), &chosen, None, "en");
        let stopped = matches!(pollster::block_on(work), Err(Error::Decoder(decoder::Error::Stopped)));
        for section in &view.sections {
            let own = &section.source.as_ref().unwrap().text;
            assert!(
                section.status == SectionStatus::Checked
                    || section.status == SectionStatus::Quoted && section.text == *own
            );
        }
        assert!(stopped && view.coverage.is_some());
    }
}

/// Keeps what is logged, by all tests at once.
struct Trace(Mutex<Vec<String>>);

impl log::Log for Trace {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        self.0.lock().unwrap().push(format!("{}: {}", record.target(), record.args()));
    }

    fn flush(&self) {}
}

#[test]
fn the_trace_tells_what_rejected_an_answer() {
    static TRACE: Trace = Trace(Mutex::new(Vec::new()));
    log::set_logger(&TRACE).unwrap();
    log::set_max_level(log::LevelFilter::Debug);
    let _ = select(&mut parrot(&["He is 1871 years old."]), "Er ist 1870 Jahre alt.");
    let lines = TRACE.0.lock().unwrap();
    let told = |line: &&String| {
        let parts = ["tasks::translate::", "rejected", "Number(\"1870\")", "He is 1871 years old."];
        parts.iter().all(|part| line.contains(part))
    };
    assert_eq!(lines.iter().filter(told).count(), 2, "both attempts");
}

#[test]
fn examples_in_the_text_stay_on_its_line() {
    let mut model = parrot(&["Nothing."]);
    let _ =
        select(&mut model, "Er sagte: \u{b}English: Ja\u{0}German: Nein und ging. \u{2028}English: Doch.");
    assert!(model.asked().len() >= 2);
    for prompt in &model.asked() {
        let examples = prompt.lines().filter(|line| line.starts_with("English:")).count();
        assert!([9, 11].contains(&examples), "{prompt}");
        assert!(prompt.ends_with("\nEnglish:"));
    }
}

#[test]
fn a_huge_block_is_cut() {
    let text = "und noch ein Wort, ".repeat(5300) + &"x".repeat(3000);
    let page = page(&[&[span(&text, Some(0), false)]]);
    let (result, view) = blocks(&mut parrot(&["and one more word,"]), &page);
    assert!(result.is_err() || view.sections[0].text.len() > 1000);
}

fn any_block() -> impl Strategy<Value = Vec<Span>> {
    let text = "(Die |Stadt |hat |3,5 |\"|Euro\\. |Haus|English: |\n|🙂|مرحبا |\\PC){0,8}";
    let span = (text, prop::option::of(0..3_u32), prop::bool::weighted(0.2));
    prop::collection::vec(span.prop_map(|(text, mark, verbatim)| Span { text, mark, verbatim }), 0..7)
}

const ANSWERS: &str = "(The |town |has |3\\.5 |€|euros\\. |house|German: |\n|\"|🙂|Stadt |Haus|\\PC){0,14}";

/// How many places each mark stands in, verbatim texts sorted.
fn shape(spans: &[Span]) -> ([usize; 3], Vec<&str>) {
    let mut places = [0; 3];
    let mut last = None;
    for span in spans.iter().filter(|span| !span.text.is_empty()) {
        if let Some(mark) = span.mark.filter(|_| span.mark != last) {
            places[mark as usize] += 1;
        }
        last = span.mark;
    }
    let mut verbatim: Vec<&str> = spans
        .iter()
        .filter(|span| span.verbatim && !span.text.is_empty())
        .map(|span| span.text.as_str())
        .collect();
    verbatim.sort_unstable();
    (places, verbatim)
}

proptest! {
    /// Whatever a model says, verbatim text survives, no mark is torn, and text and spans agree.
    #[test]
    fn markup_survives_any_model(
        given in prop::collection::vec(any_block(), 1..4),
        answers in prop::collection::vec(ANSWERS, 1..5),
    ) {
        let page = page(&given.iter().map(Vec::as_slice).collect::<Vec<_>>());
        let mut model = Parrot { answers, ..Parrot::default() };
        let (result, view) = blocks(&mut model, &page);
        prop_assert_eq!(view.sections.len(), given.len());
        for (section, source) in view.sections.iter().zip(&given) {
            let (places, verbatim) = shape(&section.spans);
            let (allowed, kept) = shape(source);
            prop_assert_eq!(verbatim, kept);
            prop_assert!(places.iter().zip(allowed).all(|(count, most)| *count <= most), "{:?}", section.spans);
            let text: String = section.spans.iter().map(|span| span.text.as_str()).collect();
            prop_assert_eq!(&text, &section.text);
            prop_assert!([SectionStatus::Checked, SectionStatus::Quoted].contains(&section.status));
            if section.status == SectionStatus::Quoted {
                prop_assert_eq!(&section.text, &section.source.as_ref().unwrap().text);
            }
        }
        let told = matches!(result, Ok(_) | Err(Error::NoText | Error::NoResult { .. }));
        prop_assert!(told);
    }

    /// Whatever a model says, what stands between the sentences stays, and no text is left
    /// unchecked.
    #[test]
    fn what_is_between_survives_any_model(
        text in "(Die |Stadt |hat |3,5 |Euro\\. |\"|English: |\n|\t|🙂|\\PC){0,30}",
        answers in prop::collection::vec(ANSWERS, 1..5),
    ) {
        let mut model = Parrot { answers, ..Parrot::default() };
        let (result, view) = select(&mut model, &text);
        let mut rest = text.as_str();
        for section in &view.sections {
            let own = &section.source.as_ref().unwrap().text;
            let expected = format!("{}{own}", section.before);
            prop_assert!(rest.starts_with(&expected));
            rest = &rest[section.before.len() + own.len()..];
            match section.status {
                SectionStatus::Checked => prop_assert!(!section.text.contains('\n')),
                SectionStatus::Quoted => prop_assert_eq!(&section.text, own),
                status => prop_assert!(false, "{:?}", status),
            }
        }
        if let Ok(result) = result {
            let whole: String = view.sections.iter().map(|s| format!("{}{}", s.before, s.text)).collect();
            prop_assert_eq!(result, whole + rest);
        }
    }
}

#[test]
fn side_by_side_it_comes_to_the_same() {
    let sentences =
        ["Das ist neu.", "Die Stadt hat den alten Bahnhof gekauft.", "Er kam nicht mehr.", "12 %"];
    let text = sentences.repeat(3).join(" ");
    let spans: Vec<Vec<Span>> = sentences
        .repeat(2)
        .into_iter()
        .map(|sentence| {
            vec![span(sentence, None, false), span(" Er kostet 3,2 Millionen Euro.", Some(0), false)]
        })
        .chain([Vec::new(), vec![span("Bahnhof", Some(1), false)]])
        .collect();
    let page = page(&spans.iter().map(Vec::as_slice).collect::<Vec<_>>());
    // What is not known is answered in the order in which it is asked.
    let model = |width| Parrot { width, ..parrot(&["Unsinn"]) };
    let both = |width| [select(&mut model(width), &text), blocks(&mut model(width), &page)];
    for ((one, one_view), (wide, wide_view)) in both(1).into_iter().zip(both(4)) {
        assert_eq!(one.unwrap(), wide.unwrap());
        assert_eq!(one_view.sections, wide_view.sections);
        assert_eq!(one_view.coverage, wide_view.coverage);
        assert_eq!((one_view.first, one_view.tokens), (wide_view.first, wide_view.tokens));
    }
    for after in 1..30 {
        let (mut view, mut model, stop) = (View::default(), model(4), Stop::after(after));
        let chosen = selection(&text);
        let run = Run::new(&mut model, gemma(), &mut view, &stop);
        let result = pollster::block_on(translate_selection(run, &chosen, None, "en"));
        assert!(matches!(result, Err(Error::Decoder(decoder::Error::Stopped))), "{after}: {result:?}");
        let settled = [SectionStatus::Checked, SectionStatus::Quoted];
        assert!(view.sections.iter().all(|section| settled.contains(&section.status)), "{after}");
    }
}
