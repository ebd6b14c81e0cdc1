//! What is stored: looked through, put right, and removed.

use crate::engine::{Engine, Fake, german_files, get_german, go_on, own_model};
use crate::harness::TASK;
use catalog::{GEMMA3, ModelInfo, SMOLLM2, measured};
use protocol::{
    BackendChoice, ErrorCode, Event, Input, JobState, ModelCardState, ModelSource, Request, RewriteGoal,
    RewriteOptions, Selection, Task,
};
use session::{CHUNK, Journal, Speed, Stray};
use std::cell::RefCell;

/// What is damaged of a file, where anything is.
const WRONG: f64 = CHUNK as f64;

/// With these files stored, of which some are damaged.
fn stored(files: &[String], damaged: &[String]) -> Fake {
    Fake {
        installed: RefCell::new(files.to_vec()),
        damaged: RefCell::new(damaged.to_vec()),
        ..Fake::default()
    }
}

fn smollm2() -> String {
    measured(SMOLLM2).info.sha256.clone()
}

fn check(engine: &Engine, model: &str) {
    engine.ask(Request::Check { model: model.to_owned() });
}

fn repair(engine: &Engine, model: &str) {
    engine.ask(Request::Repair { model: model.to_owned() });
}

/// What is said last of what nothing uses: how many files, and their bytes.
fn unused(engine: &Engine) -> (u32, f64) {
    engine.ask(Request::Unused);
    match engine.said.borrow().last() {
        Some(&Event::Unused { files, bytes }) => (files, bytes),
        other => panic!("{other:?}"),
    }
}

fn freed(engine: &Engine) -> f64 {
    let said = engine.said.borrow();
    let freed = said.iter().rev().find_map(|event| match event {
        Event::Freed { bytes } => Some(*bytes),
        _ => None,
    });
    freed.unwrap()
}

#[test]
fn a_model_that_is_whole_is_said_to_be() {
    let engine = Engine::on(stored(&[smollm2()], &[]));
    engine.ask(Request::Attach);
    assert_eq!(engine.model_state(SMOLLM2), Some(ModelCardState::Installed { checked: false }));
    check(&engine, SMOLLM2);
    assert_eq!(engine.model_state(SMOLLM2), Some(ModelCardState::Installed { checked: true }));
    let seen = engine.said.borrow().iter().any(|event| match event {
        Event::Models { models } => models
            .iter()
            .any(|card| matches!(card.state, ModelCardState::Checking { total, .. } if total > 9e7)),
        _ => false,
    });
    assert!(seen, "that it is looked through is told");
    engine.ask(Request::Remove { model: SMOLLM2.to_owned() });
    assert_eq!(engine.model_state(SMOLLM2), Some(ModelCardState::Available));
}

#[test]
fn what_is_damaged_is_found_fetched_and_found_whole() {
    let engine = Engine::on(stored(&[smollm2()], &[smollm2()]));
    engine.ask(Request::Attach);
    check(&engine, SMOLLM2);
    let Some(ModelCardState::Damaged { failure, repair: wrong }) = engine.model_state(SMOLLM2) else {
        panic!()
    };
    assert_eq!(wrong, Some(WRONG));
    assert!(failure.message.contains("a part of its file (4 MB)"), "{}", failure.message);
    assert!(failure.remedy.contains("Repair"), "{}", failure.remedy);
    repair(&engine, SMOLLM2);
    assert_eq!(engine.model_state(SMOLLM2), Some(ModelCardState::Installed { checked: true }));
}

#[test]
fn a_repair_that_fails_says_why_and_loses_nothing() {
    let files = german_files();
    let engine = Engine::on(Fake { is_gone: true, ..stored(&files, &files[2..]) });
    engine.ask(Request::Attach);
    check(&engine, "de-en");
    repair(&engine, "de-en");
    let Some(ModelCardState::Damaged { failure, repair: wrong }) = engine.model_state("de-en") else {
        panic!()
    };
    assert!(failure.message.contains("another version"), "{}", failure.message);
    assert_eq!((failure.code, wrong), (ErrorCode::Model, Some(WRONG)));
    assert_eq!(*engine.runner.platform().installed.borrow(), files);
    engine.ask(Request::StopInstall { model: "de-en".to_owned() });
    let Some(ModelCardState::Damaged { failure, .. }) = engine.model_state("de-en") else { panic!() };
    assert!(failure.message.contains("is damaged"), "{}", failure.message);
    get_german(&engine);
    assert!(matches!(engine.model_state("de-en"), Some(ModelCardState::Installed { .. })));
}

#[test]
fn what_has_no_source_cannot_be_repaired() {
    let own = own_model();
    let sha256 = own.sha256.clone();
    let engine = Engine::on(Fake { own: vec![own].into(), ..stored(&[], &[]) });
    engine.ask(Request::Attach);
    engine.runner.platform().installed.borrow_mut().push(sha256.clone());
    engine.runner.platform().damaged.borrow_mut().push(sha256.clone());
    check(&engine, &sha256);
    let state = engine.model_state(&sha256);
    assert!(matches!(state, Some(ModelCardState::Damaged { repair: None, .. })), "{state:?}");
}

#[test]
fn a_check_can_be_stopped_and_is_one_at_a_time() {
    let engine = Engine::on(stored(&[smollm2()], &[]));
    engine.ask(Request::Attach);
    engine.runner.platform().slow_looks.set(1);
    let waiting = engine.begin(Request::Check { model: SMOLLM2.to_owned() });
    assert!(matches!(engine.model_state(SMOLLM2), Some(ModelCardState::Checking { .. })));
    check(&engine, SMOLLM2);
    let refused = engine.said.borrow().iter().any(|event| match event {
        Event::Rejected { failure, .. } => failure.message.contains("being checked"),
        _ => false,
    });
    assert!(refused);
    let source = ModelSource::Package { model: SMOLLM2.to_owned() };
    engine.ask(Request::Install { source, key: "key".to_owned() });
    assert!(matches!(engine.model_state(SMOLLM2), Some(ModelCardState::Checking { .. })), "not both at once");
    assert!(waiting.into_iter().all(|work| go_on(work).is_none()));
    assert!(matches!(engine.model_state(SMOLLM2), Some(ModelCardState::Installed { .. })));
}

#[test]
fn no_job_uses_a_model_that_is_being_repaired() {
    let engine = Engine::on(stored(&[smollm2()], &[smollm2()]));
    engine.ask(Request::Attach);
    check(&engine, SMOLLM2);
    engine.runner.platform().slow_looks.set(1);
    let waiting = engine.begin(Request::Repair { model: SMOLLM2.to_owned() });
    assert!(matches!(engine.model_state(SMOLLM2), Some(ModelCardState::Repairing { .. })));
    let JobState::Failed { failure } = engine.start(TASK, "en", None) else { panic!("not failed") };
    assert!(failure.message.contains("repaired"), "{}", failure.message);
    assert!(waiting.into_iter().all(|work| go_on(work).is_none()));
}

#[test]
fn what_nothing_uses_is_counted_and_removed() {
    let unknown = "a".repeat(64);
    let files = german_files();
    let left = vec![unknown.clone(), files[0].clone(), smollm2()];
    let stray = Stray { name: "old.bin".to_owned(), bytes: 7 };
    let engine = Engine::on(Fake { strays: RefCell::new(vec![stray]), ..stored(&left, &[]) });
    engine.ask(Request::Attach);
    assert_eq!(engine.model_state(&unknown), None);
    let first =
        catalog::translators().iter().find(|one| one.info.id == "de-en").unwrap().files[0].bytes as f64;
    assert_eq!(unused(&engine), (3, 1.0 + first + 7.0), "what nobody knows, and a translator's only file");
    engine.ask(Request::RemoveUnused);
    assert!((freed(&engine) - (first + 8.0)).abs() < 0.5);
    assert_eq!(*engine.runner.platform().installed.borrow(), [smollm2()], "what is used stays");
    assert_eq!(unused(&engine), (0, 0.0));
}

#[test]
fn what_can_be_gone_on_with_is_not_without_use() {
    let files = german_files();
    let engine = Engine::on(stored(&files[..1], &[]));
    engine.ask(Request::Attach);
    assert_eq!(unused(&engine).0, 1);
    let address = &catalog::translators().iter().find(|one| one.info.id == "de-en").unwrap().files[2].address;
    let part = Journal { chunks: vec!["0".repeat(64)], ..Journal::new(address, Some(&files[2])) };
    let own = Journal { chunks: vec!["0".repeat(64)], ..Journal::new("https://example.org/own.gguf", None) };
    engine.runner.platform().parts.borrow_mut().extend([part, own]);
    // Whatever is looked for anew.
    check(&engine, SMOLLM2);
    assert_eq!(unused(&engine), (0, 0.0), "both are paused downloads");
    engine.runner.platform().installed.borrow_mut().extend(files[1..].to_vec());
    check(&engine, SMOLLM2);
    assert_eq!(unused(&engine), (1, WRONG), "what is installed needs no part of itself");
}

#[test]
fn everything_is_removed_and_how_much_that_was_is_told() {
    let files = german_files();
    let engine = Engine::on(stored(&[&files[..], &[smollm2()]].concat(), &[]));
    engine.ask(Request::Attach);
    engine.ask(Request::RemoveAll);
    assert_eq!(engine.model_state(SMOLLM2), Some(ModelCardState::Available));
    assert_eq!(engine.model_state("de-en"), Some(ModelCardState::Available));
    let ids = ["de-en", SMOLLM2];
    let infos = catalog::translators().iter().map(|one| &one.info).chain([&measured(SMOLLM2).info]);
    let bytes = |info: &ModelInfo| info.bytes as f64;
    let all: f64 = infos.filter(|info| ids.contains(&info.id.as_str())).map(bytes).sum();
    assert!((freed(&engine) - all).abs() < 0.5);
}

/// A measured model in a version of before.
fn older(id: &str) -> ModelInfo {
    ModelInfo { sha256: "a".repeat(64), bytes: 17, ..measured(id).info.clone() }
}

#[test]
fn of_two_versions_of_a_model_the_newest_is_used_once_it_can_be() {
    let packaged = Engine::on(Fake { own: vec![older(SMOLLM2)].into(), ..Fake::default() });
    packaged.ask(Request::Attach);
    assert_eq!(packaged.model_state(SMOLLM2), Some(ModelCardState::Available), "that of the package");
    assert_eq!(unused(&packaged), (1, 17.0), "and the older one is of no use");
    let lacking = Engine::on(Fake { own: vec![older(GEMMA3)].into(), ..Fake::default() });
    lacking.ask(Request::Attach);
    assert_eq!(lacking.model_state(GEMMA3), Some(ModelCardState::Installed { checked: false }));
    assert_eq!(lacking.snapshot().models.iter().filter(|card| card.id == GEMMA3).count(), 1);
    assert_eq!(unused(&lacking), (0, 0.0));
}

/// A model of the library in a version of before.
fn older_published() -> ModelInfo {
    let published = &catalog::library()[0];
    ModelInfo { id: "b".repeat(64), sha256: "b".repeat(64), bytes: 17, ..published.clone() }
}

#[test]
fn an_older_version_of_the_librarys_is_used_until_the_newer_is_here_and_keeps_its_id() {
    let (older, newer) = (older_published(), &catalog::library()[0]);
    let engine = Engine::on(Fake { own: vec![older.clone()].into(), ..Fake::default() });
    engine.ask(Request::Attach);
    let card = |engine: &Engine| {
        let cards = engine.snapshot().models.into_iter().filter(|card| card.source == newer.source);
        let [card] = &cards.collect::<Vec<_>>()[..] else { panic!("not one card") };
        card.clone()
    };
    assert_eq!((card(&engine).id, card(&engine).sha256), (older.id.clone(), older.sha256.clone()));
    assert_eq!(card(&engine).update, Some(newer.bytes as f64));

    // Half of the newer one is here.
    let part = Journal { chunks: vec!["0".repeat(64)], ..Journal::new(&newer.source, Some(&newer.sha256)) };
    engine.runner.platform().parts.borrow_mut().push(part);
    engine.ask(Request::Check { model: older.id.clone() });
    assert_eq!((card(&engine).sha256, unused(&engine)), (older.sha256, (0, 0.0)));

    engine.runner.platform().parts.borrow_mut().clear();
    let source = ModelSource::Catalog { model: older.id.clone() };
    engine.ask(Request::Install { source, key: "key".to_owned() });
    assert_eq!(card(&engine).state, ModelCardState::Installed { checked: false });
    assert_eq!((card(&engine).id, card(&engine).sha256), (older.id, newer.sha256.clone()));
    assert_eq!((card(&engine).update, engine.runner.platform().own.borrow().len()), (None, 1));
}

#[test]
fn of_two_versions_of_the_librarys_that_are_here_the_older_is_of_no_use() {
    let newer = ModelInfo { id: catalog::library()[0].sha256.clone(), ..catalog::library()[0].clone() };
    let engine = Engine::on(Fake { own: vec![older_published(), newer.clone()].into(), ..Fake::default() });
    engine.ask(Request::Attach);
    assert_eq!(engine.model_state(&newer.id), Some(ModelCardState::Installed { checked: false }));
    assert_eq!(engine.model_state(&older_published().id), None);
    assert_eq!(unused(&engine), (1, 17.0));
}

#[test]
fn how_fast_a_model_was_is_noted_and_told() {
    let own = own_model();
    let engine = Engine::on(Fake {
        speeds: RefCell::new(vec![(own.sha256.clone(), Speed::parse(b"31.5\n"))]),
        own: vec![own.clone()].into(),
        ..Fake::default()
    });
    engine.ask(Request::Attach);
    let speed = engine.snapshot().models.into_iter().find(|card| card.id == own.id).unwrap().speed;
    assert_eq!(speed, Some(31.5));
    let selection = Selection { text: "The old bridge is closed.".to_owned(), ..Selection::default() };
    let options = RewriteOptions { goal: RewriteGoal::FixGrammar, ..RewriteOptions::default() };
    engine.ask(Request::Start {
        job: "job".to_owned(),
        task: Task::Rewrite { options },
        input: Input::Selection { selection },
        choice: BackendChoice::Auto,
        model: Some(own.id.clone()),
        tab: None,
    });
    // The clock stands still here: what took no time has no speed, and what is known stays.
    assert_eq!(
        engine.snapshot().models.into_iter().find(|card| card.id == own.id).unwrap().speed,
        Some(31.5)
    );
}
