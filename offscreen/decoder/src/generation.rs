//! Writing: one token after the other, with several steps in flight, or several tokens in one step.

use crate::backend::Start;
use crate::{Decoder, Error, Sampler};
use std::collections::VecDeque;

/// First tokens that stay when the context overflows: models attend to them whatever they say (attention sinks, Xiao et al.
/// 2023, <https://arxiv.org/abs/2309.17453>).
const SINKS: usize = 4;

/// How text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GenerateOptions {
    /// Tokens that will be asked for at most: memory is made for them, and none after them is computed ahead. Asking for more
    /// is allowed, and slower.
    pub max_tokens: usize,
    /// Drafts tokens by what followed the same words before and verifies them in one step, where that is expected to be
    /// faster. What is written is the same.
    pub lookup: bool,
}

impl Default for GenerateOptions {
    fn default() -> Self {
        Self { max_tokens: usize::MAX, lookup: true }
    }
}

/// Text being written. Dropping it ends it: what was computed ahead is forgotten, what was given out can be read on.
pub struct Generation<'a> {
    decoder: &'a mut Decoder,
    sampler: Sampler,
    lookup: bool,
    /// Tokens that will still be asked for, as far as is known.
    expected: usize,
    state: State,
    /// Verified tokens that were not given out yet.
    ready: VecDeque<u32>,
    slid: usize,
}

/// What the backend is doing.
#[derive(Clone, Copy)]
enum State {
    /// Nothing.
    Idle,
    /// Writing; no token is read at position `until` or later.
    Writing { until: usize },
    /// Finishing the steps in flight, so that a draft can be verified.
    Holding,
}

impl<'a> Generation<'a> {
    pub(crate) fn new(decoder: &'a mut Decoder, sampler: Sampler, options: GenerateOptions) -> Self {
        let GenerateOptions { max_tokens, lookup } = options;
        if lookup {
            decoder.lookup.turn_to(&decoder.text);
        }
        let (state, ready) = (State::Idle, VecDeque::new());
        Self { decoder, sampler, lookup, expected: max_tokens, state, ready, slid: 0 }
    }

    /// The next token.
    ///
    /// Where the context is full, its first four tokens and its latest half are read again, without a pause, and writing
    /// goes on after them.
    ///
    /// # Errors
    /// [`Error::EmptyPrompt`] when no prompt was read to its end, or a failure of the GPU.
    pub async fn next(&mut self) -> Result<u32, Error> {
        let id = match self.ready.pop_front() {
            Some(id) => id,
            None => self.compute().await?,
        };
        // The token before it was read.
        self.decoder.read = self.decoder.text.len();
        self.decoder.text.push(id);
        self.sampler.accept(id);
        self.expected = self.expected.saturating_sub(1);
        if self.lookup {
            self.decoder.lookup.push(&self.decoder.text);
        }
        Ok(id)
    }

    /// Tokens that were dropped from the middle of the text because the context was full.
    #[must_use]
    pub fn slid(&self) -> usize {
        self.slid
    }

    /// The last token, while it was chosen and not read.
    fn unread(&self) -> Option<u32> {
        self.decoder.text.get(self.decoder.read).copied()
    }

    async fn compute(&mut self) -> Result<u32, Error> {
        let in_flight = self.decoder.backend.in_flight();
        match self.state {
            State::Writing { .. } if in_flight > 0 => {
                let delay = self.decoder.backend.restart_cost();
                if self.plan(in_flight, delay) > 0 {
                    self.decoder.backend.hold();
                    self.decoder.lookup.waited(delay);
                    self.state = State::Holding;
                }
            }
            State::Holding if in_flight > 0 => {}
            State::Writing { until } if self.decoder.read < until && self.plan(0, 0.0) == 0 => {}
            State::Idle | State::Writing { .. } | State::Holding => {
                self.rest();
                if self.unread().is_some() && self.decoder.read >= self.decoder.context() {
                    self.slide().await?;
                }
                let drafted = self.plan(0, 0.0);
                if let Some(last) = self.unread()
                    && drafted > 0
                {
                    return self.verify(last, drafted).await;
                }
                self.begin().await?;
            }
        }
        self.decoder.backend.next().await
    }

    /// Tokens to draft, after `ahead` more and a delay; 0 when nothing should be drafted.
    fn plan(&self, ahead: usize, delay: f32) -> usize {
        if !self.lookup {
            return 0;
        }
        let backend = &self.decoder.backend;
        let room = self.decoder.context().saturating_sub(self.decoder.read + 1 + ahead);
        // A step gives one token more than are drafted.
        let of_use = self.expected.saturating_sub(ahead + 1);
        let most = room.min(of_use).min(backend.chunk() - 1);
        self.decoder.lookup.plan(most, |ids| backend.batch_cost(ids), ahead, delay)
    }

    /// Reads the last token and a draft in one step; gives the first of the tokens that come of it.
    async fn verify(&mut self, last: u32, drafted: usize) -> Result<u32, Error> {
        let pos = self.decoder.read;
        self.decoder.reserve(pos + 1 + drafted).await?;
        let mut ids = vec![last];
        ids.extend(self.decoder.lookup.draft(&self.decoder.text, drafted));
        self.decoder.has_logits = false;
        let choices = self.decoder.backend.verify(&ids, pos, &self.sampler).await?;
        let accepted = ids[1..].iter().zip(&choices).take_while(|(a, b)| a == b).count();
        self.decoder.lookup.verified(drafted, accepted, self.decoder.backend.batch_cost(ids.len()));
        self.ready.extend(choices.into_iter().take(accepted + 1));
        self.ready.pop_front().ok_or(Error::EmptyPrompt)
    }

    async fn begin(&mut self) -> Result<(), Error> {
        if self.unread().is_none() && !self.decoder.has_logits {
            return Err(Error::EmptyPrompt);
        }
        // The last token that is asked for need not be read.
        let wanted = self.decoder.text.len().saturating_add(self.expected.max(1) - 1);
        let until = wanted.min(self.decoder.context());
        self.decoder.reserve(until).await?;
        let start = Start { last: self.unread(), pos: self.decoder.read, until };
        self.decoder.has_logits = false;
        self.state = State::Writing { until };
        self.decoder.backend.begin(start, &self.sampler).await
    }

    fn rest(&mut self) {
        self.decoder.backend.end();
        self.state = State::Idle;
    }

    /// Shortens a text that fills the context.
    async fn slide(&mut self) -> Result<(), Error> {
        let len = self.decoder.text.len();
        let kept = self.decoder.context() / 2;
        let sinks = SINKS.min(kept);
        let latest = self.decoder.text.split_off(len - kept);
        self.slid += len - kept - sinks;
        self.decoder.forget(sinks);
        let chunk = self.decoder.backend.chunk();
        let chunks = latest.len().div_ceil(chunk);
        for (i, ids) in latest.chunks(chunk).enumerate() {
            self.decoder.step(ids, i + 1 == chunks).await?;
        }
        if self.lookup {
            self.decoder.lookup.turn_to(&self.decoder.text);
        }
        Ok(())
    }
}

impl Drop for Generation<'_> {
    fn drop(&mut self) {
        self.rest();
    }
}
