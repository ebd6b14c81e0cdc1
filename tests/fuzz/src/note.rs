//! What is kept beside a model of the reader's own.

use crate::Target;
use catalog::ModelInfo;
use protocol::{Ability, OfferQuestion, SummaryFormat, SummaryLength, SummaryType, Task};
use session::{Models, Presence, Stored};

/// Any note: unreadable, or a model that is no better than its SHA-256 says.
pub const NOTE: Target = Target { name: "note", run: note, seeds, words: WORDS, mutations: 5_000 };

const WORDS: &[&str] = &[
    "\"id\":",
    "\"sha256\":",
    "\"name\":",
    "smollm2",
    "gemma-3-270m",
    "\"chats\":true",
    "null",
    "\"\\u0000\"",
];

fn seeds() -> Vec<Vec<u8>> {
    let own = |info: &ModelInfo| ModelInfo { sha256: "0".repeat(64), ..info.clone() };
    let notes = catalog::models().iter().map(|model| own(&model.info));
    notes.filter_map(|info| serde_json::to_vec(&info).ok()).collect()
}

fn note(data: &[u8]) {
    let Ok(info) = serde_json::from_slice::<ModelInfo>(data) else { return };
    let written = serde_json::to_vec(&info).expect("a note can be written");
    assert_eq!(serde_json::from_slice::<ModelInfo>(&written).ok().as_ref(), Some(&info));
    let is_measured = catalog::find_file(&info.sha256).is_some();
    let mut models = Models::default();
    models.set([(info.clone(), Presence { stored: Stored::Whole, ..Presence::default() })]);
    for card in models.cards() {
        assert!(is_measured || card.abilities.summarize < Ability::Good, "no file was measured here");
    }
    let summary = Task::Summarize {
        summary_type: SummaryType::KeyPoints,
        length: SummaryLength::Medium,
        format: SummaryFormat::Markdown,
    };
    let translation = Task::Translate { from: info.licence.clone(), to: info.languages.clone() };
    for task in [summary, translation] {
        let question = OfferQuestion { key: info.name.clone(), task, model: Some(info.id.clone()) };
        let offer = models.offer(question);
        assert!(is_measured || offer.ability < Ability::Good);
    }
}
