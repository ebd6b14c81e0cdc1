//! Feeding tokens through a backend.

use crate::backend::{self, Backend, Device};
use crate::lookup::{Lookup, LookupStats};
use crate::{Config, Error, GenerateOptions, Generation, Sampler, Scheduler, Source, family};
use gguf::Gguf;

/// A loaded model with the text it has read.
pub struct Decoder {
    config: Config,
    pub(crate) backend: Backend,
    context: usize,
    /// The prompt and what was written after it, in order.
    pub(crate) text: Vec<u32>,
    /// How many of them the cache has keys and values of: all but at most the last, which is chosen before it is read.
    pub(crate) read: usize,
    /// The backend's logits are those after the last token that was read.
    pub(crate) has_logits: bool,
    pub(crate) lookup: Lookup,
    /// Tokens to read at a time, by what [`Scheduler`] knows of this model's speed.
    chunk: usize,
}

/// What reading a prompt took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prefill {
    /// Tokens read.
    pub computed: usize,
    /// Tokens that were in the cache already.
    pub reused: usize,
}

/// How well a text was predicted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Perplexity {
    /// `exp` of the mean surprise.
    pub value: f64,
    /// Tokens that were predicted.
    pub positions: u32,
}

impl Decoder {
    /// Loads a model onto a device, for texts of up to `context` tokens (fewer where the model was trained for fewer).
    ///
    /// # Errors
    /// For files that are not a supported model, unreadable sources, GPUs that refuse, or [`Error::Stopped`].
    pub async fn load(
        gguf: &Gguf,
        source: &mut impl Source,
        device: Device,
        context: usize,
        scheduler: &impl Scheduler,
    ) -> Result<Self, Error> {
        let (config, plan) = family::plan(gguf)?;
        let context = context.min(config.context);
        let backend = backend::load(gguf, plan, source, device, context, scheduler).await?;
        Ok(Self {
            config,
            backend,
            context,
            text: Vec::new(),
            read: 0,
            has_logits: false,
            lookup: Lookup::new(),
            chunk: 0,
        })
    }

    /// The model's numbers.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Positions there are.
    #[must_use]
    pub fn context(&self) -> usize {
        self.context
    }

    /// Bytes of weights on the device: about what one token's computation reads.
    #[must_use]
    pub fn weight_bytes(&self) -> u64 {
        self.backend.weight_bytes()
    }

    /// Submissions to a GPU so far; 0 on the CPU.
    #[must_use]
    pub fn submits(&self) -> u64 {
        self.backend.submits()
    }

    /// Kernel launches of one decoding step on a GPU; 0 on the CPU.
    #[must_use]
    pub fn dispatches_per_token(&self) -> usize {
        self.backend.dispatches_per_token()
    }

    /// Makes room for texts of `positions` tokens, at most [`Self::context`]: reading and writing make it as they need it, in
    /// more and smaller pieces.
    ///
    /// # Errors
    /// When the GPU has no memory left.
    pub async fn reserve(&mut self, positions: usize) -> Result<(), Error> {
        self.backend.reserve(positions.min(self.context)).await
    }

    /// Compiles what reading so many tokens at a time needs, and is not compiled: until then the first step of so many would
    /// wait for the compiler.
    ///
    /// # Errors
    /// When a GPU's compiler refuses a kernel, or [`Error::Stopped`].
    pub async fn prepare(&self, tokens: usize, scheduler: &impl Scheduler) -> Result<(), Error> {
        backend::wait(self.backend.compile(tokens.min(self.backend.chunk())), scheduler).await
    }

    /// What became of the drafts of all texts so far.
    #[must_use]
    pub fn lookup(&self) -> LookupStats {
        self.lookup.stats()
    }

    /// Reads a prompt. The longest prefix that is still in the cache is kept, the rest of the cache dropped: of what was
    /// written last all but the last token can be read on for nothing.
    ///
    /// # Errors
    /// [`Error::EmptyPrompt`], [`Error::Token`], [`Error::ContextFull`] when no position is left to write;
    /// [`Error::Stopped`] when `scheduler` says so: what was read stays in the cache.
    pub async fn prefill(&mut self, ids: &[u32], scheduler: &impl Scheduler) -> Result<Prefill, Error> {
        self.check(ids)?;
        self.reserve(ids.len() + 1).await?;
        let common = self.text[..self.read].iter().zip(ids).take_while(|(a, b)| a == b).count();
        // The last token is always read: its logits choose the next one.
        let reused = common.min(ids.len() - 1);
        self.forget(reused);
        let mut rest = &ids[reused..];
        while !rest.is_empty() {
            let most = self.backend.chunk().min(rest.len());
            let (chunk, later) = rest.split_at(scheduler.prefill_chunk(&mut self.chunk, most).clamp(1, most));
            self.step(chunk, later.is_empty()).await?;
            rest = later;
            let done = (self.read - reused) as f32 / (ids.len() - reused) as f32;
            if scheduler.yield_now(done).await.is_break() {
                return Err(Error::Stopped);
            }
        }
        Ok(Prefill { computed: ids.len() - reused, reused })
    }

    /// Begins to write after the prompt, or after what was written last. Tokens are chosen by `sampler`.
    pub fn generate(&mut self, sampler: Sampler, options: GenerateOptions) -> Generation<'_> {
        Generation::new(self, sampler, options)
    }

    /// The logits that the next token will be chosen from, one per token of the vocabulary.
    ///
    /// # Errors
    /// [`Error::EmptyPrompt`] when no prompt was read to its end, or tokens were written since; or a failure of the GPU.
    pub async fn logits(&mut self) -> Result<Vec<f32>, Error> {
        if !self.has_logits {
            return Err(Error::EmptyPrompt);
        }
        self.backend.logits().await
    }

    /// Perplexity of a text: `exp` of the mean surprise at its tokens, of which the first is only read.
    ///
    /// The text is read in chunks, as prompts are, and the token after each chunk is predicted; `passes` times, from the
    /// beginning, with a first chunk that is longer each time. Chunks of one token and one pass predict every token; so do as
    /// many passes as a chunk has tokens, by what a prompt of that length is read with.
    ///
    /// # Errors
    /// As [`Self::prefill`].
    pub async fn perplexity(
        &mut self,
        ids: &[u32],
        chunk: usize,
        passes: usize,
    ) -> Result<Perplexity, Error> {
        self.check(ids)?;
        self.reserve(ids.len()).await?;
        let (mut surprise, mut positions) = (0.0, 0);
        for pass in 1..=passes {
            self.forget(0);
            let mut end = (chunk * pass).div_ceil(passes);
            while end < ids.len() {
                let most = self.backend.chunk();
                let unread = &ids[self.read..end];
                for part in unread.chunks(most) {
                    self.step(part, self.read + part.len() == end).await?;
                }
                surprise += surprise_at(&self.backend.logits().await?, ids[end]);
                positions += 1;
                end += chunk;
            }
        }
        Ok(Perplexity { value: (surprise / f64::from(positions.max(1))).exp(), positions })
    }

    /// Verifies a draft of these tokens after the text, and forgets it: what [`Generation`] does with drafts, by itself so that it
    /// can be measured. The logits are lost. Gives what would have been chosen, up to the first token that differs.
    ///
    /// # Errors
    /// As [`Self::prefill`].
    pub async fn verify(&mut self, ids: &[u32], sampler: &Sampler) -> Result<Vec<u32>, Error> {
        self.check(ids)?;
        if self.read + ids.len() > self.context {
            return Err(Error::ContextFull { needed: self.read + ids.len(), context: self.context });
        }
        self.reserve(self.read + ids.len()).await?;
        self.has_logits = false;
        self.backend.verify(ids, self.read, sampler).await
    }

    /// Keeps the first `len` tokens of the text, all of them read.
    pub(crate) fn forget(&mut self, len: usize) {
        self.text.truncate(len);
        self.read = len;
        self.has_logits = false;
    }

    /// Reads tokens after the text, all of which was read.
    pub(crate) async fn step(&mut self, ids: &[u32], logits: bool) -> Result<(), Error> {
        self.has_logits = false;
        self.backend.step(ids, self.read, logits).await?;
        self.text.extend(ids);
        self.read = self.text.len();
        self.has_logits = logits;
        Ok(())
    }

    fn check(&self, ids: &[u32]) -> Result<(), Error> {
        let vocab = self.config.vocab;
        if ids.is_empty() {
            return Err(Error::EmptyPrompt);
        }
        if ids.len() >= self.context {
            return Err(Error::ContextFull { needed: ids.len() + 1, context: self.context });
        }
        match ids.iter().find(|&&id| id as usize >= vocab) {
            Some(&id) => Err(Error::Token { id, vocab }),
            None => Ok(()),
        }
    }
}

/// Negative logarithm of the probability that logits give a token.
fn surprise_at(logits: &[f32], id: u32) -> f64 {
    let max = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let total: f64 = logits.iter().map(|logit| f64::from(logit - max).exp()).sum();
    total.ln() - f64::from(logits[id as usize] - max)
}
