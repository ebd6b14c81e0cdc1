//! Any text in sentences.

use crate::answers::Fields;
use decoder::Uninterrupted;
use protocol::{RewriteGoal, RewriteOptions, Section, Selection};
use tasks::{Run, Sink};

#[derive(Default)]
struct Seen(Vec<Section>);

impl Sink for Seen {
    fn section(&mut self, section: Section) {
        if section.index as usize == self.0.len() {
            self.0.push(section);
        }
    }

    fn token(&mut self, _: u32, _: &str) {}

    fn progress(&mut self, _: protocol::Progress) {}

    fn coverage(&mut self, _: f32) {}
}

/// Cuts a text: nothing is lost between the sentences.
pub fn sentences(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let selection = Selection { text: text.clone().into_owned(), ..Selection::default() };
    let options = RewriteOptions { goal: RewriteGoal::FixGrammar, ..RewriteOptions::default() };
    // How it is cut is the same for all of them.
    let Some((profile, mut model)) = Fields::of("").models().next() else { return };
    let mut seen = Seen::default();
    let run = Run::new(&mut model, profile, &mut seen, &Uninterrupted);
    let _ = pollster::block_on(tasks::try_rewrite(run, &selection, &options));
    let shown: String = seen.0.iter().map(|section| format!("{}{}", section.before, section.text)).collect();
    assert!(text.starts_with(&shown));
}
