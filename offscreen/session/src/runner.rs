//! Executes the session's work, one piece after the other, and keeps the model warm in between.

use crate::job::{self, Output};
use crate::lazy_model::LazyModel;
use crate::loaded::Loaded;
use crate::loaded_translators::LoadedTranslator;
use crate::looks::Looks;
use crate::stored::{leave_one_published, leave_one_version, stored, used};
use crate::{
    Cancel, Contents, Error, GpuLoss, JobEnd, LoadProgress, Models, Placement, Platform, Presence, Served,
    Session, Work, address,
};
use catalog::ModelInfo;
use gguf::Gguf;
use protocol::{
    BackendChoice, Input, InstallEnd, JobId, ModelId, ModelKind, ModelState, OfferQuestion, Phase, Progress,
    Request, Task,
};
use std::cell::{Cell, RefCell};
use std::io::Cursor;
use std::rc::Rc;
use tasks::Model;

/// The session with what executes it.
pub struct Runner<P> {
    pub(crate) platform: P,
    pub(crate) session: RefCell<Session>,
    pub(crate) models: RefCell<Models>,
    /// The model, while no work uses it.
    loaded: Cell<Option<Loaded>>,
    /// The translators of the last translation.
    pub(crate) translators: RefCell<Vec<Rc<LoadedTranslator>>>,
    busy: Cell<bool>,
    /// SHA-256 of the model that is being loaded.
    loading: RefCell<Option<String>>,
    /// The task that was announced or done last: as the next job's will be, as far as one can tell.
    next: RefCell<Option<Task>>,
    /// Stops what is done ahead of any work.
    ahead: RefCell<Cancel>,
    /// Whether it is known what models there are.
    looked: Cell<bool>,
    looks: Looks,
}

/// What does a task.
enum Chosen {
    /// A language model.
    Model(ModelInfo),
    /// One translator, or two of which the second translates what the first wrote.
    Translators(Vec<ModelInfo>),
    /// One on a server of the reader's.
    Served(ModelInfo, Served),
}

/// What to run a task with.
struct RunOptions<'a> {
    task: &'a Task,
    choice: BackendChoice,
    model: Option<&'a ModelId>,
}

impl<P: Platform> Runner<P> {
    /// Nothing is known of the models yet: that begins with the first request.
    pub fn new(platform: P, session: Session) -> Self {
        Self {
            platform,
            session: RefCell::new(session),
            models: RefCell::default(),
            loaded: Cell::new(None),
            translators: RefCell::default(),
            busy: Cell::new(false),
            loading: RefCell::default(),
            next: RefCell::default(),
            ahead: RefCell::default(),
            looked: Cell::new(false),
            looks: Looks::default(),
        }
    }

    /// What it runs in.
    pub fn platform(&self) -> &P {
        &self.platform
    }

    /// Takes a request, and starts working if there is work and nobody at it.
    pub fn handle(self: &Rc<Self>, request: Request) {
        let request = self.session.borrow_mut().handle(request);
        if let Some(request) = request {
            self.platform.spawn(Box::pin(self.clone().handle_models_request(request)));
        }
        if self.session.borrow().has_work() {
            self.ahead.borrow().set();
        }
        if (self.session.borrow().has_work() || !self.looked.get()) && !self.busy.replace(true) {
            self.platform.spawn(Box::pin(self.clone().work()));
        }
    }

    /// Says that a request could not be read or carried out; which job it was to start, if it was
    /// that.
    pub fn reject(&self, error: &Error, job: Option<JobId>) {
        self.session.borrow_mut().reject(error.into(), job);
    }

    /// The job that is being worked on, or was and has not stopped yet.
    pub fn working_on(&self) -> Option<JobId> {
        self.session.borrow().working_on().cloned()
    }

    /// Tells what is stored that nothing uses.
    pub(crate) fn report_unused(&self, files: usize, bytes: u64) {
        let files = u32::try_from(files).unwrap_or(u32::MAX);
        self.session.borrow_mut().unused(files, bytes as f64);
    }

    /// Tells what was removed.
    pub(crate) fn report_freed(&self, bytes: u64) {
        self.session.borrow_mut().freed(bytes as f64);
    }

    pub(crate) fn report_install_end(&self, key: String, end: InstallEnd) {
        self.session.borrow_mut().install_ended(key, end);
    }

    /// Reports the model's state.
    pub(crate) fn report_model(&self, state: ModelState) {
        self.session.borrow_mut().set_model(state);
    }

    /// Reports what models there are.
    pub(crate) fn report_models(&self) {
        self.session.borrow_mut().set_models(self.models.borrow().cards());
    }

    /// Answers which models would do tasks, and how well.
    pub(crate) fn report_offers(&self, questions: Vec<OfferQuestion>) {
        let models = self.models.borrow();
        let offers = questions.into_iter().map(|question| models.offer(question)).collect();
        self.session.borrow_mut().offers(offers);
    }

    /// Looks at what models there are.
    ///
    /// # Errors
    /// When the storage refuses.
    pub(crate) async fn look(&self) -> Result<(), Error> {
        let look = self.looks.begin();
        let Contents { files, own, parts, interrupted, speeds, strays, served } =
            self.platform.contents().await?;
        let known = catalog::models().iter().map(|model| &model.info);
        let translators = catalog::translators().iter().map(|newest| used(newest, &files));
        let own = own.into_iter().map(ModelInfo::or_published);
        let own = own.map(|info| ModelInfo { source: address::shown(&info.source), ..info });
        // Of a file that is here, the file says what it is.
        let is_here = |info: &&ModelInfo| files.iter().any(|file| file.sha256 == info.sha256);
        let library = catalog::library().iter().filter(|info| !is_here(info));
        let mut models = Vec::new();
        for info in known.chain(translators).cloned().chain(own).chain(library.cloned()) {
            let packaged = match catalog::find_file(&info.sha256) {
                Some(model) => self.platform.is_packaged(&model.file).await,
                None => false,
            };
            let stored = stored(&info, &files);
            let is_loading = self.loading.borrow().as_ref() == Some(&info.sha256);
            let interrupted = !is_loading && interrupted.contains(&info.sha256);
            models.push((info, Presence { stored, packaged, interrupted, server: None }));
        }
        leave_one_version(&mut models);
        leave_one_published(&mut models);
        let on_servers = served
            .into_iter()
            .map(|served| (served.info(), Presence { server: Some(served), ..Presence::default() }));
        models.extend(on_servers);
        if self.looks.is_news(look) {
            let mut known = self.models.borrow_mut();
            known.set_room(self.platform.room());
            known.set(models);
            known.set_parts(parts);
            known.set_files(files, strays);
            known.set_speeds(speeds);
        }
        Ok(())
    }

    /// Frees a model's memory, if it is loaded and not at work.
    pub(crate) fn unload(&self, id: &ModelId) {
        self.translators.borrow_mut().retain(|loaded| loaded.info.id != *id);
        let loaded = self.loaded.take();
        if loaded.as_ref().is_some_and(|loaded| loaded.info.id == *id) {
            self.session.borrow_mut().set_model(ModelState::Idle);
        } else {
            self.loaded.set(loaded);
        }
    }

    async fn work(self: Rc<Self>) {
        if !self.looked.replace(true) {
            if let Err(error) = self.look_first().await {
                self.reject(&error, None);
            }
            self.report_models();
        }
        while self.session.borrow().has_work() {
            while let Some(work) = self.take_work() {
                self.perform(work).await;
            }
            self.work_ahead().await;
        }
        self.busy.set(false);
    }

    /// Removes what interrupted installations left, and looks at what there is.
    async fn look_first(&self) -> Result<(), Error> {
        self.read_translators().await?;
        self.platform.remove_partial().await?;
        self.look().await
    }

    fn take_work(&self) -> Option<Work> {
        self.session.borrow_mut().take_work()
    }

    async fn perform(&self, work: Work) {
        match work {
            Work::Warm { task, choice, model } => {
                // What goes wrong here is told as the model's state, or by the next job, which
                // tries again. What ended an engine is not loaded until the reader asks for a job.
                match self.choose(&task, None, model.as_ref()) {
                    Ok(Chosen::Model(info)) if !self.is_interrupted(&info) => {
                        if let Ok(loaded) = self.ready(None, info, choice, None, &Cancel::default()).await {
                            self.loaded.set(Some(loaded));
                        }
                    }
                    Ok(Chosen::Translators(route)) => {
                        drop(self.ready_translators(None, &route, choice, &Cancel::default()).await);
                    }
                    _ => {}
                }
                self.next.replace(Some(task));
            }
            Work::Job { job, task, input, choice, model, cancel } => {
                let options = RunOptions { task: &task, choice, model: model.as_ref() };
                let end = match self.attempt(&job, options, &input, cancel).await {
                    Ok(end) => end,
                    Err(error) if error.is_stop() => JobEnd::Stopped,
                    Err(error) => JobEnd::Failed((&error).into()),
                };
                self.session.borrow_mut().finish(&job, end);
                self.next.replace(Some(task));
            }
        }
    }

    fn choose(&self, task: &Task, lang: Option<&str>, model: Option<&ModelId>) -> Result<Chosen, Error> {
        let models = self.models.borrow();
        let route = models.choose(task, lang, model.map(String::as_str))?;
        if let Some(served) = models.presence(&route.first.id).server {
            return Ok(Chosen::Served(route.first.clone(), served));
        }
        Ok(match route.first.kind() {
            ModelKind::Language => Chosen::Model(route.first.clone()),
            ModelKind::Translator => Chosen::Translators(route.models().cloned().collect()),
        })
    }

    /// Whether a model ended an engine, and no job was done with it since.
    fn is_interrupted(&self, info: &ModelInfo) -> bool {
        self.models.borrow().presence(&info.id).interrupted
    }

    /// Prepares the model for the next job, until there is one.
    async fn work_ahead(&self) {
        let Some(mut loaded) = self.loaded.take() else { return };
        let next = self.next.borrow().clone();
        let is_held_back = loaded.placement.is_software || self.is_interrupted(&loaded.info);
        if let Some(task) = next.filter(|_| !is_held_back) {
            let cancel = Cancel::default();
            self.ahead.replace(cancel.clone());
            self.note_loading(&loaded.info, true).await;
            // What goes wrong here goes wrong in the next job too, and is told there.
            let scheduler = self.platform.scheduler(cancel, &|_| {});
            let _ = job::prepare(&mut loaded, &task, &scheduler).await;
        }
        self.note_loading(&loaded.info, false).await;
        self.loaded.set(Some(loaded));
    }

    async fn attempt(
        &self,
        job: &JobId,
        options: RunOptions<'_>,
        input: &Input,
        cancel: Cancel,
    ) -> Result<JobEnd, Error> {
        tasks::needed(options.task)?;
        match self.choose(options.task, input.lang(), options.model)? {
            Chosen::Model(info) => self.write(job, options, info, input, cancel).await,
            Chosen::Translators(route) => self.translate(job, options, &route, input, cancel).await,
            Chosen::Served(info, served) => {
                let RunOptions { task, choice, .. } = options;
                self.write_on_server(job, (task, choice), (&info, &served), input, cancel).await
            }
        }
    }

    /// Does a task with translators.
    async fn translate(
        &self,
        job: &JobId,
        RunOptions { task, choice, .. }: RunOptions<'_>,
        route: &[ModelInfo],
        input: &Input,
        cancel: Cancel,
    ) -> Result<JobEnd, Error> {
        let start = P::now();
        let translators = self.ready_translators(Some(job), route, choice, &cancel).await?;
        let mut output = Output::new(job, &self.session);
        let scheduler = self.platform.scheduler(cancel, &|_| {});
        let ready = P::now();
        let text = job::translate(task, input, &translators, &mut output, &scheduler).await?;
        let times = (start, P::now());
        // Two of them work one after the other: neither's speed is known by that.
        if let [info] = route {
            self.note_speed(info, job::words(input) as f64 * 1000.0 / (times.1 - ready)).await;
        }
        Ok(JobEnd::Done { stats: job::translator_stats(times, output.covered(), &translators), text })
    }

    /// Does a task with a language model.
    async fn write(
        &self,
        job: &JobId,
        RunOptions { task, choice, .. }: RunOptions<'_>,
        info: ModelInfo,
        input: &Input,
        cancel: Cancel,
    ) -> Result<JobEnd, Error> {
        let start = P::now();
        let lang = input.lang();
        let mut output = Output::new(job, &self.session);
        let mut model = LazyModel::new(info.adapters(), async |loss: Option<GpuLoss>| {
            let loaded = self.ready(Some(job), info.clone(), choice, loss.as_ref(), &cancel).await?;
            // What the model did before is not this job's.
            loaded.model.take_usage();
            Ok(loaded)
        });
        let scheduler = self.platform.scheduler(cancel.clone(), &|_| {});
        let result = job::execute(task, input, info.profile(), &mut model, &mut output, &scheduler).await;
        let loaded = model.into_loaded()?;
        let times = (start, P::now());
        let stats = job::stats(times, output.covered(), &info, loaded.as_ref(), choice);
        let fault = loaded.as_ref().map(|loaded| loaded.placement.fault.clone()).unwrap_or_default();
        match fault.error() {
            None => self.loaded.set(loaded),
            // The model is gone with its GPU: the next job loads it anew.
            Some(error) => {
                self.session.borrow_mut().set_model(ModelState::Idle);
                if fault.spoils() {
                    return Err(error);
                }
            }
        }
        match result {
            Ok(text) => {
                self.note_speed(&info, stats.decode_tps).await;
                Ok(JobEnd::Done { stats, text })
            }
            Err(error) => Err(self.explained(error, task, lang, &info)),
        }
    }

    /// The model where the reader wants it: warm, or loaded now (on behalf of `job`, if it is for
    /// one). Any other model is freed before. After a `loss` of the GPU it is always loaded.
    async fn ready(
        &self,
        job: Option<&JobId>,
        info: ModelInfo,
        choice: BackendChoice,
        loss: Option<&GpuLoss>,
        cancel: &Cancel,
    ) -> Result<Loaded, Error> {
        if let Some(loaded) = self.loaded.take()
            && loaded.info == info
            && loaded.placement.suits(choice)
            && loaded.placement.fault.text().is_none()
        {
            self.session.borrow_mut().set_model(loaded.state(choice));
            return Ok(loaded);
        }
        let model = info.name.clone();
        let report = |phase: Phase, done: f32| self.report_loading(job, &model, phase, done);
        report(Phase::Loading, 0.0);
        let progress = LoadProgress { cancel: cancel.clone(), report: &report };
        let loaded = self.install_and_load(info, choice, loss, &progress).await;
        let state = match &loaded {
            Ok(loaded) => loaded.state(choice),
            Err(error) if error.is_stop() => ModelState::Idle,
            Err(error) => ModelState::Failed { failure: error.into() },
        };
        self.session.borrow_mut().set_model(state);
        loaded
    }

    /// Reports how far a model is loaded, also to the job that it is loaded for.
    pub(crate) fn report_loading(&self, job: Option<&JobId>, model: &str, phase: Phase, done: f32) {
        let progress = Progress { phase, fraction: Some(done), tokens_per_second: None };
        let mut session = self.session.borrow_mut();
        session.set_model(ModelState::Loading { model: model.to_owned(), progress });
        if let Some(job) = job {
            session.progress(job, progress);
        }
    }

    /// Loads a model, installing it first when it is only in the package yet. Should that be the
    /// engine's end, the next one finds out which model it was.
    async fn install_and_load(
        &self,
        info: ModelInfo,
        choice: BackendChoice,
        loss: Option<&GpuLoss>,
        progress: &LoadProgress<'_>,
    ) -> Result<Loaded, Error> {
        let start = P::now();
        let named = |error| self.models.borrow().with_smaller(error, &info);
        self.platform.room().check(&info, choice).map_err(named)?;
        let mut file = self.open(&info, progress).await?;
        self.note_loading(&info, true).await;
        let loaded = self.load(&info, &mut file, choice, loss, progress).await;
        // Whether there is a GPU is known now.
        if self.models.borrow_mut().set_room(self.platform.room()) {
            self.report_models();
        }
        // One that ended an engine may have been loaded by then: its job is to be done, too.
        if loaded.is_err() || !self.is_interrupted(&info) {
            self.note_loading(&info, false).await;
        }
        let (model, placement) = loaded.map_err(named)?;
        let load_ms = P::now() - start;
        log::info!(target: "session", "{} loaded in {load_ms:.0} ms: {:?}", info.id, placement.info);
        Ok(Loaded { info, model, placement, load_ms })
    }

    async fn load(
        &self,
        info: &ModelInfo,
        file: &mut P::File,
        choice: BackendChoice,
        loss: Option<&GpuLoss>,
        progress: &LoadProgress<'_>,
    ) -> Result<(Model, Placement), Error> {
        let header = decoder::read_header(file, info.bytes)?;
        let (mut decoder, placement) = self.platform.place(&header, file, choice, loss, progress).await?;
        let scheduler = self.platform.scheduler(progress.cancel.clone(), &|_| {});
        for (name, file) in info.adapters() {
            let bytes = self.platform.packaged(file, &scheduler).await?;
            let header = Gguf::parse(&bytes, bytes.len() as u64).map_err(decoder::Error::from)?;
            let sha256 = Some(&info.sha256[..]);
            decoder.add_adapter(name, &header, &mut Cursor::new(bytes), sha256, &scheduler).await?;
        }
        Ok((Model::new(&header, decoder, P::now)?, placement))
    }

    async fn note_loading(&self, info: &ModelInfo, begins: bool) {
        self.loading.replace(begins.then(|| info.sha256.clone()));
        if let Err(error) = self.platform.note_loading(&info.sha256, begins).await {
            // Loading is not to fail for that: only a crash would go unnoticed.
            log::warn!(target: "session", "not noted that {} is being loaded: {error}", info.id);
        }
        if !begins && self.models.borrow_mut().outlived(&info.id) {
            self.report_models();
        }
    }

    /// Opens a model's file. One that the package has is put there, if it is not or is damaged.
    async fn open(&self, info: &ModelInfo, progress: &LoadProgress<'_>) -> Result<P::File, Error> {
        self.models.borrow().usable(&info.id)?;
        let scheduler = self.platform.scheduler(progress.cancel.clone(), &|_| {});
        match self.platform.open(&info.sha256, &scheduler).await {
            Ok(Some(file)) => return Ok(file),
            Ok(None) => {}
            Err(Error::Damaged { .. }) if self.models.borrow().presence(&info.id).packaged => {
                log::warn!(target: "session", "{} is damaged: installed again from the package", info.id);
            }
            Err(Error::Damaged { .. }) => {
                self.models.borrow_mut().damage(&info.sha256);
                self.report_models();
                return Err(Error::Broken { name: info.name.clone(), id: info.id.clone(), wrong: None });
            }
            Err(error) => return Err(error),
        }
        let report = |done| (progress.report)(Phase::Installing, done);
        self.install_packaged(info, progress.cancel.clone(), &report).await?;
        let missing = || Error::NotInstalled { name: info.name.clone(), id: info.id.clone() };
        self.platform.open(&info.sha256, &scheduler).await?.ok_or_else(missing)
    }
}
