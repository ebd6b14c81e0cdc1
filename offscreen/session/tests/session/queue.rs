//! Who waits, for how long, and who may not.

use crate::harness::Bench;
use proptest::prelude::*;
use protocol::{ErrorCode, Event, JobState};
use session::{JobEnd, MOST_OF_A_TAB, MOST_WAITING};

/// The jobs in the order in which they are done.
fn order(bench: &mut Bench) -> Vec<String> {
    let mut order = Vec::new();
    while let Some((job, _)) = bench.take_job() {
        bench.session.finish(&job, JobEnd::Stopped);
        order.push(job);
    }
    order
}

fn refusal(bench: &mut Bench, job: &str) -> String {
    match bench.state(job) {
        Some(JobState::Failed { failure }) => {
            assert_eq!(failure.code, ErrorCode::Busy);
            failure.message
        }
        other => panic!("{job} is {other:?}"),
    }
}

#[test]
fn tabs_take_turns_and_each_tab_keeps_its_order() {
    let mut bench = Bench::new();
    for job in ["a1", "a2", "a3"] {
        bench.start_in(Some(1), job);
    }
    for (tab, job) in [(2, "b1"), (2, "b2"), (3, "c1")] {
        bench.start_in(Some(tab), job);
    }
    assert_eq!(order(&mut bench), ["a1", "b1", "c1", "a2", "b2", "a3"]);
    // Whoever was served last waits for a newcomer.
    for (tab, job) in [(1, "a4"), (4, "d1")] {
        bench.start_in(Some(tab), job);
    }
    assert_eq!(order(&mut bench), ["d1", "a4"]);
}

#[test]
fn a_job_beyond_what_may_wait_is_refused_in_words_and_stays_so() {
    let mut bench = Bench::new();
    bench.start_in(Some(1), "runs");
    let (running, _) = bench.take_job().unwrap();
    for job in ["1", "2", "3", "4"] {
        bench.start_in(Some(1), job);
    }
    assert_eq!(refusal(&mut bench, "4"), format!("{MOST_OF_A_TAB} jobs of this tab are waiting already."));
    for job in ["5", "6", "7", "8", "9", "10"] {
        bench.start(job);
    }
    assert_eq!(refusal(&mut bench, "10"), format!("{MOST_WAITING} jobs are waiting already."));
    bench.session.finish(&running, JobEnd::Stopped);
    assert_eq!(order(&mut bench).len(), MOST_WAITING);
}

#[test]
fn what_one_engine_had_taken_the_next_one_takes_too() {
    let mut bench = Bench::new();
    // One that was being worked on, and as many as could wait beside it.
    for job in ["ran", "1", "2", "3"] {
        bench.start_in(Some(1), job);
    }
    for job in ["4", "5", "6", "7", "8"] {
        bench.start_in(None, job);
    }
    assert_eq!(order(&mut bench).len(), MOST_WAITING + 1);
}

#[test]
fn a_job_that_runs_takes_nobodys_place_and_a_cancelled_one_gives_it_back() {
    let mut bench = Bench::new();
    bench.start_in(Some(1), "runs");
    let (running, _) = bench.take_job().unwrap();
    for job in ["1", "2", "3"] {
        bench.start_in(Some(1), job);
    }
    bench.cancel("2");
    bench.start_in(Some(1), "4");
    bench.session.finish(&running, JobEnd::Stopped);
    assert_eq!(order(&mut bench), ["1", "3", "4"]);
}

proptest! {
    /// However jobs come and go: no more wait than may, and no tab's oldest job is passed over by two
    /// of another tab.
    #[test]
    fn the_queue_is_bounded_and_fair(steps in proptest::collection::vec((0..5_u32, any::<bool>()), 1..80)) {
        let mut bench = Bench::new();
        let mut waiting: Vec<(u32, String)> = Vec::new();
        // For each waiting tab, the tabs that were served since its oldest job came.
        let mut passed: Vec<(u32, Vec<u32>)> = Vec::new();
        for (at, (tab, starts)) in steps.into_iter().enumerate() {
            if starts {
                let job = at.to_string();
                bench.start_in(Some(tab), &job);
                if matches!(bench.said.borrow().last(), Some(Event::Job { view }) if view.state == JobState::Queued) {
                    if waiting.iter().all(|(other, _)| *other != tab) {
                        passed.push((tab, Vec::new()));
                    }
                    waiting.push((tab, job));
                }
                prop_assert!(waiting.len() <= MOST_WAITING + 1);
                prop_assert!(waiting.iter().filter(|(other, _)| *other == tab).count() <= MOST_OF_A_TAB + 1);
            } else if let Some((job, _)) = bench.take_job() {
                bench.session.finish(&job, JobEnd::Stopped);
                let at = waiting.iter().position(|(_, other)| *other == job).unwrap();
                let (served, _) = waiting.remove(at);
                passed.retain(|(tab, _)| *tab != served);
                for (tab, others) in &mut passed {
                    prop_assert!(!others.contains(&served), "tab {tab} was passed over twice by {served}");
                    others.push(served);
                }
                if waiting.iter().any(|(other, _)| *other == served) {
                    passed.push((served, Vec::new()));
                }
            } else {
                prop_assert!(waiting.is_empty());
            }
        }
    }
}
