//! Real models on real text: what the reader would see.

use crate::load;
use crate::view::View;
use catalog::Profile;
use decoder::Uninterrupted;
use protocol::{
    Ability, RewriteGoal, RewriteLength, RewriteOperation, RewriteOptions, SectionStatus, Selection,
};
use tasks::{Error, Model, Run};

fn smollm2() -> &'static Profile {
    &catalog::measured(tests::DEFAULT_MODEL).profile
}

const BRIDGE: &str = "The old bridge over the Tamar, which was opened by the queen in 1961 and carries 40,000 cars every \
    day, will be closed for repairs until May.";

fn rewrite(
    model: &mut Model,
    profile: &Profile,
    text: &str,
    options: &RewriteOptions,
) -> (Result<String, Error>, View) {
    let selection = Selection { text: text.to_owned(), lang: Some("en".to_owned()), ..Selection::default() };
    let mut view = View::default();
    let work = tasks::rewrite(Run::new(model, profile, &mut view, &Uninterrupted), &selection, options);
    let result = pollster::block_on(work);
    (result, view)
}

fn goal(goal: RewriteGoal) -> RewriteOptions {
    RewriteOptions { goal, ..RewriteOptions::default() }
}

/// One model for all: loading it is what takes longest.
#[test]
fn smollm2_does_what_it_is_said_to_do_well() {
    let mut model = load(tests::DEFAULT_MODEL);
    for operation in [RewriteOperation::FixGrammar, RewriteOperation::Shorter, RewriteOperation::Bullets] {
        assert_eq!(smollm2().rewrite(operation), Ability::Good, "{operation:?}");
    }
    mends_grammar(&mut model);
    shortens(&mut model);
    makes_points(&mut model);
    refuses(&mut model);
}

fn mends_grammar(model: &mut Model) {
    let text = "* I has two brothers.\r\n\r\n* The library opens at nine.\r\n";
    let (result, view) = rewrite(model, smollm2(), text, &goal(RewriteGoal::FixGrammar));
    assert_eq!(result.unwrap(), "* I have two brothers.\r\n\r\n* The library opens at nine.\r\n");
    let statuses: Vec<SectionStatus> = view.sections.iter().map(|section| section.status).collect();
    assert_eq!(view.first, [SectionStatus::Preview; 2]);
    assert_eq!(statuses, [SectionStatus::Checked, SectionStatus::Quoted]);
    assert_eq!(view.sections[1].note.as_deref(), Some("No mistake found."));
    assert!(view.tokens > 5, "the model's text is streamed");
}

fn shortens(model: &mut Model) {
    let shorter = RewriteOptions { length: RewriteLength::Shorter, ..RewriteOptions::default() };
    let (result, view) = rewrite(model, smollm2(), BRIDGE, &shorter);
    let text = result.unwrap();
    assert!(text.len() < BRIDGE.len() && text.contains("bridge") && text.contains("closed"), "{text}");
    assert_eq!(tasks::inventions(BRIDGE, &text), Vec::<String>::new());
    for lost in &view.sections[0].lost {
        assert!(BRIDGE.contains(lost.as_str()) && !text.contains(lost.as_str()), "{lost}");
    }
    assert_eq!(view.sections[0].lost.iter().any(|lost| lost == "1961"), !text.contains("1961"));
}

fn makes_points(model: &mut Model) {
    let text = format!("{BRIDGE} Walkers may still cross.");
    let (result, _) = rewrite(model, smollm2(), &text, &goal(RewriteGoal::Bullets));
    let points = result.unwrap();
    let points: Vec<&str> = points.split('\n').collect();
    assert_eq!((points.len(), points[1]), (2, "- Walkers may still cross."));
    assert!(points[0].starts_with("- The old bridge"), "{}", points[0]);
}

fn refuses(model: &mut Model) {
    let longer = RewriteOptions { length: RewriteLength::Longer, ..RewriteOptions::default() };
    let (result, view) = rewrite(model, smollm2(), BRIDGE, &longer);
    assert!(matches!(result, Err(Error::Unsupported { .. })));
    assert!(view.sections.is_empty());
}

#[test]
fn gemma_mends_what_it_sees_and_leaves_the_rest() {
    let mut model = load(tests::TRANSLATOR);
    let gemma = &catalog::measured(tests::TRANSLATOR).profile;
    let text = "There is many reasons to visit Lisbon in the spring. Maria decided to walk home.";
    let (result, view) = rewrite(&mut model, gemma, text, &goal(RewriteGoal::FixGrammar));
    assert_eq!(
        result.unwrap(),
        "There are many reasons to visit Lisbon in the spring. Maria decided to walk home."
    );
    assert_eq!(view.sections[1].note.as_deref(), Some("No mistake found."));
}
