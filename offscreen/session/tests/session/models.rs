//! Which model does a task, of those that are here.

use catalog::{GEMMA3, ModelInfo, SMOLLM2, measured};
use proptest::prelude::*;
use protocol::{
    Ability, InstallStep, ModelCardState, Offer, OfferQuestion, RewriteLength, RewriteOptions, Task,
};
use session::{CHUNK, Cancel, Error, Journal, Models, Origin, Presence, Stored, Transfer};

use crate::harness::{TASK, request};

/// Where a model's file is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum At {
    Web,
    Package,
    Storage,
}

fn models(of: &[(&ModelInfo, At)]) -> Models {
    let mut models = Models::default();
    let entry = |&(info, at): &(&ModelInfo, At)| {
        let stored = if at == At::Storage { Stored::Whole } else { Stored::No };
        (info.clone(), Presence { stored, packaged: at == At::Package, ..Presence::default() })
    };
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
    models.choose(task, None, wanted).map(|route| route.first.id.clone())
}

#[test]
fn the_best_of_those_that_are_here_is_taken() {
    let (smollm2, gemma3, own) = (&measured(SMOLLM2).info, &measured(GEMMA3).info, &own());
    let all = models(&[(smollm2, At::Package), (gemma3, At::Web), (own, At::Storage)]);
    assert_eq!(chosen(&all, &TASK, None).unwrap(), SMOLLM2);
    // Not measured, but here.
    assert_eq!(chosen(&all, &german(), None).unwrap(), own.id);
    assert_eq!(all.other(&german(), None, own).map(|(_, info)| info.id.as_str()), Some(GEMMA3));
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

/// What is offered for a task: how well, by which model, and which would do better.
fn offer(models: &Models, task: Task, model: Option<&str>) -> (Ability, Option<String>, Option<String>) {
    let question = OfferQuestion { key: "k".to_owned(), task, model: model.map(str::to_owned) };
    let Offer { key, ability, model, instead } = models.offer(question);
    assert_eq!(key, "k");
    (ability, model.map(|model| model.id), instead.map(|model| model.id))
}

#[test]
fn an_offer_names_the_model_that_would_run() {
    let (smollm2, gemma3, own) = (&measured(SMOLLM2).info, &measured(GEMMA3).info, &own());
    let all = models(&[(smollm2, At::Package), (gemma3, At::Web), (own, At::Storage)]);
    let id = |id: &str| Some(id.to_owned());
    assert_eq!(offer(&all, TASK, None), (Ability::Good, id(SMOLLM2), None));
    assert_eq!(offer(&all, german(), None), (Ability::Experimental, id(&own.id), id(GEMMA3)));
    // What was set runs, however unfit.
    assert_eq!(offer(&all, german(), Some(SMOLLM2)), (Ability::Unfit, id(SMOLLM2), id(GEMMA3)));
    // What was set and is not here is to be got.
    assert_eq!(offer(&all, TASK, Some(GEMMA3)), (Ability::Unfit, None, id(GEMMA3)));
    let japanese = Task::Translate { from: Some("ja".to_owned()), to: "en".to_owned() };
    assert_eq!(offer(&all, japanese, None), (Ability::Unfit, None, None));
}

/// A model of the library.
fn published() -> &'static ModelInfo {
    catalog::library().iter().find(|info| info.name == "Qwen3-1.7B").unwrap()
}

#[test]
fn what_nobody_measured_is_no_advice_before_it_is_here() {
    let (smollm2, published) = (&measured(SMOLLM2).info, published());
    let longer = RewriteOptions { length: RewriteLength::Longer, ..RewriteOptions::default() };
    let longer = Task::Rewrite { options: longer };
    let at = |at| models(&[(smollm2, At::Package), (published, at)]);
    assert!(matches!(chosen(&at(At::Web), &longer, None), Err(Error::NoModel)));
    assert_eq!(offer(&at(At::Web), longer.clone(), None), (Ability::Unfit, None, None));
    let id = || Some(published.id.clone());
    assert_eq!(offer(&at(At::Storage), longer.clone(), None), (Ability::Experimental, id(), None));
    // What was set is to be got, whatever is known of it.
    assert_eq!(offer(&at(At::Web), longer, Some(&published.id)), (Ability::Unfit, None, id()));
}

#[test]
fn a_model_of_the_library_is_installed_and_goes_on_at_its_card() {
    let published = published();
    let mut all = models(&[(&measured(SMOLLM2).info, At::Package), (published, At::Web)]);
    let card = |all: &Models| {
        assert_eq!(all.cards().len(), 2, "no card beside its own");
        all.cards().into_iter().find(|card| card.sha256 == published.sha256).unwrap()
    };
    assert!(card(&all).estimated && card(&all).bytes > 1e9);
    assert_eq!(card(&all).state, ModelCardState::Available);
    let (id, sha256) = (&published.source, Some(&published.sha256[..]));
    all.begin_install(&request(id, Origin::Address(id.clone()), sha256), Cancel::default()).unwrap();
    assert!(matches!(card(&all).state, ModelCardState::Installing { total: None, .. }));
    let chunks = vec!["0".repeat(64)];
    all.set_parts(vec![Journal { bytes: Some(3 * CHUNK), chunks, ..Journal::new(id, sha256) }]);
    all.end_install(id, None);
    let ModelCardState::Paused { bytes, total, .. } = card(&all).state else { panic!("not paused") };
    assert_eq!((bytes, total), (CHUNK as f64, Some(3.0 * CHUNK as f64)), "not of what was estimated");
    let here = models(&[(published, At::Storage)]);
    assert!(!here.cards()[0].estimated);
}

#[test]
fn every_model_of_the_library_is_of_a_family_that_runs() {
    for info in catalog::library() {
        assert!(fuzz::model::FAMILIES.contains(&info.family.as_str()), "{}", info.name);
    }
}

/// The translator of a pair, as `de-en`.
fn translator(id: &str) -> &'static ModelInfo {
    &catalog::translators().iter().find(|one| one.info.id == id).unwrap().info
}

#[test]
fn of_equals_the_one_that_is_here_is_named() {
    let (smollm2, gemma3, german) = (&measured(SMOLLM2).info, &measured(GEMMA3).info, translator("de-en"));
    let all = models(&[(smollm2, At::Package), (gemma3, At::Package), (german, At::Web)]);
    let other = all.other(&self::german(), None, smollm2).map(|(_, info)| info.id.as_str());
    assert_eq!(other, Some(GEMMA3), "though the translator is the smaller");
}

#[test]
fn translators_are_offered_one_after_the_other() {
    let (gemma3, german, french) = (&measured(GEMMA3).info, translator("de-en"), translator("en-fr"));
    let task = Task::Translate { from: Some("de".to_owned()), to: "fr".to_owned() };
    let id = |id: &str| Some(id.to_owned());
    let at = |first, then| models(&[(gemma3, At::Package), (german, first), (french, then)]);
    assert_eq!(offer(&at(At::Web, At::Web), task.clone(), None), (Ability::Unfit, None, id("de-en")));
    assert_eq!(offer(&at(At::Storage, At::Web), task.clone(), None), (Ability::Unfit, None, id("en-fr")));
    let both = at(At::Storage, At::Storage);
    assert_eq!(offer(&both, task.clone(), None), (Ability::Good, id("de-en"), None));
    let question = OfferQuestion { key: "k".to_owned(), task, model: None };
    let model = both.offer(question).model.unwrap();
    assert_eq!(model.name, "German → English, English → French");
    assert_eq!(model.host.as_deref(), Some("media.githubusercontent.com"));
    // Of equals the smaller.
    assert_eq!(chosen(&both, &self::german(), None).unwrap(), "de-en");
}

proptest! {
    /// The popup must not name one model while the engine runs another.
    #[test]
    fn an_offer_is_what_comes_of_the_choice(
        places in prop::collection::vec(prop::sample::select(vec![At::Web, At::Package, At::Storage]), 3),
        sizes in prop::collection::vec(1..5_u64, 3),
        wanted in prop::option::of(0..3_usize),
        translates in any::<bool>(),
    ) {
        let infos = [measured(SMOLLM2).info.clone(), measured(GEMMA3).info.clone(), own()];
        let infos: Vec<ModelInfo> =
            infos.into_iter().zip(sizes).map(|(info, bytes)| ModelInfo { bytes, ..info }).collect();
        let models = models(&infos.iter().zip(places).collect::<Vec<_>>());
        let task = if translates { german() } else { TASK };
        let wanted = wanted.map(|at| infos[at].id.as_str());
        let (ability, runs, instead) = offer(&models, task.clone(), wanted);
        match models.choose(&task, None, wanted) {
            Ok(route) => {
                prop_assert_eq!(runs, Some(route.first.id.clone()));
                prop_assert_eq!(ability, route.ability(&task, None));
            }
            Err(Error::NotInstalled { id, .. }) => {
                prop_assert_eq!((ability, runs, instead), (Ability::Unfit, None, Some(id)));
            }
            Err(error) => prop_assert!(false, "{}", error),
        }
    }
}

fn state(models: &Models, id: &str) -> Option<ModelCardState> {
    models.cards().into_iter().find(|card| card.id == id).map(|card| card.state)
}

#[test]
fn an_installation_is_seen_from_its_beginning_to_its_end() {
    let mut models = models(&[(&measured(SMOLLM2).info, At::Web)]);
    let cancel = Cancel::default();
    let own = request("own.gguf", Origin::Upload(()), Some("ab"));
    models.begin_install(&own, cancel.clone()).unwrap();
    let again = models.begin_install(&own, Cancel::default());
    assert!(matches!(again, Err(Error::Installing(_))));
    let same = models.begin_install(&request("same.gguf", Origin::Upload(()), Some("ab")), Cancel::default());
    assert!(
        matches!(same, Err(Error::Installing(name)) if name == "own.gguf"),
        "the same file by another name"
    );
    let step = InstallStep::Fetching;
    let installing = |bytes, total| Some(ModelCardState::Installing { bytes, total, step });
    assert_eq!(state(&models, "own.gguf"), installing(0.0, None));
    models.installing("own.gguf", Transfer { bytes: 5, total: Some(10), step });
    assert_eq!(state(&models, "own.gguf"), installing(5.0, Some(10.0)));
    models.stop_install("own.gguf");
    assert!(cancel.is_set());

    let failure = (&Error::StorageFull).into();
    models.end_install("own.gguf", Some(failure));
    assert!(matches!(state(&models, "own.gguf"), Some(ModelCardState::Failed { .. })));
    let card = models.cards().into_iter().find(|card| card.id == "own.gguf").unwrap();
    assert_eq!(card.sha256, "ab", "what another try must come to");
    models.stop_install("own.gguf");
    assert_eq!(state(&models, "own.gguf"), None, "a failure that was read is dismissed");
}

#[test]
fn a_length_that_is_a_lie_makes_no_share_beyond_all() {
    let transfer = Transfer { bytes: 7, total: Some(1), step: InstallStep::Fetching };
    assert!((transfer.share() - 1.0).abs() < f32::EPSILON);
    assert!(Transfer { total: None, ..transfer }.share().is_nan());
}

#[test]
fn what_has_come_of_a_file_stands_as_a_card_until_it_is_gone_on_with() {
    const URL: &str = "https://example.org/own.gguf?token=secret";
    let mut models = models(&[]);
    let journal = Journal { bytes: Some(3 * CHUNK), chunks: vec!["0".repeat(64)], ..Journal::new(URL, None) };
    let id = journal.address.clone();
    models.set_parts(vec![journal]);
    let paused = |needs_address, failure| {
        let (bytes, total) = (CHUNK as f64, Some(3.0 * CHUNK as f64));
        Some(ModelCardState::Paused { bytes, total, needs_address, failure })
    };
    assert_eq!(state(&models, &id), paused(true, None), "its key was not kept");
    assert_eq!(models.cards().len(), 1);
    assert_eq!(models.cards()[0].name, "own.gguf");

    let by_address = request(&id, Origin::Address(URL.to_owned()), None);
    models.begin_install(&by_address, Cancel::default()).unwrap();
    assert!(matches!(state(&models, &id), Some(ModelCardState::Installing { .. })));
    assert_eq!(models.cards().len(), 1, "one card for both");
    models.end_install(&id, Some((&Error::StorageFull).into()));
    assert_eq!(state(&models, &id), paused(false, Some((&Error::StorageFull).into())));
    models.stop_install(&id);
    assert_eq!(state(&models, &id), paused(false, None), "while the engine lives, the address is known");

    models.begin_install(&by_address, Cancel::default()).unwrap();
    assert!(models.discard(&id), "it has to stop first");
    assert!(models.is_discarded(&id));
    models.set_parts(Vec::new());
    models.end_install(&id, None);
    assert_eq!(state(&models, &id), None);
    assert!(!models.discard(&id));
}

#[test]
fn a_damaged_file_is_not_used_and_says_so_until_it_is_replaced() {
    let (smollm2, own) = (&measured(SMOLLM2).info, &own());
    let mut all = models(&[(smollm2, At::Package), (own, At::Storage)]);
    all.damage(&own.sha256);
    let card = all.cards().into_iter().find(|card| card.id == own.id).unwrap();
    assert!(
        matches!(card.state, ModelCardState::Damaged { failure, .. } if failure.model.as_ref() == Some(&own.id))
    );
    assert!(!card.here);
    assert!(matches!(chosen(&all, &TASK, Some(&own.id)), Err(Error::NotInstalled { .. })));
    assert_eq!(chosen(&all, &TASK, None).unwrap(), SMOLLM2);
}
