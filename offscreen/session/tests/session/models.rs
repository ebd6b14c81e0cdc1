//! Which model does a task, of those that are here.

use catalog::{GEMMA3, ModelInfo, SMOLLM2, measured};
use protocol::{ModelCardState, Task};
use session::{Cancel, Error, Models};

use crate::harness::TASK;

/// Where a model's file is.
#[derive(Clone, Copy, PartialEq)]
enum At {
    Web,
    Package,
    Storage,
}

fn models(of: &[(&ModelInfo, At)]) -> Models {
    let mut models = Models::default();
    let entry = |&(info, at): &(&ModelInfo, At)| (info.clone(), at == At::Storage, at == At::Package);
    models.set(of.iter().map(entry));
    models
}

/// A file of the reader's own, not measured.
fn own() -> ModelInfo {
    let id = "f".repeat(64);
    let known = measured(SMOLLM2).info.clone();
    ModelInfo { id: id.clone(), sha256: id, name: "Own".to_owned(), parameters: 500_000_000, ..known }
}

fn german() -> Task {
    Task::Translate { from: Some("de".to_owned()), to: "en".to_owned() }
}

fn chosen(models: &Models, task: &Task, wanted: Option<&str>) -> Result<String, Error> {
    models.choose(task, None, wanted).map(|info| info.id.clone())
}

#[test]
fn the_best_of_those_that_are_here_is_taken() {
    let (smollm2, gemma3, own) = (&measured(SMOLLM2).info, &measured(GEMMA3).info, &own());
    let all = models(&[(smollm2, At::Package), (gemma3, At::Web), (own, At::Storage)]);
    assert_eq!(chosen(&all, &TASK, None).unwrap(), SMOLLM2);
    // Not measured, but here.
    assert_eq!(chosen(&all, &german(), None).unwrap(), own.id);
    assert_eq!(all.other(&german(), None, &own.id).map(|info| info.id.as_str()), Some(GEMMA3));
}

#[test]
fn what_is_wanted_is_taken_fit_or_not() {
    let (smollm2, gemma3) = (&measured(SMOLLM2).info, &measured(GEMMA3).info);
    let both = models(&[(smollm2, At::Package), (gemma3, At::Storage)]);
    assert_eq!(chosen(&both, &TASK, Some(GEMMA3)).unwrap(), GEMMA3);
    // Of a model that is not known any more nothing can be told: it is as if none were wanted.
    assert_eq!(chosen(&both, &TASK, Some("gone")).unwrap(), SMOLLM2);
}

#[test]
fn what_is_not_here_is_named() {
    let (smollm2, gemma3) = (&measured(SMOLLM2).info, &measured(GEMMA3).info);
    let one = models(&[(smollm2, At::Package), (gemma3, At::Web)]);
    for (task, wanted) in [(german(), None), (TASK, Some(GEMMA3))] {
        let error = chosen(&one, &task, wanted).unwrap_err();
        assert!(matches!(error, Error::NotInstalled { id, .. } if id == GEMMA3));
    }
    let japanese = Task::Translate { from: Some("ja".to_owned()), to: "en".to_owned() };
    assert!(matches!(chosen(&one, &japanese, None), Err(Error::NoModel)));
}

#[test]
fn an_installation_is_seen_from_its_beginning_to_its_end() {
    let mut models = models(&[(&measured(SMOLLM2).info, At::Web)]);
    let state = |models: &Models, id: &str| {
        models.cards().into_iter().find(|card| card.id == id).map(|card| card.state)
    };
    let cancel = Cancel::default();
    models.begin_install("own.gguf", "own.gguf", cancel.clone()).unwrap();
    let again = models.begin_install("own.gguf", "own.gguf", Cancel::default());
    assert!(matches!(again, Err(Error::Installing(_))));
    models.installing("own.gguf", f32::NAN);
    assert_eq!(state(&models, "own.gguf"), Some(ModelCardState::Installing { fraction: None }));
    models.installing("own.gguf", 0.5);
    assert_eq!(state(&models, "own.gguf"), Some(ModelCardState::Installing { fraction: Some(0.5) }));
    models.stop_install("own.gguf");
    assert!(cancel.is_set());

    let failure = (&Error::StorageFull).into();
    models.end_install("own.gguf", Some(failure));
    assert!(matches!(state(&models, "own.gguf"), Some(ModelCardState::Failed { .. })));
    models.stop_install("own.gguf");
    assert_eq!(state(&models, "own.gguf"), None, "a failure that was read is dismissed");
}
