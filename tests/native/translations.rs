//! A real model on a real foreign page: what the reader would see.

use crate::load;
use crate::view::View;
use decoder::Uninterrupted;
use protocol::{Block, PageBlocks, SectionStatus, Span};
use std::fs;
use tasks::Run;
use tests::chrf::Chrf;

/// The translation's likeness to a person's, by chrF, must not fall below this.
const FLOOR: f64 = 50.0;

/// Numbers that the page writes in words and a translation may write in figures.
const IN_WORDS: [(&str, &str); 3] = [("achtzehn", "18"), ("zwanzig", "20"), ("hundert", "100")];

fn text(block: &Block) -> String {
    block.spans.iter().map(|span| span.text.as_str()).collect()
}

fn figures(text: &str) -> Vec<String> {
    let mut figures: Vec<String> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|figure| !figure.is_empty())
        .map(str::to_owned)
        .collect();
    figures.sort();
    figures
}

fn verbatim(spans: &[Span]) -> Vec<&Span> {
    spans.iter().filter(|span| span.verbatim).collect()
}

#[test]
fn the_german_page_is_translated_into_english() {
    let page: PageBlocks = tests::blocks::demo("de");
    let reference = fs::read_to_string(tests::root().join("tests/translations/demo-de.en.txt")).unwrap();
    let mut model = load(tests::TRANSLATOR);
    let profile = &catalog::measured(tests::TRANSLATOR).profile;

    let mut view = View::default();
    let work =
        tasks::translate_blocks(Run::new(&mut model, profile, &mut view, &Uninterrupted), &page, None, "en");
    let translation = pollster::block_on(work).unwrap();

    let indices: Vec<u32> = view.sections.iter().map(|section| section.index).collect();
    assert_eq!(
        indices,
        (0..u32::try_from(page.blocks.len()).unwrap()).collect::<Vec<_>>(),
        "every block, in order"
    );
    let mut placed = 0;
    for (section, block) in view.sections.iter().zip(&page.blocks) {
        assert_eq!(verbatim(&section.spans), verbatim(&block.spans), "{}", section.text);
        let (mut found, own) = (figures(&section.text), text(block));
        found.retain(|figure| !IN_WORDS.iter().any(|(word, value)| figure == value && own.contains(word)));
        assert_eq!(found, figures(&own), "{}", section.text);
        assert_eq!(section.text, section.spans.iter().map(|span| span.text.as_str()).collect::<String>());
        assert_eq!(section.status == SectionStatus::Quoted, section.text == text(block), "{}", section.text);
        placed += section.spans.iter().filter(|span| span.mark.is_some()).count();
    }
    assert!(placed >= 5, "{placed} of the page's 7 links, emphases and names found their place");
    assert!(view.coverage > 0.8 && view.fraction > 0.99, "{} {}", view.coverage, view.fraction);
    let likeness = |text: &str| {
        let mut chrf = Chrf::default();
        text.split("\n\n")
            .zip(reference.split("\n\n"))
            .for_each(|(text, own)| chrf.add(text.trim(), own.trim()));
        chrf.score()
    };
    // The heading of the page is no part of the reference.
    let body = translation.split_once("\n\n").unwrap().1;
    let original: Vec<String> = page.blocks.iter().skip(1).map(text).collect();
    let (score, copied) = (likeness(body), likeness(&original.join("\n\n")));
    println!(
        "chrF {score:.1}, of the page as it was {copied:.1}; {placed} marks placed; {:.0} %",
        100.0 * view.coverage
    );
    assert!(score > FLOOR && score > 2.0 * copied, "chrF {score:.1}\n{body}");
}
