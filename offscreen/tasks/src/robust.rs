//! Nothing ends a task: any language, any text, any answer.

use crate::summarize::{SummaryOptions, summarize};
use crate::testing::{Parrot, Stop, View, any_tag, hostile_text};
use crate::{
    Error, Leg, Run, Translators, rewrite, translate_blocks, translate_blocks_with, translate_selection,
    translate_selection_with, trim, verify,
};
use article::{Article, Block, BlockKind};
use catalog::{Model, Profile, models, unmeasured};
use decoder::Uninterrupted;
use proptest::prelude::*;
use protocol::{PageBlocks, RewriteOptions, SectionStatus, Selection, Span};
use std::sync::LazyLock;
use translator::seeded::{SMALL, seeded};
use translator::{Pool, Translator};

/// A model of each kind that there is, which says `answers`: the measured ones, which were taught
/// what they ship with, and those of which only the kind is known.
fn models_of_all_kinds(answers: &[String]) -> impl Iterator<Item = (&'static Profile, Parrot)> {
    let adapters = |model: &'static Model| model.adapters.keys().map(String::as_str).collect();
    let known = models().iter().map(move |model| (&model.profile, adapters(model)));
    let kinds = unmeasured();
    let unknown = [&kinds.tiny_chat, &kinds.chat, &kinds.base].map(|profile| (profile, Vec::new()));
    let model = |adapters| Parrot { answers: answers.to_vec(), adapters, ..Parrot::default() };
    known.chain(unknown).map(move |(profile, adapters)| (profile, model(adapters)))
}

fn selection(text: &str, tag: &str) -> Selection {
    Selection { text: text.to_owned(), lang: Some(tag.to_owned()), ..Selection::default() }
}

/// Nothing unchecked is left on the screen, whatever the end was.
fn is_settled(view: &View) -> bool {
    let settled = [SectionStatus::Checked, SectionStatus::Quoted];
    view.sections.iter().all(|section| settled.contains(&section.status))
}

fn options() -> impl Strategy<Value = RewriteOptions> {
    use protocol::{RewriteGoal, RewriteLength, RewriteTone};
    let goals = vec![RewriteGoal::AsIs, RewriteGoal::FixGrammar, RewriteGoal::Simplify, RewriteGoal::Bullets];
    let tones = vec![RewriteTone::AsIs, RewriteTone::MoreFormal, RewriteTone::MoreCasual];
    let lengths = vec![RewriteLength::AsIs, RewriteLength::Shorter, RewriteLength::Longer];
    let instruction = prop::option::of(hostile_text());
    let sets = (
        prop::sample::select(goals),
        prop::sample::select(tones),
        prop::sample::select(lengths),
        instruction,
    );
    sets.prop_map(|(goal, tone, length, instruction)| RewriteOptions { goal, tone, length, instruction })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn summaries(
        tag in any_tag(),
        title in hostile_text(),
        texts in prop::collection::vec((0..5_usize, hostile_text()), 0..8),
        answers in prop::collection::vec(hostile_text(), 0..4),
    ) {
        let kinds =
            [BlockKind::Paragraph, BlockKind::Heading(2), BlockKind::ListItem, BlockKind::Code, BlockKind::Quote];
        let blocks = texts.into_iter().map(|(kind, text)| Block { kind: kinds[kind], text }).collect();
        let article = Article { title, lang: Some(tag), blocks, ..Article::default() };
        for (profile, mut model) in models_of_all_kinds(&answers) {
            let mut view = View::default();
            let run = Run::new(&mut model, profile, &mut view, &Uninterrupted);
            let result = pollster::block_on(summarize(run, &article, SummaryOptions::default()));
            prop_assert!(matches!(result, Ok(_) | Err(Error::NoText)));
            prop_assert!(is_settled(&view));
        }
    }

    #[test]
    fn rewrites(
        tag in any_tag(),
        text in hostile_text(),
        answers in prop::collection::vec(hostile_text(), 0..4),
        options in options(),
        after in 1_usize..200,
    ) {
        let selection = selection(&text, &tag);
        for (profile, mut model) in models_of_all_kinds(&answers) {
            let mut view = View::default();
            let stop = Stop::after(after);
            let run = Run::new(&mut model, profile, &mut view, &stop);
            let _ = pollster::block_on(rewrite(run, &selection, &options));
            prop_assert!(is_settled(&view));
        }
    }

    #[test]
    fn translations(
        from in any_tag(),
        to in any_tag(),
        texts in prop::collection::vec((hostile_text(), prop::option::of(0..3_u32), prop::bool::weighted(0.2)), 1..5),
        answers in prop::collection::vec(hostile_text(), 0..4),
    ) {
        let spans: Vec<Span> =
            texts.into_iter().map(|(text, mark, verbatim)| Span { text, mark, verbatim }).collect();
        let text: String = spans.iter().map(|span| span.text.as_str()).collect();
        let (selection, blocks) = (selection(&text, &from), vec![protocol::Block { spans }]);
        let page = PageBlocks { lang: Some(from), blocks, ..PageBlocks::default() };
        for (profile, mut model) in models_of_all_kinds(&answers) {
            let mut view = View::default();
            let run = Run::new(&mut model, profile, &mut view, &Uninterrupted);
            let _ = pollster::block_on(translate_selection(run, &selection, None, &to));
            prop_assert!(is_settled(&view));
            let mut view = View::default();
            let run = Run::new(&mut model, profile, &mut view, &Uninterrupted);
            let _ = pollster::block_on(translate_blocks(run, &page, None, &to));
            prop_assert!(is_settled(&view));
        }
    }

    #[test]
    fn checks(source in hostile_text(), answer in hostile_text()) {
        let _ = verify(&source, &answer);
        prop_assert!(trim(&source).len() <= source.len());
    }
}

proptest! {
    // Each translates some thousand letters one by one.
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn translators(
        from in any_tag(),
        to in any_tag(),
        texts in prop::collection::vec((hostile_text(), prop::option::of(0..3_u32), prop::bool::weighted(0.2)), 1..5),
        after in 1_usize..40,
    ) {
        static TRANSLATOR: LazyLock<Translator> = LazyLock::new(|| {
            let files = seeded(SMALL, &[("The", "Die"), ("not", "nicht"), ("said", "sagte"), ("may", "kann")]);
            Translator::new(&files.files()).unwrap()
        });
        static POOL: Pool = Pool::new();
        let spans: Vec<Span> =
            texts.into_iter().map(|(text, mark, verbatim)| Span { text, mark, verbatim }).collect();
        let text: String = spans.iter().map(|span| span.text.as_str()).collect();
        let (selection, blocks) = (selection(&text, &from), vec![protocol::Block { spans }]);
        let page = PageBlocks { lang: Some(from.clone()), blocks, ..PageBlocks::default() };
        let between = [("nb", "en"), (from.as_str(), to.as_str())];
        for (from, to) in between {
            let leg = |from, to| Leg { translator: &TRANSLATOR, from, to };
            for legs in [&[leg(from, to)][..], &[leg(from, "en"), leg("en", to)]] {
                let (mut view, stop) = (View::default(), Stop::after(after));
                let with = Translators::new(legs, &POOL, &mut view, &stop);
                let _ = pollster::block_on(translate_selection_with(with, &selection, Some(from), to));
                prop_assert!(is_settled(&view));
                let mut view = View::default();
                let with = Translators::new(legs, &POOL, &mut view, &Uninterrupted);
                let _ = pollster::block_on(translate_blocks_with(with, &page, Some(from), to));
                prop_assert!(is_settled(&view));
            }
        }
    }
}

/// Reading alone pauses, and a stop then leaves nothing half done.
#[test]
fn reading_a_long_page_can_be_stopped() {
    for part in ["word ", "The old bridge is closed. ", "x", ").", "["] {
        let text = part.repeat(1_000_000 / part.len());
        let block = Block { kind: BlockKind::Paragraph, text };
        let article = Article {
            title: String::new(),
            lang: Some("en".to_owned()),
            blocks: vec![block],
            ..Article::default()
        };
        for after in [1, 40, 100] {
            let mut model = Parrot::default();
            let mut view = View::default();
            let stop = Stop::after(after);
            let run = Run::new(&mut model, &unmeasured().base, &mut view, &stop);
            let result = pollster::block_on(summarize(run, &article, SummaryOptions::default()));
            assert!(
                matches!(result, Err(Error::Decoder(decoder::Error::Stopped))),
                "{part} {after}: {result:?}"
            );
            assert!(view.sections.is_empty() && model.asked().is_empty());
        }
    }
}

/// So does reading a selection, within a line too: whose letters it has, where its lines end, what its sentences are.
#[test]
fn reading_a_long_selection_can_be_stopped() {
    for part in ["word ", "The old bridge is closed. ", "x"] {
        let selection = selection(&part.repeat(1_000_000 / part.len()), "");
        let options = RewriteOptions { goal: protocol::RewriteGoal::Bullets, ..RewriteOptions::default() };
        for after in [1, 60, 120, 180] {
            let mut model = Parrot::default();
            let mut view = View::default();
            let stop = Stop::after(after);
            let run = Run::new(&mut model, &unmeasured().chat, &mut view, &stop);
            let result = pollster::block_on(rewrite(run, &selection, &options));
            assert!(
                matches!(result, Err(Error::Decoder(decoder::Error::Stopped))),
                "{part} {after}: {result:?}"
            );
            assert!(view.sections.is_empty(), "{part} {after}");
        }
    }
}

/// More sentences than a book has are not read, and not said to be.
#[test]
fn what_was_not_read_is_not_covered() {
    let text = "The old bridge is closed. ".repeat(60_000);
    let block = Block { kind: BlockKind::Paragraph, text };
    let article = Article {
        title: String::new(),
        lang: Some("en".to_owned()),
        blocks: vec![block],
        ..Article::default()
    };
    let mut model = Parrot::default();
    let mut view = View::default();
    let run = Run::new(&mut model, &unmeasured().base, &mut view, &Uninterrupted);
    pollster::block_on(summarize(run, &article, SummaryOptions::default())).unwrap();
    let coverage = view.coverage.unwrap();
    assert!((0.66..0.67).contains(&coverage), "{coverage}");
}
