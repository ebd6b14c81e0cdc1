//! Executes the session's work, one piece after the other, and keeps the model warm in between.

use crate::job::{self, Output};
use crate::lazy_model::LazyModel;
use crate::loaded::Loaded;
use crate::{Cancel, Error, GpuLoss, JobEnd, LoadProgress, Models, Platform, Session, Work};
use catalog::ModelInfo;
use protocol::{
    BackendChoice, Input, JobId, ModelId, ModelState, OfferQuestion, Phase, Progress, Request, Task,
};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use tasks::Model;

/// The session with what executes it.
pub struct Runner<P> {
    pub(crate) platform: P,
    session: RefCell<Session>,
    pub(crate) models: RefCell<Models>,
    /// The model, while no work uses it.
    loaded: Cell<Option<Loaded>>,
    busy: Cell<bool>,
    /// The task that was announced or done last: as the next job's will be, as far as one can tell.
    next: RefCell<Option<Task>>,
    /// Stops what is done ahead of any work.
    ahead: RefCell<Cancel>,
    /// Whether it is known what models there are.
    looked: Cell<bool>,
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
            busy: Cell::new(false),
            next: RefCell::default(),
            ahead: RefCell::default(),
            looked: Cell::new(false),
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

    /// Says that a request could not be read or carried out.
    pub fn reject(&self, error: &Error) {
        self.session.borrow_mut().reject(error.into());
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
        let contents = self.platform.contents().await?;
        let known = catalog::models().iter().map(|model| model.info.clone());
        let mut models = Vec::new();
        for info in known.chain(contents.own) {
            let installed = contents.files.contains(&info.sha256);
            let packaged = match catalog::find_file(&info.sha256) {
                Some(model) => self.platform.is_packaged(&model.file).await,
                None => false,
            };
            models.push((info, installed, packaged));
        }
        self.models.borrow_mut().set(models);
        Ok(())
    }

    /// Frees a model's memory, if it is loaded and not at work.
    pub(crate) fn unload(&self, id: &ModelId) {
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
                self.reject(&error);
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
                // tries again.
                if let Ok(info) = self.choose(&task, None, model.as_ref())
                    && let Ok(loaded) = self.ready(None, info, choice, None, &Cancel::default()).await
                {
                    self.loaded.set(Some(loaded));
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

    fn choose(&self, task: &Task, lang: Option<&str>, model: Option<&ModelId>) -> Result<ModelInfo, Error> {
        self.models.borrow().choose(task, lang, model.map(String::as_str)).cloned()
    }

    /// Prepares the model for the next job, until there is one.
    async fn work_ahead(&self) {
        let Some(mut loaded) = self.loaded.take() else { return };
        let next = self.next.borrow().clone();
        if let Some(task) = next.filter(|_| !loaded.placement.is_software) {
            let cancel = Cancel::default();
            self.ahead.replace(cancel.clone());
            // What goes wrong here goes wrong in the next job too, and is told there.
            let scheduler = self.platform.scheduler(cancel, &|_| {});
            let _ = job::prepare(&mut loaded, &task, &scheduler).await;
        }
        self.loaded.set(Some(loaded));
    }

    async fn attempt(
        &self,
        job: &JobId,
        options: RunOptions<'_>,
        input: &Input,
        cancel: Cancel,
    ) -> Result<JobEnd, Error> {
        let start = P::now();
        let RunOptions { task, choice, model } = options;
        let lang = input.lang();
        let info = self.choose(task, lang, model)?;
        let mut output = Output::new(job, &self.session);
        let mut model = LazyModel::new(async |loss: Option<GpuLoss>| {
            let mut loaded = self.ready(Some(job), info.clone(), choice, loss.as_ref(), &cancel).await?;
            // What the model did before is not this job's.
            loaded.model.take_usage();
            Ok(loaded)
        });
        let scheduler = self.platform.scheduler(cancel.clone(), &|_| {});
        let result = job::execute(task, input, info.profile(), &mut model, &mut output, &scheduler).await;
        let mut loaded = model.into_loaded()?;
        let times = (start, P::now());
        let stats = job::stats(times, output.covered(), &info, loaded.as_mut(), choice);
        let fault = loaded.as_ref().map(|loaded| loaded.placement.fault.clone()).unwrap_or_default();
        match fault.text() {
            None => self.loaded.set(loaded),
            // The model is gone with its GPU: the next job loads it anew.
            Some(text) => {
                self.session.borrow_mut().set_model(ModelState::Idle);
                if fault.spoils() {
                    return Err(Error::Gpu(text));
                }
            }
        }
        match result {
            Ok(text) => Ok(JobEnd::Done { stats, text }),
            Err(Error::Task(tasks::Error::Unsupported { what })) => {
                let what = format!("{} cannot {what}.", info.name);
                let models = self.models.borrow();
                let other = models.other(task, lang, &info.id);
                let other = other.map(|other| (other.name.clone(), other.id.clone()));
                Err(Error::Unsupported { what, other })
            }
            Err(error) => Err(error),
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
        let report = |phase: Phase, done: f32| {
            let progress = Progress { phase, fraction: Some(done), tokens_per_second: None };
            let mut session = self.session.borrow_mut();
            session.set_model(ModelState::Loading { model: model.clone(), progress });
            if let Some(job) = job {
                session.progress(job, progress);
            }
        };
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

    /// Loads a model, installing it first when it is only in the package yet.
    async fn install_and_load(
        &self,
        info: ModelInfo,
        choice: BackendChoice,
        loss: Option<&GpuLoss>,
        progress: &LoadProgress<'_>,
    ) -> Result<Loaded, Error> {
        let start = P::now();
        let mut file = match self.platform.open(&info.sha256).await? {
            Some(file) => file,
            None => {
                let report = |done| (progress.report)(Phase::Installing, done);
                self.install_packaged(&info, progress.cancel.clone(), &report).await?;
                let missing = || Error::NotInstalled { name: info.name.clone(), id: info.id.clone() };
                self.platform.open(&info.sha256).await?.ok_or_else(missing)?
            }
        };
        let header = decoder::read_header(&mut file, info.bytes)?;
        let placed = self.platform.place(&header, &mut file, choice, loss, progress).await?;
        let (decoder, placement) = placed;
        let model = Model::new(&header, decoder, P::now)?;
        let load_ms = P::now() - start;
        log::info!(target: "session", "{} loaded in {load_ms:.0} ms: {:?}", info.id, placement.info);
        Ok(Loaded { info, model, placement, load_ms })
    }
}
