//! A session with a clock of its own, and random steps that it can take.

use proptest::prelude::*;
use protocol::{
    Backend, BackendChoice, DeviceInfo, ErrorCode, Event, Failure, Input, InstallStep, JobId, JobState,
    JobView, ModelCard, ModelState, PageCapture, Phase, Progress, Request, Section, SectionStatus, Stats,
    SummaryFormat, SummaryLength, SummaryType, Task,
};
use session::{
    Cancel, Expected, Format, InstallRequest, JobEnd, Models, Origin, Presence, REMEMBERED_JOBS, Session,
    Transfer, Work,
};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

pub(crate) const TASK: Task = Task::Summarize {
    summary_type: SummaryType::KeyPoints,
    length: SummaryLength::Medium,
    format: SummaryFormat::Markdown,
};

/// A session, its clock and everything it said.
pub(crate) struct Bench {
    pub(crate) session: Session,
    pub(crate) now: Rc<Cell<f64>>,
    pub(crate) said: Rc<RefCell<Vec<Event>>>,
    pub(crate) running: Option<JobId>,
}

impl Bench {
    pub(crate) fn new() -> Self {
        let now = Rc::new(Cell::new(0.0));
        let said = Rc::new(RefCell::new(Vec::new()));
        let clock = {
            let now = now.clone();
            move || now.get()
        };
        let emit = {
            let said = said.clone();
            move |event: &Event| said.borrow_mut().push(event.clone())
        };
        Self { session: Session::new(Box::new(clock), Box::new(emit)), now, said, running: None }
    }

    /// Makes a request that is the session's own business.
    pub(crate) fn request(&mut self, request: Request) {
        assert_eq!(self.session.handle(request), None);
    }

    pub(crate) fn start(&mut self, job: &str) {
        self.start_in(None, job);
    }

    pub(crate) fn start_in(&mut self, tab: Option<u32>, job: &str) {
        self.request(Request::Start {
            job: job.to_owned(),
            task: TASK,
            input: Input::Page { page: PageCapture::default() },
            choice: BackendChoice::Auto,
            model: None,
            tab,
        });
    }

    pub(crate) fn cancel(&mut self, job: &str) {
        self.request(Request::Cancel { job: job.to_owned() });
    }

    /// What a view that attaches now is told.
    pub(crate) fn snapshot(&mut self) -> (ModelState, Vec<JobView>) {
        let (model, _, jobs) = self.whole_snapshot();
        (model, jobs)
    }

    pub(crate) fn whole_snapshot(&mut self) -> (ModelState, Vec<ModelCard>, Vec<JobView>) {
        self.request(Request::Attach);
        match self.said.borrow().last().cloned() {
            Some(Event::Snapshot { model, models, jobs }) => (model, models, jobs),
            other => panic!("an attach was answered with {other:?}"),
        }
    }

    pub(crate) fn state(&mut self, job: &str) -> Option<JobState> {
        self.snapshot().1.into_iter().find(|view| view.job == job).map(|view| view.state)
    }

    pub(crate) fn take_job(&mut self) -> Option<(JobId, Cancel)> {
        match self.session.take_work()? {
            Work::Job { job, cancel, .. } => Some((job, cancel)),
            Work::Warm { .. } => self.take_job(),
        }
    }
}

pub(crate) fn section(index: u32, text: &str) -> Section {
    Section { index, text: text.to_owned(), status: SectionStatus::Draft, ..Section::default() }
}

/// For an installation.
pub(crate) fn request(id: &str, origin: Origin<()>, sha256: Option<&str>) -> InstallRequest<()> {
    let expected = Expected { sha256: sha256.map(str::to_owned), ..Expected::default() };
    let format = Format::Gguf;
    InstallRequest { id: id.to_owned(), name: id.to_owned(), origin, format, expected, source: id.to_owned() }
}

/// A model that is being installed.
pub(crate) fn cards(done: f32) -> Vec<ModelCard> {
    let mut models = Models::default();
    let info = &catalog::models()[0].info;
    models.set([(info.clone(), Presence { packaged: true, ..Presence::default() })]);
    models
        .begin_install(&request(&info.id, Origin::Package("file".to_owned()), None), Cancel::default())
        .unwrap();
    let total = 1 << 20;
    // As any other number made of it.
    let bytes = u64::from(done.to_bits() >> 12);
    models.installing(&info.id, Transfer { bytes, total: Some(total), step: InstallStep::Fetching });
    models.cards()
}

pub(crate) fn failure() -> Failure {
    Failure {
        code: ErrorCode::Internal,
        message: "broken".to_owned(),
        remedy: "mend it".to_owned(),
        model: None,
    }
}

pub(crate) fn stats() -> Stats {
    Stats {
        device: DeviceInfo {
            backend: Backend::Cpu,
            adapter: String::new(),
            reason: None,
            shortage: None,
            threads: None,
        },
        model: "m".to_owned(),
        prompt_tokens: 1,
        cached_tokens: 0,
        output_tokens: 1,
        load_ms: 1.0,
        first_token_ms: 1.0,
        total_ms: 1.0,
        prefill_tps: 1.0,
        decode_tps: 1.0,
        coverage: 1.0,
    }
}

#[derive(Clone, Debug)]
pub(crate) enum Step {
    Start(u8),
    Cancel(u8),
    Warm,
    Take,
    Section(u32),
    Token(u32, String),
    Progress(f32),
    Loading(f32),
    Installing(f32),
    Coverage(f32),
    Finish(u8),
    Pass(f64),
    Attach,
}

/// As many ids as are remembered: what is forgotten has its own test.
pub(crate) fn job() -> impl Strategy<Value = u8> {
    0..u8::try_from(REMEMBERED_JOBS).unwrap()
}

pub(crate) fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        job().prop_map(Step::Start),
        job().prop_map(Step::Cancel),
        Just(Step::Warm),
        Just(Step::Take),
        (0..4_u32).prop_map(Step::Section),
        (0..4_u32, "[a-zé ]{1,4}").prop_map(|(index, text)| Step::Token(index, text)),
        (0.0..1.0_f32).prop_map(Step::Progress),
        (0.0..1.0_f32).prop_map(Step::Loading),
        (0.0..1.0_f32).prop_map(Step::Installing),
        (0.0..1.0_f32).prop_map(Step::Coverage),
        (0..3_u8).prop_map(Step::Finish),
        (0.0..60.0_f64).prop_map(Step::Pass),
        Just(Step::Attach),
    ]
}

pub(crate) fn progress(phase: Phase, fraction: f32) -> Progress {
    Progress { phase, fraction: Some(fraction), tokens_per_second: None }
}

pub(crate) fn perform(bench: &mut Bench, step: Step) {
    let running = bench.running.clone().unwrap_or_else(|| "none".to_owned());
    match step {
        Step::Start(job) => bench.start_in(Some(u32::from(job % 3)), &job.to_string()),
        Step::Cancel(job) => bench.cancel(&job.to_string()),
        Step::Warm => bench.request(Request::Warm { task: TASK, choice: BackendChoice::Cpu, model: None }),
        Step::Take => {
            if let Some(Work::Job { job, cancel, .. }) = bench.session.take_work() {
                assert!(!cancel.is_set(), "a fresh job is asked to stop");
                assert_eq!(bench.running.replace(job), None, "two jobs at a time");
            }
        }
        Step::Section(index) => bench.session.section(&running, section(index, "…")),
        Step::Token(index, text) => bench.session.token(&running, index, &text),
        Step::Progress(done) => bench.session.progress(&running, progress(Phase::Reading, done)),
        Step::Loading(done) => bench.session.set_model(ModelState::Loading {
            model: "m".to_owned(),
            progress: progress(Phase::Loading, done),
        }),
        Step::Installing(done) => bench.session.set_models(cards(done)),
        Step::Coverage(share) => bench.session.coverage(&running, share),
        Step::Finish(how) => {
            if let Some(job) = bench.running.take() {
                let end = match how {
                    0 => JobEnd::Done { stats: stats(), text: "text".to_owned() },
                    1 => JobEnd::Stopped,
                    _ => JobEnd::Failed(failure()),
                };
                bench.session.finish(&job, end);
            }
        }
        Step::Pass(ms) => bench.now.set(bench.now.get() + ms),
        Step::Attach => bench.request(Request::Attach),
    }
}
