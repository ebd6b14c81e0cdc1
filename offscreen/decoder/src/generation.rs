//! Writing: one token after the other, with several steps in flight.

use crate::backend::Start;
use crate::{Decoder, Error, Sampler};

/// First tokens that stay when the context overflows: models attend to them whatever they say (attention sinks, Xiao et al.
/// 2023, <https://arxiv.org/abs/2309.17453>).
const SINKS: usize = 4;

/// How text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GenerateOptions {
    /// Tokens that will be asked for at most: memory is made for them, and none after them is computed ahead. Asking for more
    /// is allowed.
    pub max_tokens: usize,
}

impl Default for GenerateOptions {
    fn default() -> Self {
        Self { max_tokens: usize::MAX }
    }
}

/// Text being written. Dropping it ends it: what was computed ahead is forgotten, what was given out can be read on.
pub struct Generation<'a> {
    decoder: &'a mut Decoder,
    sampler: Sampler,
    /// Tokens that will still be asked for, as far as is known.
    expected: usize,
    state: State,
    slid: usize,
}

/// What the backend is doing.
#[derive(Clone, Copy)]
enum State {
    /// Nothing.
    Idle,
    /// Writing, reading no token at position `until` or later.
    Writing { until: usize },
}

impl<'a> Generation<'a> {
    pub(crate) fn new(decoder: &'a mut Decoder, sampler: Sampler, options: GenerateOptions) -> Self {
        Self { decoder, sampler, expected: options.max_tokens, state: State::Idle, slid: 0 }
    }

    /// The next token.
    ///
    /// Where the context is full, its first four tokens and its latest half are read again, without a pause, and writing
    /// goes on after them.
    ///
    /// # Errors
    /// [`Error::EmptyPrompt`] when no prompt was read to its end, or a failure of the GPU.
    pub async fn next(&mut self) -> Result<u32, Error> {
        if let State::Writing { until } = self.state
            && self.unread().is_some()
            && self.decoder.read >= until
        {
            self.rest();
        }
        if let State::Idle = self.state {
            self.begin().await?;
        }
        let id = self.decoder.backend.next().await?;
        self.give(id);
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

    async fn begin(&mut self) -> Result<(), Error> {
        if self.unread().is_some() && self.decoder.read >= self.decoder.context() {
            self.slide().await?;
        }
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

    /// Counts a token that the caller now knows: the one before it was read.
    fn give(&mut self, id: u32) {
        self.decoder.read = self.decoder.text.len();
        self.decoder.text.push(id);
        self.sampler.accept(id);
        self.expected = self.expected.saturating_sub(1);
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
        Ok(())
    }
}

impl Drop for Generation<'_> {
    fn drop(&mut self) {
        self.rest();
    }
}
