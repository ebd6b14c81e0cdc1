//! Prefill of what a task's prompts begin with, ahead of the job: of the job that follows only the
//! reader's own text is computed.

use crate::load;
use catalog::Profile;
use decoder::Uninterrupted;
use pollster::block_on;
use protocol::{RewriteGoal, RewriteOptions, Selection, SummaryFormat, SummaryLength, SummaryType, Task};
use tasks::{Model, Run};

/// Tokens around the reader's text that may be other ones beside it: quotes, spaces, the end of a
/// turn.
const SEAM: usize = 16;

/// Runs a task on a text. Gives the result, and the tokens that were computed for it.
fn run(model: &mut Model, profile: &Profile, task: &Task, text: &str) -> (String, usize) {
    let selection = Selection { text: text.to_owned(), ..Selection::default() };
    model.take_usage();
    let result = match task {
        Task::Rewrite { options } => {
            block_on(tasks::rewrite(Run::new(model, profile, &mut (), &Uninterrupted), &selection, options))
        }
        Task::Translate { from, to } => {
            let from = from.as_deref();
            block_on(tasks::translate_selection(
                Run::new(model, profile, &mut (), &Uninterrupted),
                &selection,
                from,
                to,
            ))
        }
        Task::Summarize { .. } | Task::Ask { .. } => unreachable!("no task on a selection"),
    };
    let usage = model.take_usage();
    (result.unwrap(), usage.prompt_tokens - usage.cached_tokens)
}

/// Does a task with and without prefill ahead of it.
fn compare(id: &str, task: &Task, text: &str) {
    let profile = &catalog::measured(id).profile;
    let (plain, whole) = run(&mut load(id), profile, task, text);
    let mut prepared = load(id);
    let mut prepare = || {
        block_on(tasks::prepare(Run::new(&mut prepared, profile, &mut (), &Uninterrupted), task)).unwrap();
        let usage = prepared.take_usage();
        usage.prompt_tokens - usage.cached_tokens
    };
    let ahead = prepare();
    assert!(ahead > 2 * SEAM, "{ahead} tokens are worth computing ahead");
    assert!(prepare() <= 1, "what is in the KV cache is not computed again");
    let (result, rest) = run(&mut prepared, profile, task, text);
    assert_eq!(result, plain);
    assert!(rest + ahead <= whole + SEAM, "{whole} tokens without it, {ahead} ahead, {rest} after that");
}

#[test]
fn the_examples_of_a_translation() {
    let task = Task::Translate { from: Some("de".to_owned()), to: "en".to_owned() };
    let text = "Die Stadt hat den alten Bahnhof gekauft.";
    compare(tests::TRANSLATOR, &task, text);
}

#[test]
fn the_examples_of_a_rewrite() {
    let options = RewriteOptions { goal: RewriteGoal::FixGrammar, ..RewriteOptions::default() };
    let text = "The childrens was playing in the garden when it begin to rain.";
    compare(tests::DEFAULT_MODEL, &Task::Rewrite { options }, text);
}

#[test]
fn nothing_where_nothing_is_known() {
    let mut model = load(tests::DEFAULT_MODEL);
    let profile = &catalog::measured(tests::DEFAULT_MODEL).profile;
    let instruction = Some("Make it rhyme.".to_owned());
    let tasks = [
        Task::Translate { from: None, to: "en".to_owned() },
        Task::Translate { from: Some("ja".to_owned()), to: "en".to_owned() },
        Task::Rewrite { options: RewriteOptions::default() },
        Task::Rewrite { options: RewriteOptions { instruction, ..RewriteOptions::default() } },
    ];
    for task in tasks {
        block_on(tasks::prepare(Run::new(&mut model, profile, &mut (), &Uninterrupted), &task)).unwrap();
        assert_eq!(model.take_usage().prompt_tokens, 0, "{task:?}");
    }
    let summary = Task::Summarize {
        summary_type: SummaryType::KeyPoints,
        length: SummaryLength::Medium,
        format: SummaryFormat::Markdown,
    };
    block_on(tasks::prepare(Run::new(&mut model, profile, &mut (), &Uninterrupted), &summary)).unwrap();
    assert!(model.take_usage().prompt_tokens > SEAM, "the examples of a summary are always the same");
}
