//! Random histories of requests and output, checked against what a view would have seen.

use super::{Outcome, REMEMBERED_JOBS, Session, Work};
use proptest::prelude::*;
use protocol::{
    Backend, Choice, DeviceInfo, ErrorCode, Event, Failure, Input, JobId, JobState, JobView, ModelCard,
    ModelCardState, ModelState, PageCapture, Passage, Phase, Progress, Request, Section, SectionStatus,
    Selection, Stats, SummaryFormat, SummaryLength, SummaryType, Task,
};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

const TASK: Task = Task::Summarize {
    summary_type: SummaryType::KeyPoints,
    length: SummaryLength::Medium,
    format: SummaryFormat::Markdown,
};

/// A session, its clock and everything it said.
struct Bench {
    session: Session,
    now: Rc<Cell<f64>>,
    said: Rc<RefCell<Vec<Event>>>,
    running: Option<JobId>,
}

impl Bench {
    fn new() -> Self {
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
    fn request(&mut self, request: Request) {
        assert_eq!(self.session.handle(request), None);
    }

    fn start(&mut self, job: &str) {
        self.request(Request::Start {
            job: job.to_owned(),
            task: TASK,
            input: Input::Page { page: PageCapture::default() },
            choice: Choice::Auto,
            model: None,
        });
    }

    fn cancel(&mut self, job: &str) {
        self.request(Request::Cancel { job: job.to_owned() });
    }

    /// What a view that attaches now is told.
    fn snapshot(&mut self) -> (ModelState, Vec<JobView>) {
        let (model, _, jobs) = self.whole_snapshot();
        (model, jobs)
    }

    fn whole_snapshot(&mut self) -> (ModelState, Vec<ModelCard>, Vec<JobView>) {
        self.request(Request::Attach);
        match self.said.borrow().last().cloned() {
            Some(Event::Snapshot { model, models, jobs }) => (model, models, jobs),
            other => panic!("an attach was answered with {other:?}"),
        }
    }

    fn state(&mut self, job: &str) -> Option<JobState> {
        self.snapshot().1.into_iter().find(|view| view.job == job).map(|view| view.state)
    }

    fn take_job(&mut self) -> Option<(JobId, super::Cancel)> {
        match self.session.take_work()? {
            Work::Job { job, cancel, .. } => Some((job, cancel)),
            Work::Warm { .. } => self.take_job(),
        }
    }
}

fn section(index: u32, text: &str) -> Section {
    Section { index, text: text.to_owned(), status: SectionStatus::Draft, ..Section::default() }
}

/// A model that is being installed.
fn card(done: f32) -> ModelCard {
    crate::card::card(&catalog::models()[0].info, ModelCardState::Installing { fraction: Some(done) }, true)
}

fn failure() -> Failure {
    Failure {
        code: ErrorCode::Internal,
        message: "broken".to_owned(),
        remedy: "mend it".to_owned(),
        model: None,
    }
}

fn stats() -> Stats {
    Stats {
        device: DeviceInfo { backend: Backend::Cpu, adapter: String::new(), reason: None, threads: None },
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
enum Step {
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
fn job() -> impl Strategy<Value = u8> {
    0..u8::try_from(REMEMBERED_JOBS).unwrap()
}

fn step() -> impl Strategy<Value = Step> {
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

fn progress(phase: Phase, fraction: f32) -> Progress {
    Progress { phase, fraction: Some(fraction), tokens_per_second: None }
}

fn perform(bench: &mut Bench, step: Step) {
    let running = bench.running.clone().unwrap_or_else(|| "none".to_owned());
    match step {
        Step::Start(job) => bench.start(&job.to_string()),
        Step::Cancel(job) => bench.cancel(&job.to_string()),
        Step::Warm => bench.request(Request::Warm { task: TASK, choice: Choice::Cpu, model: None }),
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
        Step::Installing(done) => bench.session.set_models(vec![card(done)]),
        Step::Coverage(share) => bench.session.coverage(&running, share),
        Step::Finish(how) => {
            if let Some(job) = bench.running.take() {
                let outcome = match how {
                    0 => Outcome::Done { stats: stats(), text: "text".to_owned() },
                    1 => Outcome::Stopped,
                    _ => Outcome::Failed(failure()),
                };
                bench.session.finish(&job, outcome);
            }
        }
        Step::Pass(ms) => bench.now.set(bench.now.get() + ms),
        Step::Attach => bench.request(Request::Attach),
    }
}

/// A view, as simple as one can be: the last word on every job wins.
#[derive(Default)]
struct View {
    model: ModelState,
    models: Vec<ModelCard>,
    jobs: BTreeMap<JobId, JobView>,
}

impl View {
    fn see(&mut self, event: Event) {
        match event {
            Event::Snapshot { model, models, jobs } => {
                self.model = model;
                self.models = models;
                self.jobs = jobs.into_iter().map(|view| (view.job.clone(), view)).collect();
            }
            Event::Model { model } => self.model = model,
            Event::Models { models } => self.models = models,
            Event::Job { view } => {
                if let Some(before) = self.jobs.get(&view.job) {
                    assert!(may_follow(&before.state, &view.state), "{:?} → {:?}", before.state, view.state);
                }
                self.jobs.insert(view.job.clone(), view);
            }
            Event::Progress { job, progress } => self.running(&job).progress = Some(progress),
            Event::Section { job, section } => {
                let sections = &mut self.running(&job).sections;
                sections.retain(|known| known.index != section.index);
                sections.push(section);
                sections.sort_by_key(|section| section.index);
            }
            Event::Token { job, section, text } => {
                let sections = &mut self.running(&job).sections;
                if let Some(known) = sections.iter_mut().find(|known| known.index == section) {
                    known.text += &text;
                }
            }
            Event::Rejected { failure } => panic!("{failure:?}"),
        }
    }

    fn running(&mut self, job: &JobId) -> &mut JobView {
        let view = self.jobs.get_mut(job).expect("output of a job that was never announced");
        assert_eq!(view.state, JobState::Running, "output of a job that does not run");
        view
    }
}

fn may_follow(before: &JobState, after: &JobState) -> bool {
    match (before, after) {
        (JobState::Queued, JobState::Running | JobState::Cancelled) => true,
        (JobState::Running, after) => *after != JobState::Queued,
        _ => false,
    }
}

proptest! {
    #[test]
    fn a_view_that_follows_the_events_knows_what_a_snapshot_says(
        steps in proptest::collection::vec(step(), 1..120),
    ) {
        let mut bench = Bench::new();
        let mut view = View::default();
        for step in steps {
            perform(&mut bench, step);
            let said: Vec<_> = bench.said.borrow_mut().drain(..).collect();
            said.into_iter().for_each(|event| view.see(event));
        }
        let (model, models, jobs) = bench.whole_snapshot();
        // What was gathered goes out before the snapshot: everything but the snapshot itself belongs to the view.
        let said = bench.said.borrow();
        said[..said.len() - 1].iter().cloned().for_each(|event| view.see(event));
        prop_assert_eq!(&view.model, &model);
        prop_assert_eq!(&view.models, &models);
        prop_assert_eq!(view.jobs.len(), jobs.len());
        for job in &jobs {
            prop_assert_eq!(view.jobs.get(&job.job), Some(job));
        }
        prop_assert!(jobs.iter().filter(|job| job.state == JobState::Running).count() <= 1);
    }
}

#[test]
fn jobs_run_one_at_a_time_in_order() {
    let mut bench = Bench::new();
    bench.start("a");
    bench.start("b");
    let (first, _) = bench.take_job().unwrap();
    assert_eq!(first, "a");
    assert!(bench.session.take_work().is_none());
    bench.session.finish(&first, Outcome::Stopped);
    assert_eq!(bench.take_job().unwrap().0, "b");
}

#[test]
fn the_last_announcement_counts_until_there_is_a_job() {
    let mut bench = Bench::new();
    let announce = |choice| Request::Warm { task: TASK, choice, model: None };
    bench.request(announce(Choice::Cpu));
    bench.request(announce(Choice::Gpu));
    assert!(matches!(bench.session.take_work(), Some(Work::Warm { choice: Choice::Gpu, .. })));
    assert!(!bench.session.has_work());
    bench.request(announce(Choice::Cpu));
    bench.start("a");
    assert!(matches!(bench.session.take_work(), Some(Work::Job { .. })));
}

#[test]
fn an_id_seen_before_is_not_started_again() {
    let mut bench = Bench::new();
    bench.start("a");
    bench.start("a");
    let (job, _) = bench.take_job().unwrap();
    bench.start("a");
    bench.session.finish(&job, Outcome::Done { stats: stats(), text: String::new() });
    bench.start("a");
    assert!(bench.session.take_work().is_none());
}

#[test]
fn a_cancel_stops_its_own_job_and_no_other() {
    let mut bench = Bench::new();
    bench.start("a");
    bench.start("b");
    let (first, stop) = bench.take_job().unwrap();
    bench.cancel("a");
    assert!(stop.is_set());
    assert_eq!(bench.state("a"), Some(JobState::Cancelled));
    assert!(bench.session.take_work().is_none(), "the next job began before the cancelled one had stopped");
    bench.session.token(&first, 0, " too late");
    bench.session.finish(&first, Outcome::Done { stats: stats(), text: String::new() });
    assert_eq!(bench.state("a"), Some(JobState::Cancelled));

    let (second, stop) = bench.take_job().unwrap();
    assert_eq!(second, "b");
    bench.cancel("a");
    bench.cancel("unknown");
    assert!(!stop.is_set());
    assert_eq!(bench.state("b"), Some(JobState::Running));
}

#[test]
fn a_cancelled_job_keeps_what_was_checked_and_quotes_the_rest() {
    let mut bench = Bench::new();
    bench.start("a");
    let (job, _) = bench.take_job().unwrap();
    let source = Some(Passage { text: "The page's words.".to_owned(), heading: None });
    let checked =
        Section { status: SectionStatus::Checked, source: source.clone(), ..section(0, "Checked words.") };
    let draft = Section { source: source.clone(), ..section(1, "Half a se") };
    for section in [checked.clone(), draft, section(2, "Words without a source")] {
        bench.session.section(&job, section);
    }
    bench.session.token(&job, 1, "ntence");
    bench.cancel("a");
    bench.session.section(&job, section(1, "too late"));
    let quoted = Section { status: SectionStatus::Quoted, source, ..section(1, "The page's words.") };
    assert_eq!(bench.snapshot().1[0].sections, [checked, quoted]);
}

#[test]
fn a_queued_job_that_is_cancelled_never_runs() {
    let mut bench = Bench::new();
    bench.start("a");
    bench.start("b");
    bench.cancel("a");
    assert_eq!(bench.take_job().unwrap().0, "b");
    assert_eq!(bench.state("a"), Some(JobState::Cancelled));
}

#[test]
fn text_that_comes_fast_is_gathered_and_loses_nothing() {
    let mut bench = Bench::new();
    bench.start("a");
    let (job, _) = bench.take_job().unwrap();
    bench.session.section(&job, section(0, ""));
    for _ in 0..100 {
        bench.now.set(bench.now.get() + 1.0);
        bench.session.token(&job, 0, "x");
    }
    let (_, jobs) = bench.snapshot();
    assert_eq!(jobs[0].sections[0].text, "x".repeat(100));
    let events = bench.said.borrow().iter().filter(|event| matches!(event, Event::Token { .. })).count();
    assert!((2..=6).contains(&events), "{events} events for 100 tokens in 100 ms");
}

#[test]
fn progress_that_comes_fast_is_thinned_out_but_a_new_phase_is_told_at_once() {
    let mut bench = Bench::new();
    bench.start("a");
    let (job, _) = bench.take_job().unwrap();
    for i in 0_u8..100 {
        bench.now.set(bench.now.get() + 10.0);
        bench.session.progress(&job, progress(Phase::Reading, f32::from(i) / 100.0));
    }
    bench.session.progress(&job, progress(Phase::Writing, 0.0));
    let said = bench.said.borrow();
    let told: Vec<_> = said.iter().filter(|event| matches!(event, Event::Progress { .. })).collect();
    assert!((10..=12).contains(&told.len()), "{} reports in a second", told.len());
    assert!(
        matches!(told.last(), Some(Event::Progress { progress, .. }) if progress.phase == Phase::Writing)
    );
}

#[test]
fn only_finished_jobs_beyond_the_limit_are_forgotten() {
    let mut bench = Bench::new();
    bench.start("waits");
    for i in 0..40 {
        let job = format!("job {i}");
        bench.start(&job);
        bench.cancel(&job);
    }
    let (_, jobs) = bench.snapshot();
    assert_eq!(jobs.len(), REMEMBERED_JOBS);
    assert_eq!(jobs[0].job, "waits");
    assert_eq!(jobs.last().unwrap().job, "job 39");
}

#[test]
fn a_translation_says_from_which_language() {
    let mut bench = Bench::new();
    let selection = Selection { lang: Some("de".to_owned()), ..Selection::default() };
    for (job, from) in [("detected", None), ("chosen", Some("nl"))] {
        bench.request(Request::Start {
            job: job.to_owned(),
            task: Task::Translate { from: from.map(str::to_owned), to: "en".to_owned() },
            input: Input::Selection { selection: selection.clone() },
            choice: Choice::Auto,
            model: None,
        });
    }
    let tasks: Vec<Task> = bench.snapshot().1.into_iter().map(|view| view.task).collect();
    let translate = |from: &str| Task::Translate { from: Some(from.to_owned()), to: "en".to_owned() };
    assert_eq!(tasks, [translate("de"), translate("nl")]);
}
