//! What a job goes through, and what of it is told.

use crate::harness::{Bench, TASK, progress, section, stats};
use protocol::{
    BackendChoice, Event, Input, JobState, Passage, Phase, Request, Section, SectionStatus, Selection, Task,
};
use session::{JobEnd, REMEMBERED_JOBS, Work};

#[test]
fn jobs_run_one_at_a_time_in_order() {
    let mut bench = Bench::new();
    bench.start("a");
    bench.start("b");
    let (first, _) = bench.take_job().unwrap();
    assert_eq!(first, "a");
    assert!(bench.session.take_work().is_none());
    bench.session.finish(&first, JobEnd::Stopped);
    assert_eq!(bench.take_job().unwrap().0, "b");
}

#[test]
fn the_last_announcement_counts_until_there_is_a_job() {
    let mut bench = Bench::new();
    let announce = |choice| Request::Warm { task: TASK, choice, model: None };
    bench.request(announce(BackendChoice::Cpu));
    bench.request(announce(BackendChoice::Gpu));
    assert!(matches!(bench.session.take_work(), Some(Work::Warm { choice: BackendChoice::Gpu, .. })));
    assert!(!bench.session.has_work());
    bench.request(announce(BackendChoice::Cpu));
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
    bench.session.finish(&job, JobEnd::Done { stats: stats(), text: String::new() });
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
    bench.session.finish(&first, JobEnd::Done { stats: stats(), text: String::new() });
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
    let source = Some(Passage { text: "The page's words.".to_owned(), ..Passage::default() });
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
            choice: BackendChoice::Auto,
            model: None,
            tab: None,
        });
    }
    let tasks: Vec<Task> = bench.snapshot().1.into_iter().map(|view| view.task).collect();
    let translate = |from: &str| Task::Translate { from: Some(from.to_owned()), to: "en".to_owned() };
    assert_eq!(tasks, [translate("de"), translate("nl")]);
}
