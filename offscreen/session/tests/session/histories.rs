//! Random histories of requests and output, checked against what a view would have seen, and some
//! of them written down for the views' own code.

use crate::harness::{Bench, Step, perform, step};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use protocol::{Event, JobId, JobState, JobView, ModelCard, ModelState};
use std::collections::BTreeMap;
use std::fs;

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
            Event::Offers { .. } | Event::Server { .. } => {}
            Event::InstallEnded { .. } | Event::Unused { .. } | Event::Freed { .. } => {}
            Event::Rejected { failure, .. } => panic!("{failure:?}"),
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
        // What was gathered goes out before the snapshot: everything but the snapshot itself
        // belongs to the view.
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

/// Written for the fold in TypeScript, which must come to the same end: an array of
/// `{events, snapshot}`, where `snapshot` is the [`Event::Snapshot`] that a view which had seen
/// `events`, one after the other from nothing, would be told next.
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/histories.json");

/// What a session says in these steps, and its snapshot then.
fn history(steps: Vec<Step>) -> (Vec<Event>, Event) {
    let mut bench = Bench::new();
    steps.into_iter().for_each(|step| perform(&mut bench, step));
    bench.whole_snapshot();
    let mut events = bench.said.take();
    let snapshot = events.pop().unwrap();
    (events, snapshot)
}

/// Steps of which most are output: few jobs, soon begun.
fn telling_step() -> impl Strategy<Value = Step> {
    let job = || 0..3_u8;
    prop_oneof![
        2 => job().prop_map(Step::Start),
        1 => job().prop_map(Step::Cancel),
        2 => Just(Step::Take),
        5 => (0..4_u32).prop_map(Step::Section),
        6 => (0..4_u32, "[a-zé ]{1,4}").prop_map(|(index, text)| Step::Token(index, text)),
        2 => (0.0..1.0_f32).prop_map(Step::Progress),
        1 => (0.0..1.0_f32).prop_map(Step::Loading),
        1 => (0.0..1.0_f32).prop_map(Step::Installing),
        1 => (0.0..1.0_f32).prop_map(Step::Coverage),
        1 => (0..3_u8).prop_map(Step::Finish),
        3 => (0.0..60.0_f64).prop_map(Step::Pass),
        1 => Just(Step::Attach),
    ]
}

/// `SOTTO_BLESS=1` writes the file anew.
#[test]
fn the_histories_for_the_views_are_up_to_date() {
    let mut runner = TestRunner::deterministic();
    let steps = proptest::collection::vec(telling_step(), 30..60);
    let histories: Vec<String> = (0..12)
        .map(|_| history(steps.new_tree(&mut runner).unwrap().current()))
        .map(|(events, snapshot)| serde_json::json!({ "events": events, "snapshot": snapshot }))
        .map(|history| history.to_string())
        .collect();
    let fresh = format!("[\n{}\n]\n", histories.join(",\n"));
    if std::env::var_os("SOTTO_BLESS").is_some() {
        fs::write(FILE, &fresh).unwrap();
    }
    let found = fs::read_to_string(FILE).unwrap_or_default();
    assert!(found == fresh, "{FILE} is out of date: run this test with SOTTO_BLESS=1");
}
