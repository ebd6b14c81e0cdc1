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
}

impl Runner {
    pub(crate) fn new(session: Session, models_url: String) -> Self {
        Self { session: RefCell::new(session), models_url, loaded: Cell::new(None), busy: Cell::new(false) }
    }

    /// Takes a request, and starts working if there is work and nobody at it.
    pub(crate) fn handle(self: &Rc<Self>, request: Request) {
        self.session.borrow_mut().handle(request);
        if !self.busy.replace(true) {
            wasm_bindgen_futures::spawn_local(self.clone().work());
        }
    }

    /// Says that a request could not be read.
    pub(crate) fn reject(&self, failure: Failure) {
        self.session.borrow_mut().reject(failure);
    }

    async fn work(self: Rc<Self>) {
        loop {
            let work = self.session.borrow_mut().take_work();
            match work {
                None => break,
                Some(Work::Warm { choice }) => {
                    // What goes wrong here is told as the model's state; the next job tries again.
                    if let Ok(loaded) = self.ready(None, choice, &Cancel::default()).await {
                        self.loaded.set(Some(loaded));
                    }
                }
                Some(Work::Job { job, task, page, choice, cancel }) => {
                    let outcome = match self.attempt(&job, task, &page, choice, cancel).await {
                        Ok(outcome) => outcome,
                        Err(error) if error.is_stop() => Outcome::Stopped,
                        Err(error) => Outcome::Failed((&error).into()),
                    };
                    self.session.borrow_mut().finish(&job, outcome);
                }
            }
        }
        self.busy.set(false);
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
        let article = article::extract(&page.html, &page.url, &page.title)?;
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
