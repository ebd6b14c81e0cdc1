//! A real model on a real page: what the reader would see.

use decoder::{Decoder, Device, Precision, Uninterrupted};
use protocol::{Progress, Section, SectionStatus, SummaryLength};
use std::fs::{self, File};
use tasks::{Model, Run, Sink, SummaryOptions};

/// The sections as they are at last, and how they first appeared.
#[derive(Default)]
struct View {
    sections: Vec<Section>,
    first: Vec<SectionStatus>,
    tokens: usize,
    coverage: f32,
}

impl Sink for View {
    fn section(&mut self, section: Section) {
        let at = section.index as usize;
        if at < self.sections.len() {
            self.sections[at] = section;
        } else {
            self.first.push(section.status);
            self.sections.push(section);
        }
    }

    fn token(&mut self, _: u32, _: &str) {
        self.tokens += 1;
    }

    fn progress(&mut self, _: Progress) {}

    fn coverage(&mut self, share: f32) {
        self.coverage = share;
    }
}

#[test]
fn the_demo_page_is_summarised_truthfully() {
    let html = fs::read_to_string(tests::root().join("tests/pages/demo/source.html")).unwrap();
    let page = article::extract(&html, "https://example.org/", "").unwrap();
    let path = tests::default_model();
    let header = tests::read_header(&path);
    let mut file = File::open(path).unwrap();
    let decoder = pollster::block_on(Decoder::load(
        &header,
        &mut file,
        Device::cpu(Precision::Bits8),
        2048,
        &Uninterrupted,
    ))
    .unwrap();
    let mut model = Model::new(&header, decoder, || 0.0).unwrap();
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
