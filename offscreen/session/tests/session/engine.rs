//! An engine on a platform whose files are made up.

use crate::fake_server::{FakeReply, FakeServer};
use catalog::{ModelInfo, SMOLLM2, measured};
use decoder::{Decoder, Device, Precision, Scheduler, Uninterrupted};
use fuzz::model::{Description, File};
use gguf::Gguf;
use kernels::simd::Pool;
use protocol::{
    BackendChoice, Event, Input, InstallStep, JobState, ModelCardState, ModelSource, PageCapture, Request,
    Task,
};
use session::{
    CHUNK, Cancel, Condition, Contents, Damage, Error, Format, GpuLoss, InstallRequest, Journal,
    LoadProgress, Origin, Placement, Platform, Room, Runner, Served, ServerRequest, Session, Snapshot, Speed,
    StoredFile, Stray, Transfer, address,
};
use std::cell::{Cell, RefCell};
use std::future::{pending, poll_fn};
use std::iter;
use std::ops::{ControlFlow, Range};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

pub(crate) type Work = Pin<Box<dyn Future<Output = ()>>>;

/// Has SmolLM2 in its package, and stores what is installed.
#[derive(Default)]
pub(crate) struct Fake {
    pub(crate) work: Rc<RefCell<Vec<Work>>>,
    /// What the reader has added of servers, and what is at the other end.
    pub(crate) served: RefCell<Vec<Served>>,
    pub(crate) server: Rc<FakeServer>,
    pub(crate) installed: RefCell<Vec<String>>,
    /// Those of them that are not as they were.
    pub(crate) damaged: RefCell<Vec<String>>,
    /// What has come of files from addresses: of each that is asked for, a chunk comes.
    pub(crate) parts: RefCell<Vec<Journal>>,
    /// Outlives the engine, as a mark in the storage does.
    pub(crate) loading: Rc<RefCell<Vec<String>>>,
    /// What was noted of how fast models are.
    pub(crate) speeds: RefCell<Vec<(String, Speed)>>,
    /// What nobody knows.
    pub(crate) strays: RefCell<Vec<Stray>>,
    /// Whether the sources have other versions by now.
    pub(crate) is_gone: bool,
    /// Models that are installed, and not measured.
    pub(crate) own: RefCell<Vec<ModelInfo>>,
    pub(crate) room: Room,
    /// Whether it is the engine's end once it is loaded.
    pub(crate) is_fatal: bool,
    /// How many of the next looks end a turn after they have seen what there is.
    pub(crate) slow_looks: Cell<u32>,
    /// Whether nothing goes on any more.
    pub(crate) has_ended: Rc<Cell<bool>>,
}

/// Lets whatever else there is to do be done first.
async fn turn() {
    let mut is_first = true;
    poll_fn(|_| if std::mem::take(&mut is_first) { Poll::Pending } else { Poll::Ready(()) }).await;
}

/// The file of a model of two layers, which reads bytes.
pub(crate) fn own_file() -> File {
    Description::read("family llama\nset context_length u32 4096").file()
}

/// Said to be as large as those that write.
pub(crate) fn own_model() -> ModelInfo {
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
        let translators = || catalog::translators().iter().chain(catalog::older_translators());
        let parts = || translators().flat_map(|translator| &translator.files);
        let bytes = |sha256: &str| match catalog::find_file(sha256) {
            Some(model) => model.info.bytes,
            None => parts().find(|part| part.sha256 == sha256).map_or(1, |part| part.bytes),
        };
        let file = |sha256: &String| StoredFile { sha256: sha256.clone(), bytes: bytes(sha256) };
        let own = self.own.borrow().clone();
        let owned = own.iter().map(|info| StoredFile { sha256: info.sha256.clone(), bytes: info.bytes });
        let contents = Contents {
            files: self.installed.borrow().iter().map(file).chain(owned).collect(),
            own,
            parts: self.parts.borrow().clone(),
            interrupted: self.loading.borrow().clone(),
            served: self.served.borrow().clone(),
            strays: self.strays.borrow().clone(),
            speeds: self.speeds.borrow().clone(),
        };
        if let Some(fewer) = self.slow_looks.get().checked_sub(1) {
            self.slow_looks.set(fewer);
            turn().await;
        }
        Ok(contents)
    }

    async fn is_packaged(&self, file: &str) -> bool {
        file == measured(SMOLLM2).file
    }

    /// Those of the package cannot be read.
    async fn open(&self, sha256: &str, _: &impl Scheduler) -> Result<Option<File>, Error> {
        if self.own.borrow().iter().any(|info| info.sha256 == sha256) {
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

    async fn note(&self, sha256: &str, text: &str) -> Result<(), Error> {
        if let Some(info) = self.own.borrow_mut().iter_mut().find(|info| info.sha256 == sha256) {
            *info = serde_json::from_str(text).unwrap();
        }
        Ok(())
    }

    async fn note_speed(&self, sha256: &str, speed: &Speed) -> Result<(), Error> {
        self.speeds.borrow_mut().push((sha256.to_owned(), speed.clone()));
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
            (Origin::Address(_), Some(sha256)) if catalog::find_published(sha256).is_some() => {
                self.own.borrow_mut().push(ModelInfo {
                    id: sha256.clone(),
                    ..catalog::find_published(sha256).unwrap().clone()
                });
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

    async fn check(
        &self,
        sha256: &str,
        _: u64,
        _: &dyn Fn(u64),
        scheduler: &impl Scheduler,
    ) -> Result<Condition, Error> {
        if scheduler.yield_now(0.5).await.is_break() {
            return Err(Error::Stopped);
        }
        if !self.installed.borrow().iter().any(|file| file == sha256) {
            return Ok(Condition::Missing);
        }
        let is_damaged = self.damaged.borrow().iter().any(|file| file == sha256);
        let damage = || Damage { sha256: sha256.to_owned(), wrong: Some(iter::once(0..CHUNK).collect()) };
        Ok(if is_damaged { Condition::Damaged(damage()) } else { Condition::Whole })
    }

    async fn mend(
        &self,
        request: &InstallRequest<()>,
        range: Range<u64>,
        _: &dyn Fn(Transfer),
        _: &impl Scheduler,
    ) -> Result<(), Error> {
        assert_eq!(range, 0..CHUNK);
        if self.is_gone {
            return Err(Error::OtherVersion { file: request.file_name().to_owned() });
        }
        self.damaged.borrow_mut().retain(|file| Some(file) != request.expected.sha256.as_ref());
        Ok(())
    }

    async fn discard(&self, address: &str) -> Result<(), Error> {
        self.parts.borrow_mut().retain(|part| part.address != address);
        Ok(())
    }

    async fn remove(&self, sha256: &str) -> Result<(), Error> {
        self.installed.borrow_mut().retain(|file| file != sha256);
        self.own.borrow_mut().retain(|info| info.sha256 != sha256);
        Ok(())
    }

    async fn remove_stray(&self, name: &str) -> Result<(), Error> {
        self.strays.borrow_mut().retain(|stray| stray.name != name);
        Ok(())
    }

    async fn clear(&self) -> Result<u64, Error> {
        let files = self.contents().await?.files;
        self.installed.borrow_mut().clear();
        self.parts.borrow_mut().clear();
        Ok(files.iter().map(|file| file.bytes).sum())
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

/// An engine, and what it said.
pub(crate) struct Engine {
    pub(crate) runner: Rc<Runner<Fake>>,
    pub(crate) work: Rc<RefCell<Vec<Work>>>,
    pub(crate) said: Rc<RefCell<Vec<Event>>>,
}

impl Engine {
    pub(crate) fn new() -> Self {
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
        let waiting = self.begin(request);
        assert!(waiting.is_empty() || self.runner.platform().has_ended.get(), "nothing is waited for");
    }

    /// Makes a request and does the work that comes of it; gives what waits for another turn.
    pub(crate) fn begin(&self, request: Request) -> Vec<Work> {
        self.runner.handle(request);
        let work = iter::from_fn(|| self.work.borrow_mut().pop());
        work.filter_map(go_on).collect()
    }

    pub(crate) fn start(&self, task: Task, lang: &str, model: Option<&str>) -> JobState {
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

    pub(crate) fn model_state(&self, id: &str) -> Option<ModelCardState> {
        self.snapshot().models.into_iter().find(|card| card.id == id).map(|card| card.state)
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

/// Goes on with work; gives it back where it waits for another turn.
pub(crate) fn go_on(mut work: Work) -> Option<Work> {
    let woken = Arc::new(Woken::default());
    let waker = Waker::from(Arc::clone(&woken));
    while work.as_mut().poll(&mut Context::from_waker(&waker)).is_pending() {
        if !woken.0.swap(false, Ordering::Relaxed) {
            return Some(work);
        }
    }
    None
}

/// SHA-256 of the files of the translator from German into English, in the order in which they come.
pub(crate) fn german_files() -> Vec<String> {
    let translator = catalog::translators().iter().find(|one| one.info.id == "de-en").unwrap();
    translator.files.iter().map(|file| file.sha256.clone()).collect()
}

pub(crate) fn get_german(engine: &Engine) {
    let source = ModelSource::Catalog { model: "de-en".to_owned() };
    engine.ask(Request::Install { source, key: "key".to_owned() });
}
