//! What is done to a page or a selection without the model.

use catalog::{Profile, SMOLLM2, measured, unmeasured};
use decoder::Scheduler;
use protocol::{Block, PageBlocks, RewriteGoal, RewriteOptions, Selection, Span};
use std::ops::ControlFlow;
use tasks::{CompletionOptions, Error, Finish, LanguageModel, Prompt, Run, SummaryOptions};

/// Does a stage of the work on a text.
pub(crate) type Stage<S> = fn(&str, &S);

/// All stages by name.
pub(crate) fn stages<S: Scheduler>() -> [(&'static str, Stage<S>); 8] {
    [
        ("extract", extract),
        ("summarize, quoted", |text, pauses| summarize(text, pauses, &unmeasured().base)),
        ("summarize, shortened", |text, pauses| summarize(text, pauses, &measured(SMOLLM2).profile)),
        ("summarize, written", |text, pauses| summarize(text, pauses, &unmeasured().chat)),
        ("ask", ask),
        ("rewrite", rewrite),
        ("translate", translate),
        ("translate, in place", translate_in_place),
    ]
}

/// Answers nothing.
struct Mute;

impl LanguageModel for Mute {
    async fn complete(
        &self,
        _: Prompt<'_>,
        _: &CompletionOptions,
        _: &mut dyn FnMut(&str) -> ControlFlow<()>,
        scheduler: &impl Scheduler,
    ) -> Result<Finish, Error> {
        let _ = scheduler.yield_now(1.0).await;
        Ok(Finish::End)
    }

    fn count_tokens(&self, text: &str) -> usize {
        text.len() / 4
    }

    fn context(&self) -> usize {
        8192
    }

    fn tokens_per_second(&self) -> Option<f32> {
        None
    }
}

fn run<T, S: Scheduler>(profile: &Profile, pauses: &S, work: impl AsyncFnOnce(Run<'_, Mute, S>) -> T) {
    let (mut model, mut nobody) = (Mute, ());
    pollster::block_on(work(Run::new(&mut model, profile, &mut nobody, pauses)));
}

fn extract(text: &str, pauses: &impl Scheduler) {
    let pause = async || pauses.yield_now(0.0).await;
    let _ = pollster::block_on(article::extract_with_pauses(text, "https://example.org/", "", pause));
}

fn summarize(text: &str, pauses: &impl Scheduler, profile: &Profile) {
    let kind = article::BlockKind::Paragraph;
    let blocks = vec![article::Block { kind, text: text.to_owned() }];
    let article = article::Article { blocks, ..article::Article::default() };
    run(profile, pauses, async |run| tasks::summarize(run, &article, SummaryOptions::default()).await);
}

fn ask(text: &str, pauses: &impl Scheduler) {
    let kind = article::BlockKind::Paragraph;
    let blocks = vec![article::Block { kind, text: text.to_owned() }];
    let article = article::Article { blocks, ..article::Article::default() };
    run(&measured(SMOLLM2).profile, pauses, async |run| {
        tasks::ask(run, &article, "How many words does the word have, and who said so in 1994?").await
    });
}

fn rewrite(text: &str, pauses: &impl Scheduler) {
    let selection = Selection { text: text.to_owned(), ..Selection::default() };
    let options = RewriteOptions { goal: RewriteGoal::Bullets, ..RewriteOptions::default() };
    run(&unmeasured().chat, pauses, async |run| tasks::try_rewrite(run, &selection, &options).await);
}

fn translate(text: &str, pauses: &impl Scheduler) {
    let selection = Selection { text: text.to_owned(), lang: Some("de".to_owned()), ..Selection::default() };
    run(&unmeasured().chat, pauses, async |run| {
        tasks::translate_selection(run, &selection, None, "en").await
    });
}

fn translate_in_place(text: &str, pauses: &impl Scheduler) {
    let span = Span { text: text.to_owned(), ..Span::default() };
    let blocks = vec![Block { spans: vec![span] }];
    let page = PageBlocks { blocks, lang: Some("en".to_owned()), ..PageBlocks::default() };
    run(&unmeasured().chat, pauses, async |run| tasks::translate_blocks(run, &page, None, "de").await);
}
