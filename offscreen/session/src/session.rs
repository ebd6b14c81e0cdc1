//! The jobs and what is known of them: everything a view needs, and nothing of the browser.
//!
//! A [`Session`] takes requests in and sends events out. One job runs at a time; the others wait for
//! their turn. Whoever executes them asks for the next [`Work`], reports what comes
//! out of it and ends it with a [`JobEnd`]. Every change is an [`Event`] first, sent and applied to
//! the [`Snapshot`] in the same breath, so that what a view has folded from its events is what the
//! next snapshot says.
//!
//! ```text
//! Queued ──▶ Running ──▶ Done | Failed     (Failed at once where no more jobs may wait)
//!    └──────────┴──────▶ Cancelled        (what was checked stays; later output is dropped)
//! ```

use crate::queue::Queue;
use crate::throttle::{Clock, Emit, EventThrottle};
use crate::{Cancel, Snapshot, Work};
use protocol::{
    Event, Failure, InstallEnd, JobId, JobState, JobView, ModelCard, ModelId, ModelSource, ModelState, Offer,
    OfferQuestion, Progress, Request, Section, SectionStatus, ServedModel, ServerAnswer, Stats, Subject,
    Task, Video,
};

/// Jobs remembered: when a new one comes, the oldest finished ones beyond this number are
/// forgotten.
pub const REMEMBERED_JOBS: usize = 16;

/// What is asked of the models: not the session's business, which keeps none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelsRequest {
    /// Install one, and tell the end under this key.
    Install(ModelSource, String),
    /// Stop installing one.
    StopInstall(ModelId),
    /// Remove one.
    Remove(ModelId),
    /// Look at the server at an address, list its models if that is wanted, and tell under this key.
    Server(String, bool, String),
    /// Look through all of one's files.
    Check(ModelId),
    /// Fetch what is damaged of one.
    Repair(ModelId),
    /// Tell what is stored that nothing uses.
    Unused,
    /// Remove that.
    RemoveUnused,
    /// Remove all that is stored.
    RemoveAll,
    /// Tell how well tasks could be done.
    Offers(Vec<OfferQuestion>),
}

/// How a job ended.
#[derive(Clone, Debug, PartialEq)]
pub enum JobEnd {
    /// With a text.
    Done {
        /// What it took.
        stats: Stats,
        /// The finished text.
        text: String,
    },
    /// It was stopped.
    Stopped,
    /// By an error.
    Failed(Failure),
}

/// The jobs, the model's state and the way out for events.
pub struct Session {
    snapshot: Snapshot,
    waiting: Queue,
    /// The job that was handed out, until it is finished; it may have been cancelled meanwhile.
    running: Option<(JobId, Cancel)>,
    throttle: EventThrottle,
}

impl Session {
    /// A session without jobs.
    #[must_use]
    pub fn new(clock: Clock, emit: Emit) -> Self {
        Self {
            snapshot: Snapshot::default(),
            waiting: Queue::default(),
            running: None,
            throttle: EventThrottle::new(clock, emit),
        }
    }

    /// Takes a request; what it asks of the store is handed back. Never fails: what can be wrong
    /// with a job is told when the job runs.
    pub fn handle(&mut self, request: Request) -> Option<ModelsRequest> {
        match request {
            Request::Attach => self.throttle.snapshot(&mut self.snapshot),
            Request::Warm { task, choice, model } => {
                self.waiting.announce(Work::Warm { task, choice, model });
            }
            Request::Start { job, task, input, choice, model, tab } => {
                self.start(tab, Work::Job { job, task, input, choice, model, cancel: Cancel::default() });
            }
            Request::Cancel { job } => self.cancel(&job),
            Request::Install { source, key } => return Some(ModelsRequest::Install(source, key)),
            Request::StopInstall { model } => return Some(ModelsRequest::StopInstall(model)),
            Request::Remove { model } => return Some(ModelsRequest::Remove(model)),
            Request::Server { address, list, key } => {
                return Some(ModelsRequest::Server(address, list, key));
            }
            Request::Check { model } => return Some(ModelsRequest::Check(model)),
            Request::Repair { model } => return Some(ModelsRequest::Repair(model)),
            Request::Unused => return Some(ModelsRequest::Unused),
            Request::RemoveUnused => return Some(ModelsRequest::RemoveUnused),
            Request::RemoveAll => return Some(ModelsRequest::RemoveAll),
            Request::Offers { questions } => return Some(ModelsRequest::Offers(questions)),
        }
        None
    }

    /// Says that a request could not be read; which job it was to start, if it was that.
    pub fn reject(&mut self, failure: Failure, job: Option<JobId>) {
        self.throttle.send(&mut self.snapshot, Event::Rejected { failure, job });
    }

    /// The job that is being worked on, or was and has not stopped yet.
    #[must_use]
    pub fn working_on(&self) -> Option<&JobId> {
        self.running.as_ref().map(|(job, _)| job)
    }

    /// Hands out what is to be executed next: nothing while a job is unfinished. A job handed out
    /// is running.
    pub fn take_work(&mut self) -> Option<Work> {
        if self.running.is_some() {
            return None;
        }
        let work = self.waiting.pop()?;
        if let Work::Job { job, cancel, .. } = &work {
            self.running = Some((job.clone(), cancel.clone()));
            self.change(&job.clone(), |view| view.state = JobState::Running);
        }
        Some(work)
    }

    /// Whether work waits.
    #[must_use]
    pub fn has_work(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Reports the model's state.
    pub fn set_model(&mut self, model: ModelState) {
        self.throttle.model(&mut self.snapshot, model);
    }

    /// Reports what models there are; repeated too soon with nothing but progress, it is dropped.
    pub fn set_models(&mut self, models: Vec<ModelCard>) {
        self.throttle.models(&mut self.snapshot, models);
    }

    /// Whether they would be reported now if there were nothing new but progress.
    pub(crate) fn can_report_models(&self) -> bool {
        self.throttle.can_report_models()
    }

    /// Answers what was asked of the models.
    pub fn offers(&mut self, offers: Vec<Offer>) {
        self.throttle.send(&mut self.snapshot, Event::Offers { offers });
    }

    /// Tells what was found out about a server.
    pub fn server_answered(&mut self, key: String, answer: ServerAnswer) {
        self.throttle.send(&mut self.snapshot, Event::Server { key, answer });
    }

    /// Answers what is stored that nothing uses.
    pub fn unused(&mut self, files: u32, bytes: f64) {
        self.throttle.send(&mut self.snapshot, Event::Unused { files, bytes });
    }

    /// Tells what was removed of what is stored.
    pub fn freed(&mut self, bytes: f64) {
        self.throttle.send(&mut self.snapshot, Event::Freed { bytes });
    }

    /// Tells how an installation ended.
    pub fn install_ended(&mut self, key: String, end: InstallEnd) {
        self.throttle.send(&mut self.snapshot, Event::InstallEnded { key, end });
    }

    /// Reports how far a job has come; repeated too soon, it is dropped.
    pub fn progress(&mut self, job: &JobId, progress: Progress) {
        if self.is_live(job) {
            self.throttle.progress(&mut self.snapshot, job, progress);
        }
    }

    /// Reports a section as it is now.
    pub fn section(&mut self, job: &JobId, section: Section) {
        if self.is_live(job) {
            self.throttle.send(&mut self.snapshot, Event::Section { job: job.clone(), section });
        }
    }

    /// Reports text appended to a section.
    pub fn token(&mut self, job: &JobId, section: u32, text: &str) {
        if self.is_live(job) {
            self.throttle.token(&mut self.snapshot, job, section, text);
        }
    }

    /// Reports the share of the page that was read.
    pub fn coverage(&mut self, job: &JobId, coverage: f32) {
        if self.is_live(job) {
            self.change(job, |view| view.coverage = Some(coverage));
        }
    }

    /// Reports what was read of the page's video.
    pub fn video(&mut self, job: &JobId, video: Video) {
        if self.is_live(job) {
            self.change(job, |view| view.video = Some(video));
        }
    }

    /// Notes that a job is written on a server from now on.
    pub fn written_by(&mut self, job: &JobId, server: ServedModel) {
        if self.is_live(job) {
            self.change(job, |view| view.server = Some(Box::new(server)));
        }
    }

    /// Ends the running job; of a job that was cancelled meanwhile, only its place is freed.
    pub fn finish(&mut self, job: &JobId, end: JobEnd) {
        if self.is_live(job) {
            self.change(job, |view| {
                view.progress = None;
                view.state = match end {
                    JobEnd::Done { stats, text } => JobState::Done { stats, text },
                    JobEnd::Stopped => JobState::Cancelled,
                    JobEnd::Failed(failure) => JobState::Failed { failure },
                };
            });
        }
        self.running.take_if(|(running, _)| running == job);
    }

    fn start(&mut self, tab: Option<u32>, mut work: Work) {
        let Work::Job { job, task, input, .. } = &mut work else { return };
        if self.snapshot.job(job).is_some() {
            return;
        }
        if let Task::Translate { from, .. } = task {
            // What was detected is what the views show.
            *from = from.take().or_else(|| tasks::language_of(input));
        }
        let (url, title) = input.page();
        let mut view = JobView {
            job: job.clone(),
            task: task.clone(),
            url: url.to_owned(),
            title: title.to_owned(),
            subject: Subject::from(&*input),
            state: JobState::Queued,
            progress: None,
            sections: Vec::new(),
            coverage: None,
            left_out: input.left_out(),
            video: None,
            server: None,
        };
        if let Err(error) = self.waiting.push(tab, work, self.running.is_none()) {
            view.state = JobState::Failed { failure: (&error).into() };
        }
        self.throttle.send(&mut self.snapshot, Event::Job { view });
        self.snapshot.forget(REMEMBERED_JOBS);
    }

    fn cancel(&mut self, job: &JobId) {
        if self.snapshot.job(job).is_none_or(|view| view.state.is_over()) {
            return;
        }
        self.waiting.remove(job);
        if let Some((running, cancel)) = &self.running
            && running == job
        {
            cancel.set();
        }
        self.change(job, |view| {
            view.progress = None;
            view.state = JobState::Cancelled;
            settle(&mut view.sections);
        });
    }

    /// Whether a job's output still counts.
    fn is_live(&self, job: &JobId) -> bool {
        self.running.as_ref().is_some_and(|(running, _)| running == job)
            && self.snapshot.job(job).is_some_and(|view| view.state == JobState::Running)
    }

    fn change(&mut self, job: &JobId, change: impl FnOnce(&mut JobView)) {
        self.throttle.flush(&mut self.snapshot);
        if let Some(mut view) = self.snapshot.job(job).cloned() {
            change(&mut view);
            self.throttle.send(&mut self.snapshot, Event::Job { view });
        }
    }
}

/// Gives sections that nobody will finish their sources' own words: unchecked text must not stay.
fn settle(sections: &mut Vec<Section>) {
    let is_open = |status| matches!(status, SectionStatus::Preview | SectionStatus::Draft);
    sections.retain(|section| !is_open(section.status) || section.source.is_some());
    for section in sections.iter_mut().filter(|section| is_open(section.status)) {
        if let Some(source) = &section.source {
            section.text.clone_from(&source.text);
            section.status = SectionStatus::Quoted;
        }
    }
}
