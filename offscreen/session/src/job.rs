//! One job: the task on the model, its output into the session.

use crate::document;
use crate::loaded::Loaded;
use crate::loaded_translators::LoadedTranslators;
use crate::served::Served;
use crate::{Error, Session, placement};
use catalog::{ModelInfo, Profile};
use decoder::Scheduler;
use protocol::{
    Backend, BackendChoice, DeviceInfo, Input, JobId, PageCapture, Progress, Section, Stats, Task, Video,
};
use std::cell::RefCell;
use tasks::{LanguageModel, Run, Sink, SummaryOptions, Translators, Usage};

/// Does a task. Gives the finished text.
///
/// # Errors
/// The task's; [`Error::is_stop`] when it was cancelled, or when the model could not be loaded.
pub(crate) async fn execute(
    task: &Task,
    input: &Input,
    profile: &Profile,
    model: &mut impl LanguageModel,
    output: &mut Output<'_>,
    scheduler: &impl Scheduler,
) -> Result<String, Error> {
    if let (Task::Summarize { .. } | Task::Ask { .. }, Input::Page { .. } | Input::Document { .. }) =
        (task, input)
    {
        let article = match input {
            Input::Page { page } => read(page, scheduler).await?,
            Input::Document { document } => document::article(document),
            _ => return Err(Error::Input("what is no page")),
        };
        let characters = article.blocks.iter().map(|block| block.text.chars().count()).sum();
        output.captured = input.left_out().share(characters);
        if let Some(video) = article.video {
            output.video(match video {
                article::Video::Read => Video::Transcript,
                article::Video::Unread => Video::Unread,
            });
        }
        let run = Run::new(model, profile, output, scheduler);
        return Ok(match task {
            Task::Ask { question } => tasks::ask(run, &article, question).await?,
            &Task::Summarize { summary_type, length, format } => {
                let options = SummaryOptions { kind: summary_type, length, format };
                tasks::summarize(run, &article, options).await?
            }
            Task::Rewrite { .. } | Task::Translate { .. } => {
                return Err(Error::Input("a page as it is read"));
            }
        });
    }
    output.captured = input.left_out().share(characters(input));
    let run = Run::new(model, profile, output, scheduler);
    Ok(match (task, input) {
        (Task::Rewrite { options }, Input::Selection { selection }) => {
            tasks::rewrite(run, selection, options).await?
        }
        (Task::Translate { from, to }, Input::Selection { selection }) => {
            tasks::translate_selection(run, selection, from.as_deref(), to).await?
        }
        (Task::Translate { from, to }, Input::Blocks { blocks }) => {
            tasks::translate_blocks(run, blocks, from.as_deref(), to).await?
        }
        (Task::Translate { from, to }, Input::Document { document }) => {
            tasks::translate_selection(run, &document::text(document), from.as_deref(), to).await?
        }
        (_, Input::Page { .. } | Input::Document { .. }) => return Err(Error::Input("a page as it is read")),
        (_, Input::Selection { .. }) => return Err(Error::Input("selected text")),
        (_, Input::Blocks { .. }) => return Err(Error::Input("a page's blocks")),
    })
}

/// Does a task with translators. Gives the finished text.
///
/// # Errors
/// The task's; [`Error::is_stop`] when it was cancelled.
pub(crate) async fn translate(
    task: &Task,
    input: &Input,
    ready: &LoadedTranslators,
    output: &mut Output<'_>,
    scheduler: &impl Scheduler,
) -> Result<String, Error> {
    output.captured = input.left_out().share(characters(input));
    let legs = ready.legs();
    let translators = Translators::new(&legs, ready.pool, output, scheduler);
    Ok(match (task, input) {
        (Task::Translate { from, to }, Input::Selection { selection }) => {
            tasks::translate_selection_with(translators, selection, from.as_deref(), to).await?
        }
        (Task::Translate { from, to }, Input::Blocks { blocks }) => {
            tasks::translate_blocks_with(translators, blocks, from.as_deref(), to).await?
        }
        (Task::Translate { from, to }, Input::Document { document }) => {
            let text = document::text(document);
            tasks::translate_selection_with(translators, &text, from.as_deref(), to).await?
        }
        _ => return Err(Error::Input("what is no text to translate")),
    })
}

/// How long the text of an input is that is no page.
fn characters(input: &Input) -> usize {
    match input {
        Input::Page { .. } => 0,
        Input::Selection { selection } => selection.text.chars().count(),
        Input::Document { document } => document.blocks.iter().map(|block| block.text.chars().count()).sum(),
        Input::Blocks { blocks } => {
            let spans = blocks.blocks.iter().flat_map(|block| &block.spans);
            spans.map(|span| span.text.chars().count()).sum()
        }
    }
}

/// Words of an input that is no page.
pub(crate) fn words(input: &Input) -> usize {
    let words = |text: &str| text.split_whitespace().count();
    match input {
        Input::Page { .. } => 0,
        Input::Selection { selection } => words(&selection.text),
        Input::Document { document } => document.blocks.iter().map(|block| words(&block.text)).sum(),
        Input::Blocks { blocks } => {
            let spans = blocks.blocks.iter().flat_map(|block| &block.spans);
            spans.map(|span| words(&span.text)).sum()
        }
    }
}

/// The article of a page.
async fn read(page: &PageCapture, scheduler: &impl Scheduler) -> Result<article::Article, Error> {
    let pause = async || scheduler.yield_now(0.0).await;
    let article = article::extract_with_pauses(&page.html, &page.url, &page.title, pause).await;
    let mut article = article.map_err(|error| match error {
        article::Error::Stopped => Error::Stopped,
        error => error.into(),
    })?;
    // What the browser takes the text for says more than what the document declares.
    article.lang = page.lang.clone().or(article.lang);
    Ok(article)
}

/// Has the model read what the prompts of a task begin with, as long as nothing else is wanted of
/// it.
///
/// # Errors
/// The model's; [`Error::is_stop`] when something else is wanted.
pub(crate) async fn prepare(
    loaded: &mut Loaded,
    task: &Task,
    scheduler: &impl Scheduler,
) -> Result<(), Error> {
    let profile = loaded.info.profile();
    Ok(tasks::prepare(Run::new(&mut loaded.model, profile, &mut (), scheduler), task).await?)
}

/// What a job took that began at `start`, ends `now`, and used the model, if it was loaded, where
/// the reader chose.
pub(crate) fn stats(
    (start, now): (f64, f64),
    coverage: f32,
    info: &ModelInfo,
    loaded: Option<&Loaded>,
    choice: BackendChoice,
) -> Stats {
    let (usage, device, load_ms) = match loaded {
        Some(loaded) => (loaded.model.take_usage(), loaded.placement.info_for(choice), loaded.load_ms),
        None => {
            let reason = Some("The text's own words were enough: no model was needed.".to_owned());
            (Usage::default(), placement::cpu(reason, None), 0.0)
        }
    };
    measured((start, now), coverage, (info.name.clone(), device, load_ms), usage)
}

/// The same of a job that a server did; `note` is what that does not do.
pub(crate) fn server_stats(
    times: (f64, f64),
    coverage: f32,
    served: &Served,
    usage: Usage,
    note: Option<&str>,
) -> Stats {
    let adapter = served.endpoint.host().to_owned();
    let device = DeviceInfo {
        backend: Backend::Server,
        adapter,
        reason: note.map(str::to_owned),
        shortage: None,
        threads: None,
    };
    measured(times, coverage, (served.model.clone(), device, 0.0), usage)
}

fn measured(
    (start, now): (f64, f64),
    coverage: f32,
    (model, device, load_ms): (String, DeviceInfo, f64),
    usage: Usage,
) -> Stats {
    let count = |tokens: usize| u32::try_from(tokens).unwrap_or(u32::MAX);
    Stats {
        device,
        model,
        prompt_tokens: count(usage.prompt_tokens),
        cached_tokens: count(usage.cached_tokens),
        output_tokens: count(usage.output_tokens),
        load_ms,
        first_token_ms: usage.first_token_at.map_or(0.0, |at| at - start),
        total_ms: now - start,
        prefill_tps: usage.prefill_tps(),
        decode_tps: usage.decode_tps(),
        coverage,
    }
}

/// The same of a job that translators did. They count no tokens.
pub(crate) fn translator_stats((start, now): (f64, f64), coverage: f32, ready: &LoadedTranslators) -> Stats {
    Stats {
        device: ready.device.clone(),
        model: ready.name(),
        prompt_tokens: 0,
        cached_tokens: 0,
        output_tokens: 0,
        load_ms: ready.load_ms(),
        first_token_ms: 0.0,
        total_ms: now - start,
        prefill_tps: 0.0,
        decode_tps: 0.0,
        coverage,
    }
}

/// A job's way into the session.
pub(crate) struct Output<'a> {
    job: &'a JobId,
    session: &'a RefCell<Session>,
    /// The share of the page or selection that was captured.
    captured: f32,
    coverage: f32,
}

impl<'a> Output<'a> {
    pub(crate) fn new(job: &'a JobId, session: &'a RefCell<Session>) -> Self {
        Self { job, session, captured: 1.0, coverage: 0.0 }
    }

    fn video(&self, video: Video) {
        self.session.borrow_mut().video(self.job, video);
    }

    /// The share of the page that was read, as the task told it last.
    pub(crate) fn covered(&self) -> f32 {
        self.coverage
    }
}

impl Sink for Output<'_> {
    fn section(&mut self, section: Section) {
        self.session.borrow_mut().section(self.job, section);
    }

    fn token(&mut self, index: u32, text: &str) {
        self.session.borrow_mut().token(self.job, index, text);
    }

    fn progress(&mut self, progress: Progress) {
        self.session.borrow_mut().progress(self.job, progress);
    }

    /// Of what was captured; told of all that there was.
    fn coverage(&mut self, share: f32) {
        self.coverage = share * self.captured;
        self.session.borrow_mut().coverage(self.job, self.coverage);
    }
}
