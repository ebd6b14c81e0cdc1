//! Requests all the way to their events, on a platform whose files are made up.

use crate::engine::{Engine, Fake, german_files, get_german, go_on, own_model};
use crate::harness::TASK;
use catalog::{GEMMA3, ModelInfo, SMOLLM2, measured};
use protocol::{
    Ability, BackendChoice, ErrorCode, Event, Fit, Input, InstallEnd, JobState, ModelCardState, ModelKind,
    ModelSource, ModelState, OfferQuestion, Request, RewriteGoal, RewriteOptions, SectionStatus, Selection,
    Task,
};
use session::{Error, Room, address};
use std::cell::RefCell;
use std::rc::Rc;

#[test]
fn the_models_are_looked_for_with_the_first_request() {
    let engine = Engine::new();
    engine.ask(Request::Attach);
    let models = engine.snapshot().models;
    let (listed, models): (Vec<_>, Vec<_>) = models.into_iter().partition(|card| card.estimated);
    let (language, translators): (Vec<_>, Vec<_>) =
        models.iter().partition(|card| card.kind == ModelKind::Language);
    let here: Vec<_> = language.iter().map(|card| (card.id.as_str(), card.packaged, card.here)).collect();
    assert_eq!(here, [(SMOLLM2, true, true), (GEMMA3, false, false)]);
    assert_eq!(translators.len(), catalog::translators().len());
    assert!(!translators.iter().any(|card| card.packaged || card.here));
    assert_eq!(listed.len(), catalog::library().len());
    assert!(!listed.iter().any(|card| card.packaged || card.here));
}

#[test]
fn a_model_of_the_library_that_is_here_is_listed_once_by_its_published_name() {
    let published = &catalog::library()[0];
    let sha256 = published.sha256.clone();
    let own = ModelInfo { id: sha256.clone(), sha256: sha256.clone(), ..own_model() };
    let engine = Engine::on(Fake { own: vec![own.clone()].into(), ..Fake::default() });
    engine.ask(Request::Attach);
    let models = engine.snapshot().models;
    let cards: Vec<_> = models.iter().filter(|card| card.sha256 == sha256).collect();
    let [card] = cards[..] else { panic!("{} cards", cards.len()) };
    assert_eq!((card.id.as_str(), card.name.as_str()), (sha256.as_str(), published.name.as_str()));
    assert_eq!((card.bytes, card.estimated, card.here), (own.bytes as f64, false, true));
    assert_eq!(models.iter().filter(|card| card.estimated).count(), catalog::library().len() - 1);
}

#[test]
fn a_page_in_a_language_that_the_model_does_not_know_is_quoted_without_it() {
    let engine = Engine::new();
    let JobState::Done { stats, text } = engine.start(TASK, "de", None) else { panic!("not done") };
    assert!(text.starts_with("- Die alte Brücke"), "{text}");
    assert_eq!(stats.output_tokens, 0);
    let view = engine.snapshot().jobs.remove(0);
    assert!(view.sections.iter().all(|section| section.status == SectionStatus::Quoted));
    assert_eq!(engine.snapshot().model, ModelState::Idle, "no model was loaded");
}

#[test]
fn a_text_in_the_language_that_is_wanted_says_so_whatever_its_page_declares() {
    let engine = Engine::new();
    let text = "The ferry company will add a fourth boat next summer, after queues at the pier.".to_owned();
    let selection = Selection { text, lang: Some("de".to_owned()), ..Selection::default() };
    engine.ask(Request::Start {
        job: "job".to_owned(),
        task: Task::Translate { from: None, to: "en".to_owned() },
        input: Input::Selection { selection },
        choice: BackendChoice::Auto,
        model: None,
        tab: None,
    });
    let job = engine.snapshot().jobs.remove(0);
    let JobState::Failed { failure } = job.state else { panic!("not failed") };
    assert_eq!((failure.code, failure.message.as_str()), (ErrorCode::NoText, "The text is English already."));
}

#[test]
fn a_packaged_model_is_installed_when_it_is_first_needed() {
    let engine = Engine::new();
    let JobState::Failed { failure } = engine.start(TASK, "en", None) else { panic!("not failed") };
    // Installed it was; this platform's files cannot be read.
    assert_eq!(engine.model_state(SMOLLM2), Some(ModelCardState::Installed { checked: false }));
    assert_eq!(failure.code, ErrorCode::Storage);
    assert!(matches!(engine.snapshot().model, ModelState::Failed { .. }));
    engine.ask(Request::Remove { model: SMOLLM2.to_owned() });
    assert_eq!(engine.model_state(SMOLLM2), Some(ModelCardState::Available));
}

#[test]
fn a_model_that_is_not_here_is_named_with_the_failure() {
    let engine = Engine::new();
    let JobState::Failed { failure } = engine.start(TASK, "en", Some(GEMMA3)) else { panic!("not failed") };
    assert_eq!((failure.code, failure.model.as_deref()), (ErrorCode::Model, Some(GEMMA3)));
}

#[test]
fn an_address_that_is_not_allowed_is_refused_before_anything_is_fetched() {
    let engine = Engine::new();
    engine.ask(Request::Attach);
    let install = |url: &str| {
        let source = ModelSource::Address { url: url.to_owned(), sha256: None };
        engine.ask(Request::Install { source, key: url.to_owned() });
        let said = engine.said.borrow();
        match said.last() {
            Some(Event::InstallEnded { key, end: InstallEnd::Failed { failure } }) if key == url => {
                failure.code
            }
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(install("http://example.org/model.gguf"), ErrorCode::Address);
    assert!(!engine.snapshot().models.iter().any(|card| card.source.contains("example.org")));
    assert_eq!(install("https://example.org/model.gguf?token=secret"), ErrorCode::Model);
    assert!(!format!("{:?}", engine.snapshot().models).contains("secret"));
    let state = engine.model_state("https://example.org/model.gguf");
    assert!(matches!(state, Some(ModelCardState::Failed { .. })), "what is fetched in vain is told");
}

#[test]
fn what_has_come_is_told_gone_on_with_and_discarded() {
    const URL: &str = "https://example.org/large.gguf";
    let engine = Engine::new();
    engine.ask(Request::Attach);
    let install = |url: &str| {
        let source = ModelSource::Address { url: url.to_owned(), sha256: None };
        engine.ask(Request::Install { source, key: url.to_owned() });
        match engine.said.borrow().last() {
            Some(Event::InstallEnded { end, .. }) => end.clone(),
            other => panic!("{other:?}"),
        }
    };
    assert!(matches!(install(URL), InstallEnd::Failed { .. }));
    let state = engine.model_state(URL);
    assert!(matches!(state, Some(ModelCardState::Paused { failure: Some(_), .. })), "{state:?}");
    assert!(!format!("{:?}", engine.runner.platform().parts).contains("secret"));
    engine.ask(Request::StopInstall { model: URL.to_owned() });
    assert!(matches!(engine.model_state(URL), Some(ModelCardState::Paused { failure: None, .. })));
    engine.ask(Request::Remove { model: URL.to_owned() });
    assert_eq!(engine.model_state(URL), None);
    assert!(engine.runner.platform().parts.borrow().is_empty());

    const KEYED: &str = "https://example.org/large-paused.gguf?token=secret";
    assert_eq!(install(KEYED), InstallEnd::Paused);
    let shown = address::shown(KEYED);
    let Some(ModelCardState::Paused { needs_address, .. }) = engine.model_state(&shown) else { panic!() };
    assert!(!needs_address, "this engine knows it still");
    // The view knows only what was shown, and is given the rest.
    assert_eq!(install(&shown), InstallEnd::Paused);
    let parts = engine.runner.platform().parts.take();
    let next = Engine::on(Fake { parts: RefCell::new(parts), ..Fake::default() });
    next.ask(Request::Attach);
    let Some(ModelCardState::Paused { needs_address, .. }) = next.model_state(&shown) else { panic!() };
    assert!(needs_address, "the next engine does not");
}

#[test]
fn what_a_slow_look_saw_is_not_taken_for_news() {
    const URL: &str = "https://example.org/large.gguf";
    let engine = Engine::new();
    engine.ask(Request::Attach);
    let install = |url: &str| {
        let source = ModelSource::Address { url: url.to_owned(), sha256: None };
        Request::Install { source, key: url.to_owned() }
    };
    engine.ask(install(URL));
    // Another download ends; while it is looked at what is there, the part is discarded.
    engine.runner.platform().slow_looks.set(1);
    let waiting = engine.begin(install("https://example.org/other.gguf"));
    assert_eq!(waiting.len(), 1);
    engine.ask(Request::Remove { model: URL.to_owned() });
    assert_eq!(engine.model_state(URL), None);
    assert!(waiting.into_iter().all(|work| go_on(work).is_none()));
    assert_eq!(engine.model_state(URL), None, "what was there before is no news");
}

#[test]
fn a_question_is_answered_by_what_would_happen() {
    let engine = Engine::new();
    engine.ask(Request::Attach);
    let question = |key: &str, task| OfferQuestion { key: key.to_owned(), task, model: None };
    let german = Task::Translate { from: Some("de".to_owned()), to: "en".to_owned() };
    engine.ask(Request::Offers { questions: vec![question("a", TASK), question("b", german)] });
    let said = engine.said.borrow();
    let Some(Event::Offers { offers }) = said.last() else { panic!("no answer") };
    let answers: Vec<_> = offers
        .iter()
        .map(|offer| {
            let names = |model: &Option<protocol::OfferedModel>| model.as_ref().map(|model| model.id.clone());
            (offer.key.as_str(), offer.ability, names(&offer.model), names(&offer.instead))
        })
        .collect();
    assert_eq!(
        answers,
        [
            ("a", Ability::Good, Some(SMOLLM2.to_owned()), None),
            ("b", Ability::Unfit, None, Some("de-en".to_owned())),
        ]
    );
}

#[test]
fn a_packaged_model_that_is_damaged_is_put_back_by_itself() {
    let engine = Engine::new();
    engine.start(TASK, "en", None);
    let fake = engine.runner.platform();
    fake.damaged.replace(fake.installed.borrow().clone());
    fake.installed.borrow_mut().clear();
    engine.ask(Request::Warm { task: TASK, choice: BackendChoice::Auto, model: None });
    assert!(fake.damaged.borrow().is_empty(), "it was opened, found damaged, and installed");
    assert_eq!(engine.model_state(SMOLLM2), Some(ModelCardState::Installed { checked: false }));
}

#[test]
fn a_model_that_ended_the_engine_is_loaded_for_a_job_and_not_ahead_of_one() {
    let sha256 = measured(SMOLLM2).info.sha256.clone();
    let loading = Rc::new(RefCell::new(vec![sha256]));
    let engine = Engine::on(Fake { loading: Rc::clone(&loading), ..Fake::default() });
    let interrupted = |engine: &Engine| engine.snapshot().models[0].interrupted;
    let warm = || Request::Warm { task: TASK, choice: BackendChoice::Auto, model: None };
    engine.ask(warm());
    assert!(interrupted(&engine));
    assert_eq!(engine.snapshot().model, ModelState::Idle, "not even tried");
    assert_eq!(loading.borrow().len(), 1);
    // The reader asks for a job: this time the engine outlives it.
    engine.start(TASK, "en", None);
    assert!(matches!(engine.snapshot().model, ModelState::Failed { .. }), "tried");
    assert!(!interrupted(&engine) && loading.borrow().is_empty());
}

#[test]
fn a_model_that_ends_the_engine_once_it_is_loaded_is_marked_too() {
    let loading = Rc::new(RefCell::new(Vec::new()));
    let engine = |is_fatal: bool| {
        let own = vec![own_model()].into();
        Engine::on(Fake { loading: Rc::clone(&loading), own, is_fatal, ..Fake::default() })
    };
    let own = own_model().id;
    let options = RewriteOptions { goal: RewriteGoal::FixGrammar, ..RewriteOptions::default() };
    let warm = || {
        let task = Task::Rewrite { options: options.clone() };
        Request::Warm { task, choice: BackendChoice::Auto, model: Some(own.clone()) }
    };
    let is_marked = || *loading.borrow() == [own.clone()];
    let healthy = engine(false);
    healthy.ask(warm());
    assert!(matches!(healthy.snapshot().model, ModelState::Ready { .. }) && !is_marked());
    engine(true).ask(warm());
    assert!(is_marked(), "it reads ahead what prompts begin with");
    let next = engine(true);
    next.ask(warm());
    assert_eq!(next.snapshot().model, ModelState::Idle, "not even tried");
    next.start(TASK, "en", Some(&own));
    assert!(is_marked(), "that it loads says nothing of what it does then");
    let healthy = engine(false);
    assert!(matches!(healthy.start(TASK, "en", Some(&own)), JobState::Done { .. }));
    assert!(!is_marked() && healthy.snapshot().models.iter().all(|card| !card.interrupted));
}

#[test]
fn a_model_without_room_is_refused_before_it_is_opened_and_the_largest_that_has_some_is_named() {
    let own = ModelInfo { bytes: 3_000_000_000, name: "Own".to_owned(), ..own_model() };
    let room = Room { memory: 2_000_000_000, has_gpu: Some(false) };
    let id = own.id.clone();
    let engine = Engine::on(Fake { own: vec![own].into(), room, ..Fake::default() });
    let JobState::Failed { failure } = engine.start(TASK, "en", Some(&id)) else { panic!() };
    assert_eq!(failure.code, ErrorCode::Memory);
    let message = "Own needs about 3.2 GB of memory, more than the 2.0 GB that this browser gives.";
    assert_eq!(failure.message, message);
    assert_eq!(failure.model.as_deref(), Some(SMOLLM2));
    let card = engine.snapshot().models.into_iter().find(|card| card.id == id).unwrap();
    assert!(matches!(card.fit, Fit::TooLarge { .. }), "{:?}", card.fit);
}

#[test]
fn a_request_that_cannot_be_read_names_the_job_that_it_was_to_start() {
    let engine = Engine::new();
    engine.runner.reject(&Error::Request("nonsense".to_owned()), Some("job".to_owned()));
    let said = engine.said.borrow();
    assert!(matches!(said.last(), Some(Event::Rejected { job: Some(job), .. }) if job == "job"));
}

#[test]
fn a_translator_is_fetched_file_by_file_and_removed_whole() {
    let engine = Engine::new();
    get_german(&engine);
    assert_eq!(*engine.runner.platform().installed.borrow(), german_files());
    assert_eq!(engine.model_state("de-en"), Some(ModelCardState::Installed { checked: false }));
    assert_eq!(engine.model_state("en-de"), Some(ModelCardState::Available));
    engine.ask(Request::Remove { model: "de-en".to_owned() });
    assert!(engine.runner.platform().installed.borrow().is_empty());
    assert_eq!(engine.model_state("de-en"), Some(ModelCardState::Available));
}

#[test]
fn of_a_translator_what_is_there_is_not_fetched_again() {
    let files = german_files();
    let platform = Fake { installed: RefCell::new(vec![files[1].clone()]), ..Fake::default() };
    let engine = Engine::on(platform);
    get_german(&engine);
    let fetched = engine.runner.platform().installed.borrow().clone();
    assert_eq!(fetched, [&files[1], &files[0], &files[2]].map(String::clone));
}

#[test]
fn a_translator_that_is_damaged_is_to_be_got_again() {
    let files = german_files();
    let platform = Fake {
        installed: RefCell::new(files.clone()),
        damaged: RefCell::new(vec![files[0].clone()]),
        ..Fake::default()
    };
    let engine = Engine::on(platform);
    let selection = Selection { text: "Die Brücke ist gesperrt.".to_owned(), ..Selection::default() };
    engine.ask(Request::Start {
        job: "job".to_owned(),
        task: Task::Translate { from: Some("de".to_owned()), to: "en".to_owned() },
        input: Input::Selection { selection },
        choice: BackendChoice::Auto,
        model: None,
        tab: None,
    });
    let state = engine.snapshot().job(&"job".to_owned()).unwrap().state.clone();
    let JobState::Failed { failure } = state else { panic!("{state:?}") };
    assert_eq!((failure.code, failure.model.as_deref()), (ErrorCode::Model, Some("de-en")));
    assert!(failure.message.contains("damaged"), "{}", failure.message);
    assert!(matches!(engine.model_state("de-en"), Some(ModelCardState::Damaged { .. })));
}
