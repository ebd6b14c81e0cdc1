//! Feeding tokens through a backend.

use crate::backend::{self, Backend, Device};
use crate::{Config, Error, Pace, Sampler, Source, family};
use gguf::Gguf;

/// A loaded model with the text it has read.
pub struct Decoder {
    config: Config,
    backend: Backend,
    context: usize,
    /// Tokens whose keys and values are in the cache, in order.
    cached: Vec<u32>,
    /// The backend's logits are those after the last cached token.
    has_logits: bool,
    /// A chosen token that the model has not read yet.
    pending: Option<u32>,
}

/// What reading a prompt took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prefill {
    /// Tokens read.
    pub computed: usize,
    /// Tokens that were in the cache already.
    pub reused: usize,
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
        pace: &impl Pace,
    ) -> Result<Self, Error> {
        let (config, plan) = family::plan(gguf)?;
        let context = context.min(config.context);
        let backend = backend::load(gguf, plan, source, device, context, pace).await?;
        Ok(Self { config, backend, context, cached: Vec::new(), has_logits: false, pending: None })
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

    /// Kernel launches of one decoding step on a GPU; 0 on the CPU.
    #[must_use]
    pub fn dispatches_per_token(&self) -> usize {
        self.backend.dispatches_per_token()
    }

    /// Reads a prompt. The longest prefix that is still in the cache is kept, the rest of the cache dropped.
    ///
    /// # Errors
    /// [`Error::EmptyPrompt`], [`Error::Token`], [`Error::ContextFull`] when no position is left to write;
    /// [`Error::Stopped`] when `pace` says so: what was read stays in the cache.
    pub async fn prefill(&mut self, ids: &[u32], pace: &impl Pace) -> Result<Prefill, Error> {
        self.check(ids)?;
        let common = self.cached.iter().zip(ids).take_while(|(a, b)| a == b).count();
        // The last token is always read: its logits choose the next one.
        let reused = common.min(ids.len() - 1);
        self.cached.truncate(reused);
        self.pending = None;
        let mut rest = &ids[reused..];
        while !rest.is_empty() {
            let most = self.backend.chunk().min(rest.len());
            let (chunk, later) = rest.split_at(pace.chunk(most).clamp(1, most));
            self.step(chunk, later.is_empty()).await?;
            rest = later;
            let done = (self.cached.len() - reused) as f32 / (ids.len() - reused) as f32;
            if pace.pause(done).await.is_break() {
                return Err(Error::Stopped);
            }
        }
        Ok(Prefill { computed: ids.len() - reused, reused })
    }

    /// Writes one token, chosen by `sampler`. A prompt must have been read.
    ///
    /// # Errors
    /// [`Error::EmptyPrompt`] when no prompt was read to its end, [`Error::ContextFull`], or a failure of the GPU.
    pub async fn next(&mut self, sampler: &mut Sampler) -> Result<u32, Error> {
        if let Some(id) = self.pending.take() {
            self.step(&[id], true).await?;
        }
        if !self.has_logits {
            return Err(Error::EmptyPrompt);
        }
        let id = if sampler.is_plain_greedy() {
            self.backend.argmax()
        } else {
            sampler.sample(self.backend.logits().await?)
        };
        self.pending = Some(id);
        Ok(id)
    }

    /// The logits that the next token will be chosen from, one per token of the vocabulary.
    ///
    /// # Errors
    /// As [`Self::next`].
    pub async fn logits(&mut self) -> Result<Vec<f32>, Error> {
        if !self.has_logits {
            return Err(Error::EmptyPrompt);
        }
        self.backend.logits().await
    }

    /// Perplexity of a text: `exp` of the mean surprise at each token after the first, one token at a time.
    ///
    /// # Errors
    /// As [`Self::prefill`].
    pub async fn perplexity(&mut self, ids: &[u32]) -> Result<f64, Error> {
        self.check(ids)?;
        self.cached.clear();
        let mut surprise = 0.0;
        for pair in ids.windows(2) {
            self.step(&pair[..1], true).await?;
            let logits = self.backend.logits().await?;
            let max = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let total: f64 = logits.iter().map(|logit| f64::from(logit - max).exp()).sum();
            surprise += total.ln() - f64::from(logits[pair[1] as usize] - max);
        }
        Ok((surprise / (ids.len() - 1).max(1) as f64).exp())
    }

    async fn step(&mut self, ids: &[u32], logits: bool) -> Result<(), Error> {
        let pos = self.cached.len();
        if pos + ids.len() > self.context {
            return Err(Error::ContextFull { needed: pos + ids.len(), context: self.context });
        }
        self.has_logits = false;
        self.backend.step(ids, pos, logits).await?;
        self.cached.extend(ids);
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
