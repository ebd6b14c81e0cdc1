//! Translators of which there is a newer version than is installed. What is known of translators is set
//! once for a program: so this is one of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

#[allow(dead_code, reason = "other tests use the rest")]
#[path = "session/engine.rs"]
mod engine;

#[allow(dead_code, reason = "other tests use the rest")]
#[path = "session/fake_server.rs"]
mod fake_server;

use engine::{Engine, Fake};
use protocol::{Event, ModelCardState, ModelSource, Request};
use session::{CHUNK, Journal};
use std::cell::RefCell;

const ID: &str = "de-en";

/// SHA-256 of the files of both versions: what they share is the vocabulary.
fn versions() -> (Vec<String>, Vec<String>) {
    let facts = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../catalog/translators.json")).unwrap();
    let facts: serde_json::Value = serde_json::from_slice(&facts).unwrap();
    let mut noted = facts.clone();
    let pairs = noted["translators"].as_array_mut().unwrap();
    pairs.retain(|pair| pair["from"] == "de" && pair["to"] == "en");
    for file in pairs[0]["files"].as_array_mut().unwrap() {
        if !file["name"].as_str().unwrap().starts_with("vocab") {
            let other = file["sha256"].as_str().unwrap().chars().rev().collect::<String>();
            file["sha256"] = other.into();
        }
    }
    let noted = [b"no facts".to_vec(), noted.to_string().into_bytes()];
    catalog::set_translators(facts.to_string().as_bytes(), &noted).unwrap();
    let files = |translators: &[catalog::Translator]| {
        let german = translators.iter().find(|one| one.info.id == ID).unwrap();
        german.files.iter().map(|file| file.sha256.clone()).collect()
    };
    (files(catalog::older_translators()), files(catalog::translators()))
}

#[test]
fn an_older_version_is_used_until_the_newer_is_here_and_removed_then() {
    let (older, newer) = versions();
    assert_eq!((&older[0], older.len()), (&newer[0], 3));
    assert_ne!(older[2], newer[2]);
    let engine = Engine::on(Fake { installed: RefCell::new(older.clone()), ..Fake::default() });
    engine.ask(Request::Attach);
    let card = |engine: &Engine| engine.snapshot().models.into_iter().find(|card| card.id == ID).unwrap();
    assert!(matches!(card(&engine).state, ModelCardState::Installed { .. }) && card(&engine).here);
    assert_eq!((card(&engine).sha256, card(&engine).update.is_some()), (older[2].clone(), true));

    // Half of the newer one is here: the older is still what is used, and nothing of both is useless.
    let address = &catalog::translators().iter().find(|one| one.info.id == ID).unwrap().files[2].address;
    let part = Journal { chunks: vec!["0".repeat(64)], ..Journal::new(address, Some(&newer[2])) };
    assert!(part.verified() == CHUNK);
    engine.runner.platform().parts.borrow_mut().push(part);
    engine.runner.platform().installed.borrow_mut().push(newer[1].clone());
    engine.ask(Request::Check { model: ID.to_owned() });
    assert_eq!(card(&engine).sha256, older[2]);
    assert!(!engine.snapshot().models.iter().any(|card| card.id == *address), "it has no card of its own");
    engine.ask(Request::Unused);
    assert!(matches!(engine.said.borrow().last(), Some(Event::Unused { files: 0, .. })));

    engine.runner.platform().parts.borrow_mut().clear();
    let source = ModelSource::Catalog { model: ID.to_owned() };
    engine.ask(Request::Install { source, key: "key".to_owned() });
    assert!(matches!(card(&engine).state, ModelCardState::Installed { .. }));
    assert_eq!((card(&engine).sha256, card(&engine).update), (newer[2].clone(), None));
    let mut installed = engine.runner.platform().installed.borrow().clone();
    let mut expected = newer;
    installed.sort();
    expected.sort();
    assert_eq!(installed, expected, "the older one is gone, but for what both have");
}
