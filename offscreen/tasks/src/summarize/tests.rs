use super::*;
use crate::testing::{Parrot, Stop, View};
use article::{Block, BlockKind};
use catalog::{Profile, SMOLLM2, measured, unmeasured};
use decoder::Uninterrupted;
use proptest::prelude::*;
use protocol::{SectionStatus, SummaryLength};

fn tiny() -> &'static Profile {
    &measured(SMOLLM2).profile
}

fn large() -> &'static Profile {
    &unmeasured().chat
}

const BRIDGE: &str = "The old bridge over the Tamar, which was opened by the queen in 1961 and carries 40,000 cars every day, will be closed \
    for repairs until May.";
const FERRY: &str = "A ferry will take drivers across the river for two pounds while the old bridge is closed for its repairs, according to the \
    county of Devon.";

fn page(lang: &str) -> Article {
    let block = |kind, text: &str| Block { kind, text: text.to_owned() };
    Article {
        title: "Tamar bridge closes".to_owned(),
        lang: Some(lang.to_owned()),
        blocks: vec![
            block(BlockKind::Paragraph, BRIDGE),
            block(BlockKind::Heading(2), "Crossing"),
            block(BlockKind::Paragraph, FERRY),
            block(BlockKind::Paragraph, "Walkers may still cross."),
        ],
        ..Article::default()
    }
}

fn run(profile: &Profile, article: &Article, options: SummaryOptions, answers: &[&str]) -> (String, View) {
    let mut model = Parrot::new(answers);
    let mut view = View::default();
    let text = pollster::block_on(summarize(
        Run::new(&mut model, profile, &mut view, &Uninterrupted),
        article,
        options,
    ))
    .unwrap();
    (text, view)
}

#[test]
fn true_answers_are_kept_and_carry_their_source() {
    let answers = [
        "\"The old bridge over the Tamar will be closed for repairs until May.\"",
        "Nonsense.",
        "Nonsense.",
        "Nonsense.",
    ];
    let (text, view) = run(tiny(), &page("en"), SummaryOptions::default(), &answers);
    assert_eq!(
        text,
        format!(
            "- The old bridge over the Tamar will be closed for repairs until May.\n- {FERRY}\n- Walkers may still cross."
        )
    );
    let statuses: Vec<SectionStatus> = view.sections.iter().map(|section| section.status).collect();
    assert_eq!(statuses, [SectionStatus::Checked, SectionStatus::Quoted, SectionStatus::Quoted]);
    assert_eq!(view.first, [SectionStatus::Preview; 3]);
    assert_eq!(view.sections[0].source.as_ref().map(|source| source.text.as_str()), Some(BRIDGE));
    let heading = view.sections[1].source.as_ref().and_then(|source| source.heading.as_deref());
    assert_eq!((heading, view.coverage, view.fraction), (Some("Crossing"), Some(1.0), 1.0));
}

#[test]
fn a_headline_is_shortened_until_it_is_one() {
    let answers = [
        "The old bridge over the Tamar, which carries 40,000 cars every day, will be closed for repairs until May.",
        "The old bridge over the Tamar will be closed until May.",
        "The old bridge will be closed.",
    ];
    let options =
        |length| SummaryOptions { kind: SummaryType::Headline, length, ..SummaryOptions::default() };
    let (text, view) = run(tiny(), &page("en"), options(SummaryLength::Short), &answers);
    assert_eq!(text, "The old bridge over the Tamar will be closed until May");
    assert_eq!(view.sections.len(), 1);
    let (text, _) = run(tiny(), &page("en"), options(SummaryLength::Long), &answers);
    assert_eq!(text, answers[0].trim_end_matches('.'));
    let invented = [answers[0], "The old bridge over the Tamar will be closed for ever.", answers[1]];
    let (text, _) = run(tiny(), &page("en"), options(SummaryLength::Short), &invented);
    assert_eq!(text, answers[0].trim_end_matches('.'), "what is not true ends it");
}

#[test]
fn an_answer_that_fails_is_asked_for_once_more() {
    let again = "A ferry will take drivers across the river while the old bridge is closed, according to the county of Devon.";
    let (text, _) =
        run(tiny(), &page("en"), SummaryOptions::default(), &["Nonsense.", "Nonsense.", "Nonsense.", again]);
    assert!(text.contains(again) && text.contains(BRIDGE), "{text}");
}

#[test]
fn pages_in_unknown_languages_are_quoted_without_asking() {
    let options = SummaryOptions {
        kind: SummaryType::Tldr,
        length: SummaryLength::Long,
        format: SummaryFormat::PlainText,
    };
    let dutch = [
        "De oude brug over de Orre, die in 1961 door de koningin werd geopend, gaat tot mei dicht.",
        "Een veerboot brengt de auto's voor twee euro naar de overkant, volgens de provincie.",
        "Wandelaars mogen nog over de brug.",
    ];
    let block = |text: &&str| Block { kind: BlockKind::Paragraph, text: (*text).to_owned() };
    // What is declared is not believed where the text says otherwise.
    for lang in [Some("nl"), Some("en"), None] {
        let blocks = dutch.iter().map(block).collect();
        let article =
            Article { title: String::new(), lang: lang.map(str::to_owned), blocks, ..Article::default() };
        let (text, view) = run(tiny(), &article, options, &["Nonsense."]);
        assert_eq!(text, dutch.join(" "));
        assert!(view.sections.iter().all(|section| section.status == SectionStatus::Quoted));
        let note = "This model does not know the text's language (nl): in its own words.";
        assert!(view.sections.iter().all(|section| section.note.as_deref() == Some(note)));
    }
}

#[test]
fn larger_models_write_and_their_inventions_fall() {
    let answer = "The old bridge over the Tamar will be closed for repairs.\n- Drivers pay 3 pounds for the ferry.\n- Walkers may still cross.\n- More.";
    let (text, view) = run(large(), &page("en"), SummaryOptions::default(), &[answer]);
    assert_eq!(
        text,
        format!(
            "- The old bridge over the Tamar will be closed for repairs.\n- {FERRY}\n- Walkers may still cross."
        )
    );
    assert_eq!(view.sections[0].source.as_ref().map(|source| source.text.as_str()), Some(BRIDGE));
}

/// A larger model's points are held against their sentences as those of a small one are.
#[test]
fn larger_models_lose_no_denial_and_no_source() {
    let block = |text: &str| Block { kind: BlockKind::Paragraph, text: text.to_owned() };
    for (sentence, answer) in [
        (
            "The new bridge over the river is not safe for heavy lorries.",
            "The new bridge is safe for heavy lorries.",
        ),
        (
            "The old mayor is believed to have sold the bridge to a bank.",
            "The old mayor sold the bridge to a bank.",
        ),
        (
            "The bridge was closed last May, according to a local newspaper.",
            "The bridge was closed last May.",
        ),
        (
            "The council preferred a cut of a quarter point in the toll.",
            "The council preferred a quarter point in the toll.",
        ),
    ] {
        let article = Article {
            title: String::new(),
            lang: Some("en".to_owned()),
            blocks: vec![block(sentence)],
            ..Article::default()
        };
        let (text, view) = run(large(), &article, SummaryOptions::default(), &[answer]);
        assert_eq!(
            (text.as_str(), view.sections[0].status),
            (&*format!("- {sentence}"), SectionStatus::Quoted)
        );
    }
}

#[test]
fn a_page_without_text_says_so() {
    let mut model = Parrot::new(&[""]);
    let (article, mut view) = (Article::default(), View::default());
    let work = summarize(
        Run::new(&mut model, tiny(), &mut view, &Uninterrupted),
        &article,
        SummaryOptions::default(),
    );
    assert!(matches!(pollster::block_on(work), Err(Error::NoText)));
}

#[test]
fn a_stop_leaves_nothing_unchecked() {
    for after in 1..12 {
        let mut model = Parrot::new(&["The bridge was sold to Paris for 900 pounds."]);
        let mut view = View::default();
        let stop = Stop::after(after);
        let article = page("en");
        let work =
            summarize(Run::new(&mut model, tiny(), &mut view, &stop), &article, SummaryOptions::default());
        assert!(matches!(pollster::block_on(work), Err(Error::Decoder(decoder::Error::Stopped))));
        let texts: Vec<&str> = view.sections.iter().map(|section| section.text.as_str()).collect();
        assert_eq!(texts, [BRIDGE, FERRY, "Walkers may still cross."]);
        assert!(view.sections.iter().all(|section| section.status == SectionStatus::Quoted));
    }
}

proptest! {
    /// Whatever a model says, no number and no name that the page lacks reaches the reader.
    #[test]
    fn nothing_is_invented(
        answers in prop::collection::vec("(The |old |bridge |Tamar |ferry |May|[0-9]{1,3} |Rome |\\. |, |\n- |not |\\PC){0,20}", 1..6),
        writes in any::<bool>(),
    ) {
        let answers: Vec<&str> = answers.iter().map(String::as_str).collect();
        let article = page("en");
        let (text, view) = run(if writes { large() } else { tiny() }, &article, SummaryOptions::default(), &answers);
        let whole = format!("{}. {}", article.title, article.text());
        prop_assert!(view.sections.iter().all(|section| crate::inventions(&whole, &section.text).is_empty()), "{}", text);
        for section in &view.sections {
            let settled = [SectionStatus::Checked, SectionStatus::Quoted].contains(&section.status);
            prop_assert!(settled && section.source.is_some());
        }
    }
}
