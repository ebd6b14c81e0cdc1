//! A real model on a real page: what the reader would see.

use crate::load;
use crate::view::View;
use decoder::Uninterrupted;
use protocol::{SectionStatus, SummaryLength};
use std::fs;
use tasks::{Run, SummaryOptions};

#[test]
fn the_demo_page_is_summarised_truthfully() {
    let html = fs::read_to_string(tests::root().join("tests/pages/demo/source.html")).unwrap();
    let page = article::extract(&html, "https://example.org/", "").unwrap();
    let mut model = load(tests::DEFAULT_MODEL);
    let profile = &catalog::measured(tests::DEFAULT_MODEL).profile;
    let options = SummaryOptions { length: SummaryLength::Medium, ..SummaryOptions::default() };

    let mut view = View::default();
    let work = tasks::summarize(Run::new(&mut model, profile, &mut view, &Uninterrupted), &page, options);
    let text = pollster::block_on(work).unwrap();

    assert_eq!(view.first, [SectionStatus::Preview; 5]);
    assert!((view.coverage - 1.0).abs() < f32::EPSILON);
    assert!(view.tokens > 5, "the model's text is streamed");
    assert!(view.sections.iter().any(|section| section.status == SectionStatus::Checked), "{text}");
    let whole = page.text();
    for section in &view.sections {
        let source = &section.source.as_ref().unwrap().text;
        assert!(whole.contains(source.as_str()), "{source}");
        assert!(section.text.len() <= source.len(), "{}", section.text);
        assert_eq!(tasks::inventions(&whole, &section.text), Vec::<String>::new());
        assert!(text.contains(&section.text));
    }
}
