//! Executes the session's work, one piece after the other, and keeps the model warm in between.

use crate::job::{self, Output};
use crate::load::{self, Loaded};
use crate::model::LazyModel;
use crate::place::Watch;
use crate::session::{Cancel, Outcome, Session, Work};
use crate::store::catalog;
use crate::{Error, browser};
use protocol::{Choice, Failure, JobId, ModelState, PageCapture, Phase, Progress, Request, Task};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// The session with what executes it.
pub(crate) struct Runner {
    session: RefCell<Session>,
    models_url: String,
    /// The model, while no work uses it.
    loaded: Cell<Option<Loaded>>,
    busy: Cell<bool>,
    /// Stops what is done ahead of any work.
    ahead: RefCell<Cancel>,
}

impl Runner {
    pub(crate) fn new(session: Session, models_url: String) -> Self {
        Self {
            session: RefCell::new(session),
            models_url,
            loaded: Cell::new(None),
            busy: Cell::new(false),
            ahead: RefCell::default(),
        }
    }

    /// Takes a request, and starts working if there is work and nobody at it.
    pub(crate) fn handle(self: &Rc<Self>, request: Request) {
        let mut session = self.session.borrow_mut();
        session.handle(request);
        if !session.has_work() {
            return;
        }
        self.ahead.borrow().set();
        if !self.busy.replace(true) {
            wasm_bindgen_futures::spawn_local(self.clone().work());
        }
    }

    /// Says that a request could not be read.
    pub(crate) fn reject(&self, failure: Failure) {
        self.session.borrow_mut().reject(failure);
    }

    async fn work(self: Rc<Self>) {
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
            Work::Warm { choice } => {
                // What goes wrong here is told as the model's state; the next job tries again.
                if let Ok(loaded) = self.ready(None, choice, &Cancel::default()).await {
                    self.loaded.set(Some(loaded));
                }
            }
            Work::Job { job, task, page, choice, cancel } => {
                let outcome = match self.attempt(&job, task, &page, choice, cancel).await {
                    Ok(outcome) => outcome,
                    Err(error) if error.is_stop() => Outcome::Stopped,
                    Err(error) => Outcome::Failed((&error).into()),
                };
                self.session.borrow_mut().finish(&job, outcome);
            }
        }
    }

    /// Prepares the model for the next job, until there is one.
    async fn work_ahead(&self) {
        let Some(mut loaded) = self.loaded.take() else { return };
        if !loaded.placed.is_software {
            let cancel = Cancel::default();
            self.ahead.replace(cancel.clone());
            // What goes wrong here goes wrong in the next job too, and is told there.
            let _ = job::prepare(&mut loaded, cancel).await;
        }
        self.loaded.set(Some(loaded));
    }

    async fn attempt(
        &self,
        job: &JobId,
        task: Task,
        page: &PageCapture,
        choice: Choice,
        cancel: Cancel,
    ) -> Result<Outcome, Error> {
        let start = browser::now();
        let mut article = article::extract(&page.html, &page.url, &page.title)?;
        // The capture carries the document's language beside its HTML.
        article.lang = article.lang.or_else(|| page.lang.clone());
        let mut output = Output::new(job, &self.session);
        let mut model = LazyModel::new(async || {
            let mut loaded = self.ready(Some(job), choice, &cancel).await?;
            // What the model did before is not this job's.
            loaded.model.take_usage();
            Ok(loaded)
        });
        let result = job::execute(task, &article, &mut model, &mut output, cancel.clone()).await;
        let mut loaded = model.into_loaded()?;
        if let Some(text) = loaded.as_ref().and_then(|loaded| loaded.placed.fault.text()) {
            // The model is gone with its GPU: the next job loads it anew.
            self.session.borrow_mut().set_model(ModelState::Idle);
            return Err(Error::Gpu(text));
        }
        let stats = job::stats(start, output.covered(), loaded.as_mut());
        if loaded.is_some() {
            self.loaded.set(loaded);
        }
        Ok(Outcome::Done { stats, text: result? })
    }

    /// The model where the reader wants it: warm, or loaded now (on behalf of `job`, if it is for one).
    async fn ready(&self, job: Option<&JobId>, choice: Choice, cancel: &Cancel) -> Result<Loaded, Error> {
        if let Some(loaded) = self.loaded.take()
            && loaded.placed.suits(choice)
            && loaded.placed.fault.text().is_none()
        {
            return Ok(loaded);
        }
        let entry = &catalog::DEFAULT;
        let model = entry.name.to_owned();
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
        let loaded = load::load(entry, &self.models_url, choice, &watch).await;
        let state = match &loaded {
            Ok(Loaded { placed, load_ms, .. }) => {
                ModelState::Ready { model, device: placed.info.clone(), load_ms: *load_ms }
            }
            Err(error) if error.is_stop() => ModelState::Idle,
            Err(error) => ModelState::Failed { failure: error.into() },
        };
        self.session.borrow_mut().set_model(state);
        loaded
    }
}
