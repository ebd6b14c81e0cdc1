//! Decode: one token after the other, with several steps in flight, or several tokens in one step.

use crate::backend::Start;
use crate::{Decoder, Error, Sampler};
use std::collections::VecDeque;

/// First tokens that stay when the context overflows: models attend to them whatever they say
/// (attention sinks, Xiao et al. 2023, <https://arxiv.org/abs/2309.17453>).
const SINKS: usize = 4;

/// How text is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GenerateOptions {
    /// Tokens that will be asked for at most: memory is made for them, and none after them is
    /// computed ahead. Asking for more is allowed, and slower.
    pub max_tokens: usize,
    /// Drafts tokens by what followed the same words before and verifies them in one step, where
    /// that is expected to be faster. The text is the same.
    pub lookup: bool,
}

impl Default for GenerateOptions {
    fn default() -> Self {
        Self { max_tokens: usize::MAX, lookup: true }
    }
}

/// Decode under way. Dropping it ends it: what was computed ahead is forgotten, what was given out
/// stays a prefix that a prefill can reuse.
pub struct Generation<'a> {
    decoder: &'a mut Decoder,
    sampler: Sampler,
    lookup: bool,
    /// Tokens that will still be asked for, as far as is known.
    expected: usize,
    state: State,
    /// Verified tokens that were not given out yet.
    ready: VecDeque<u32>,
    dropped: usize,
}

/// What the backend is doing.
#[derive(Clone, Copy)]
enum State {
    /// Nothing.
    Idle,
    /// Decoding; no token at position `until` or later is computed.
    Decoding { until: usize },
    /// Finishing the steps in flight, so that a draft can be verified.
    Draining,
}

impl Decoder {
    /// Begins to decode after the prompt, or after what was decoded last. Tokens are chosen by
    /// `sampler`.
    pub fn generate(&mut self, sampler: Sampler, options: GenerateOptions) -> Generation<'_> {
        Generation::new(self, sampler, options)
    }
}

impl<'a> Generation<'a> {
    fn new(decoder: &'a mut Decoder, sampler: Sampler, options: GenerateOptions) -> Self {
        let GenerateOptions { max_tokens, lookup } = options;
        if lookup {
            decoder.lookup.reset(&decoder.text);
        }
        let (state, ready) = (State::Idle, VecDeque::new());
        Self { decoder, sampler, lookup, expected: max_tokens, state, ready, dropped: 0 }
    }

    /// The next token.
    ///
    /// Where the context is full, its first four tokens and its latest half are computed again,
    /// without a pause, and decode goes on after them.
    ///
    /// # Errors
    /// [`Error::EmptyPrompt`] when no prompt was computed to its end, or a failure of the GPU.
    pub async fn next(&mut self) -> Result<u32, Error> {
        let id = match self.ready.pop_front() {
            Some(id) => id,
            None => self.compute().await?,
        };
        // The token before it was computed.
        self.decoder.cached = self.decoder.text.len();
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
    pub fn dropped(&self) -> usize {
        self.dropped
    }

    /// The last token, while it was chosen and not computed.
    fn pending(&self) -> Option<u32> {
        self.decoder.text.get(self.decoder.cached).copied()
    }

    async fn compute(&mut self) -> Result<u32, Error> {
        let in_flight = self.decoder.backend.in_flight();
        match self.state {
            State::Decoding { .. } if in_flight > 0 => {
                let delay = self.decoder.backend.restart_cost();
                if self.plan(in_flight, delay) > 0 {
                    self.decoder.backend.drain();
                    self.decoder.lookup.waited(delay);
                    self.state = State::Draining;
                }
            }
            State::Draining if in_flight > 0 => {}
            State::Decoding { until } if self.decoder.cached < until && self.plan(0, 0.0) == 0 => {}
            State::Idle | State::Decoding { .. } | State::Draining => {
                self.stop();
                if self.pending().is_some() && self.decoder.cached >= self.decoder.context() {
                    self.shift_context().await?;
                }
                let drafted = self.plan(0, 0.0);
                if let Some(last) = self.pending()
                    && drafted > 0
                {
                    return self.verify(last, drafted).await;
                }
                self.start().await?;
            }
        }
        self.decoder.backend.next_token().await
    }

    /// Tokens to draft, after `ahead` more and a delay; 0 when nothing should be drafted.
    fn plan(&self, ahead: usize, delay: f32) -> usize {
        if !self.lookup {
            return 0;
        }
        let backend = &self.decoder.backend;
        let room = self.decoder.context().saturating_sub(self.decoder.cached + 1 + ahead);
        // A step gives one token more than are drafted.
        let of_use = self.expected.saturating_sub(ahead + 1);
        let most = room.min(of_use).min(backend.chunk() - 1);
        self.decoder.lookup.plan(most, |ids| backend.verify_cost(ids), ahead, delay)
    }

    /// Computes the last token and a draft in one step; gives the first of the tokens that come of
    /// it.
    async fn verify(&mut self, last: u32, drafted: usize) -> Result<u32, Error> {
        let pos = self.decoder.cached;
        self.decoder.reserve(pos + 1 + drafted).await?;
        let mut ids = vec![last];
        ids.extend(self.decoder.lookup.draft(&self.decoder.text, drafted));
        self.decoder.has_logits = false;
        let choices = self.decoder.backend.verify(&ids, pos, &self.sampler).await?;
        let accepted = ids[1..].iter().zip(&choices).take_while(|(a, b)| a == b).count();
        self.decoder.lookup.verified(drafted, accepted, self.decoder.backend.verify_cost(ids.len()));
        self.ready.extend(choices.into_iter().take(accepted + 1));
        self.ready.pop_front().ok_or(Error::EmptyPrompt)
    }

    async fn start(&mut self) -> Result<(), Error> {
        if self.pending().is_none() && !self.decoder.has_logits {
            return Err(Error::EmptyPrompt);
        }
        // The last token that is asked for need not be computed.
        let wanted = self.decoder.text.len().saturating_add(self.expected.max(1) - 1);
        let until = wanted.min(self.decoder.context());
        self.decoder.reserve(until).await?;
        let start = Start { last: self.pending(), pos: self.decoder.cached, until };
        self.decoder.has_logits = false;
        self.state = State::Decoding { until };
        self.decoder.backend.start_decode(start, &self.sampler).await
    }

    fn stop(&mut self) {
        self.decoder.backend.stop_decode();
        self.state = State::Idle;
    }

    /// Shortens a text that fills the context: drops what lies between the sinks and the latest
    /// half.
    async fn shift_context(&mut self) -> Result<(), Error> {
        let len = self.decoder.text.len();
        let kept = self.decoder.context() / 2;
        let sinks = SINKS.min(kept);
        let latest = self.decoder.text.split_off(len - kept);
        self.dropped += len - kept - sinks;
        self.decoder.truncate(sinks);
        let chunk = self.decoder.backend.chunk();
        let chunks = latest.len().div_ceil(chunk);
        for (i, ids) in latest.chunks(chunk).enumerate() {
            self.decoder.forward(ids, i + 1 == chunks).await?;
        }
        if self.lookup {
            self.decoder.lookup.reset(&self.decoder.text);
        }
        Ok(())
    }
}

impl Drop for Generation<'_> {
    fn drop(&mut self) {
        self.stop();
    }
}
