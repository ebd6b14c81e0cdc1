//! One task at work: what it works with, and the one way to ask the model.

use crate::answer::{Answer, Extent};
use crate::error::Error;
use crate::language_model::{CompletionOptions, LanguageModel, Prompt};
use crate::question::Question;
use crate::sections::Sections;
use crate::sink::Sink;
use catalog::Profile;
use decoder::Scheduler;
use protocol::{Phase, Progress};
use std::cell::Cell;
use std::ops::ControlFlow;
use std::rc::Rc;

/// Bytes of text that are read between two turns of the scheduler.
const TURN_EVERY: usize = 8 << 10;

/// Bytes that a model may write for each token it is allowed, and more than that: no language needs
/// as many, but a hostile vocabulary may hold tokens of any length.
const TOKEN_BYTES: usize = 32;
const SPARE_BYTES: usize = 1024;

/// What one task works with, from its beginning to its end. Pieces that are worked on side by side
/// have one each.
pub struct Run<'r, M, S> {
    pub(crate) model: &'r M,
    pub(crate) profile: &'r Profile,
    pub(crate) sections: Sections<'r>,
    pace: Pace<'r, S>,
}

/// Gives the scheduler its turns.
pub(crate) struct Pace<'r, S> {
    scheduler: &'r S,
    /// Bytes that may be read until its next one.
    left: Rc<Cell<usize>>,
}

impl<'r, S: Scheduler> Pace<'r, S> {
    pub(crate) fn new(scheduler: &'r S) -> Self {
        Self { scheduler, left: Rc::new(Cell::new(TURN_EVERY)) }
    }

    /// Counts `bytes` of text that were or will be read without a model, and gives the scheduler its
    /// turn after some of them.
    ///
    /// # Errors
    /// [`decoder::Error::Stopped`] when it says so.
    pub(crate) async fn read(&self, bytes: usize) -> Result<(), Error> {
        if let Some(left) = self.left.get().checked_sub(bytes) {
            self.left.set(left);
            return Ok(());
        }
        self.turn().await
    }

    /// Gives the scheduler its turn.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) async fn turn(&self) -> Result<(), Error> {
        self.left.set(TURN_EVERY);
        match self.scheduler.yield_now(0.0).await {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(decoder::Error::Stopped.into()),
        }
    }
}

/// Takes what the model writes, piece by piece, and says when it is enough.
pub(crate) type OnText<'t> = dyn FnMut(&mut Sections<'_>, &str) -> ControlFlow<()> + 't;

impl<'r, M: LanguageModel, S: Scheduler> Run<'r, M, S> {
    /// `profile` says what `model` can be trusted with; output goes to `sink` (to `()` where nobody
    /// watches); `scheduler` runs between the model's steps and may stop the task.
    pub fn new(model: &'r mut M, profile: &'r Profile, sink: &'r mut dyn Sink, scheduler: &'r S) -> Self {
        let sections = Sections::new(sink);
        Self { model, profile, sections, pace: Pace::new(scheduler) }
    }

    /// The same task's, for a piece beside others.
    pub(crate) fn beside(&self) -> Self {
        let pace = Pace { scheduler: self.pace.scheduler, left: Rc::clone(&self.pace.left) };
        Self { model: self.model, profile: self.profile, sections: self.sections.beside(), pace }
    }

    /// See [`Pace::read`].
    pub(crate) async fn pace(&self, bytes: usize) -> Result<(), Error> {
        self.pace.read(bytes).await
    }

    /// Has the model continue `prompt`.
    pub(crate) async fn complete(
        &mut self,
        prompt: Prompt<'_>,
        options: &CompletionOptions,
        on_text: &mut OnText<'_>,
    ) -> Result<(), Error> {
        log::trace!("prompt: {prompt:?}");
        let sections = &mut self.sections;
        let mut room = options.max_tokens.saturating_mul(TOKEN_BYTES).saturating_add(SPARE_BYTES);
        let mut push = |text: &str| {
            let text = &text[..text.floor_char_boundary(room)];
            room -= text.len();
            on_text(sections, text)?;
            if room == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let finish = self.model.complete(prompt, options, &mut push, self.pace.scheduler).await?;
        log::trace!("the completion ended: {finish:?}");
        Ok(())
    }

    /// The model's answer, without what models put around it. Where a draft has begun
    /// ([`Sections::begin`]), the reader watches it grow.
    pub(crate) async fn ask(
        &mut self,
        question: &Question,
        max_tokens: usize,
        extent: Extent,
    ) -> Result<String, Error> {
        let mut answer = Answer::new(extent);
        let mut push = |sections: &mut Sections<'_>, piece: &str| {
            let (new, flow) = answer.push(piece);
            sections.token(&new);
            flow
        };
        self.complete(question.prompt(), &question.options(max_tokens), &mut push).await?;
        log::trace!("answer: {:?}", answer.text());
        Ok(answer.text().to_owned())
    }

    /// Has the model read a question, so that the next one which begins like it starts sooner.
    pub(crate) async fn prefill(&mut self, question: &Question) -> Result<(), Error> {
        self.complete(question.prompt(), &question.options(0), &mut |_, _| ControlFlow::Continue(())).await
    }

    /// Tells the reader that the text is being read. How long that takes is not known.
    pub(crate) fn report_reading(&self) {
        let progress = Progress { phase: Phase::Reading, fraction: None, tokens_per_second: None };
        self.sections.progress(progress);
    }

    /// Tells the reader which share of the work is done, from 0 to 1.
    pub(crate) fn report(&self, done: f32) {
        let tokens_per_second = self.model.tokens_per_second();
        let fraction = Some(done);
        self.sections.progress(Progress { phase: Phase::Writing, fraction, tokens_per_second });
    }
}
