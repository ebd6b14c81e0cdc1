//! A loaded model with its text: prefill, and measuring how well a text is predicted.

use crate::adapter::{self, Base};
use crate::backend::{Backend, Device, SET_ASIDE};
use crate::lookup::{Lookup, LookupStats};
use crate::sequence::{Batch, common};
use crate::{Config, Error, Sampler, Scheduler, Source, family, load};
use gguf::Gguf;

/// A loaded model with a text, whose keys and values it keeps.
pub struct Decoder {
    config: Config,
    pub(crate) backend: Backend,
    /// Their names, in the order in which the backend has them.
    adapters: Vec<String>,
    /// The one at work.
    adapter: Option<usize>,
    context: usize,
    /// The prompt and what was decoded after it, in order.
    pub(crate) text: Vec<u32>,
    /// How many of them have keys and values in the KV cache: all but at most the last, which is
    /// chosen before it is computed.
    pub(crate) cached: usize,
    /// The backend's logits are those after the last token in the KV cache.
    pub(crate) has_logits: bool,
    /// What was computed with the adapter that was at work before.
    aside: Aside,
    pub(crate) lookup: Lookup,
    /// What [`Scheduler::prefill_chunk`] remembers of this model's speed.
    pub(crate) preferred_chunk: usize,
    /// Tokens of the largest chunk so far, whose kernels are compiled.
    prepared: usize,
    /// The texts beside this one.
    pub(crate) batch: Batch,
}

/// A text whose keys and values the backend has set aside.
#[derive(Default)]
struct Aside {
    /// The adapter that they were computed with.
    adapter: Option<usize>,
    text: Vec<u32>,
}

/// What a prefill took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prefill {
    /// Tokens computed.
    pub computed: usize,
    /// Tokens that were in the KV cache already.
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
    /// Loads a model onto a device, for texts of up to `context` tokens (fewer where the model was
    /// trained for fewer).
    ///
    /// # Errors
    /// For files that are not a supported model, unreadable sources, GPUs that refuse, or
    /// [`Error::Stopped`].
    pub async fn load(
        gguf: &Gguf,
        source: &mut impl Source,
        device: Device,
        context: usize,
        scheduler: &impl Scheduler,
    ) -> Result<Self, Error> {
        let (config, plan) = family::plan(gguf)?;
        let context = context.min(config.context);
        let backend = load::load(gguf, plan, source, device, context, scheduler).await?;
        Ok(Self {
            config,
            backend,
            adapters: Vec::new(),
            adapter: None,
            context,
            text: Vec::new(),
            cached: 0,
            has_logits: false,
            aside: Aside::default(),
            lookup: Lookup::new(),
            preferred_chunk: 0,
            prepared: 0,
            batch: Batch::default(),
        })
    }

    /// What the file states of the model.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Tokens that a text may have, prompt and answer together.
    #[must_use]
    pub fn context(&self) -> usize {
        self.context
    }

    /// Bytes of weights on the device: about what decoding one token reads.
    #[must_use]
    pub fn weight_bytes(&self) -> u64 {
        self.backend.weight_bytes()
    }

    /// Whether the model is in a GPU's memory.
    #[must_use]
    pub fn is_on_gpu(&self) -> bool {
        matches!(self.backend, Backend::Gpu(_))
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

    /// Makes room for texts of `positions` tokens, at most [`Self::context`]. Prefill and decode
    /// make it as they need it, but in more and smaller pieces.
    ///
    /// # Errors
    /// When the GPU has no memory left.
    pub async fn reserve(&mut self, positions: usize) -> Result<(), Error> {
        self.backend.reserve(positions.min(self.context)).await
    }

    /// Compiles what prefill of so many tokens at a time needs and is not compiled: until then the
    /// first step of so many would wait for the compiler.
    ///
    /// # Errors
    /// When a GPU's compiler refuses a kernel, or [`Error::Stopped`].
    pub async fn prepare(&self, tokens: usize, scheduler: &impl Scheduler) -> Result<(), Error> {
        load::wait(self.backend.compile(tokens.min(self.backend.chunk())), scheduler).await
    }

    /// Places an adapter beside the weights, under this name; one of the same name is replaced.
    /// `sha256` is that of the model's file in hexadecimal, where it is known: an adapter that names
    /// another is refused. Nothing changes until [`Self::use_adapter`].
    ///
    /// # Errors
    /// [`Error::NoAdapter`], [`Error::OtherBase`] and [`Error::AdapterTensor`] for a file that does
    /// not fit; [`Error::Gguf`], [`Error::Read`]; when the GPU refuses, or [`Error::Stopped`].
    pub async fn add_adapter(
        &mut self,
        name: &str,
        header: &Gguf,
        source: &mut impl Source,
        sha256: Option<&str>,
        scheduler: &impl Scheduler,
    ) -> Result<(), Error> {
        let base = Base { family: &self.config.family, sha256, weights: self.backend.weights() };
        let updates = adapter::read(header, source, &base)?;
        if self.adapters.iter().any(|known| known == name) {
            // What was computed with the other would be taken for this one's.
            self.use_adapter(None)?;
            self.aside = Aside::default();
        }
        let index = self.adapters.iter().position(|known| known == name).unwrap_or(self.adapters.len());
        load::wait(self.backend.set_adapter(index, &updates)?, scheduler).await?;
        if index == self.adapters.len() {
            self.adapters.push(name.to_owned());
        }
        Ok(())
    }

    /// Has the adapter of this name at work from now on, or none. Keys and values are of the adapter
    /// that they were computed with, so the text is set aside, or the beginning of a long one, until
    /// that one is at work again; no more than one text is.
    ///
    /// # Errors
    /// [`Error::UnknownAdapter`]; when the GPU refuses.
    pub fn use_adapter(&mut self, name: Option<&str>) -> Result<(), Error> {
        let adapter = self.find_adapter(name)?;
        self.set_adapter(adapter)
    }

    /// The number of the adapter of this name.
    pub(crate) fn find_adapter(&self, name: Option<&str>) -> Result<Option<usize>, Error> {
        let find = |name: &str| {
            let index = self.adapters.iter().position(|known| known == name);
            index.ok_or_else(|| Error::UnknownAdapter(name.to_owned()))
        };
        name.map(find).transpose()
    }

    /// As [`Self::use_adapter`], by its number.
    pub(crate) fn set_adapter(&mut self, adapter: Option<usize>) -> Result<(), Error> {
        if adapter != self.adapter {
            let aside = std::mem::take(&mut self.aside);
            let mut text = std::mem::take(&mut self.text);
            text.truncate(self.cached.min(SET_ASIDE));
            self.truncate(0);
            self.backend.use_adapter(adapter)?;
            if aside.adapter == adapter {
                self.cached = aside.text.len();
                self.text = aside.text;
            }
            self.aside = Aside { adapter: self.adapter, text };
            self.adapter = adapter;
            // It may need kernels of its own.
            self.batch.prepared = 0;
        }
        Ok(())
    }

    /// The names of the adapters that were added.
    #[must_use]
    pub fn adapters(&self) -> &[String] {
        &self.adapters
    }

    /// What became of the drafts of all texts so far.
    #[must_use]
    pub fn lookup(&self) -> LookupStats {
        self.lookup.stats()
    }

    /// Computes a prompt, chunk by chunk. The longest prefix that is still in the KV cache is kept,
    /// the rest of the cache dropped: of what was decoded last, all but the last token costs
    /// nothing.
    ///
    /// # Errors
    /// [`Error::EmptyPrompt`], [`Error::Token`], [`Error::ContextFull`] when no position is left to
    /// decode; [`Error::Stopped`] when `scheduler` says so: what was computed stays in the KV
    /// cache.
    pub async fn prefill(&mut self, ids: &[u32], scheduler: &impl Scheduler) -> Result<Prefill, Error> {
        self.check(ids)?;
        self.reserve(ids.len() + 1).await?;
        let common = common(&self.text[..self.cached], ids);
        // The last token is always computed: its logits choose the next one.
        let reused = common.min(ids.len() - 1);
        self.truncate(reused);
        let mut rest = &ids[reused..];
        while !rest.is_empty() {
            let most = self.backend.chunk().min(rest.len());
            let (chunk, later) =
                rest.split_at(scheduler.prefill_chunk(&mut self.preferred_chunk, most).clamp(1, most));
            if chunk.len() > self.prepared {
                // Larger than any before, it may need kernels that nothing has needed yet.
                self.prepare(chunk.len(), scheduler).await?;
                self.prepared = chunk.len();
            }
            self.forward(chunk, later.is_empty()).await?;
            rest = later;
            let done = (self.cached - reused) as f32 / (ids.len() - reused) as f32;
            if scheduler.yield_now(done).await.is_break() {
                return Err(Error::Stopped);
            }
        }
        Ok(Prefill { computed: ids.len() - reused, reused })
    }

    /// The logits that the next token will be chosen from, one per token of the vocabulary.
    ///
    /// # Errors
    /// [`Error::EmptyPrompt`] when no prompt was computed to its end, or tokens were decoded since;
    /// or a failure of the GPU.
    pub async fn logits(&mut self) -> Result<Vec<f32>, Error> {
        if !self.has_logits {
            return Err(Error::EmptyPrompt);
        }
        self.backend.logits().await
    }

    /// Perplexity of a text: `exp` of the mean surprise at its tokens, of which the first is given.
    ///
    /// The text is computed in chunks, as prompts are, and the token after each chunk is predicted;
    /// `passes` times, from the beginning, with a first chunk that is longer each time. Chunks of
    /// one token and one pass predict every token; so do as many passes as a chunk has tokens, by
    /// what prefills a prompt of that length.
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
            self.truncate(0);
            let mut end = (chunk * pass).div_ceil(passes);
            while end < ids.len() {
                let most = self.backend.chunk();
                for part in ids[self.cached..end].chunks(most) {
                    self.forward(part, self.cached + part.len() == end).await?;
                }
                surprise += surprise_at(&self.backend.logits().await?, ids[end]);
                positions += 1;
                end += chunk;
            }
        }
        Ok(Perplexity { value: (surprise / f64::from(positions.max(1))).exp(), positions })
    }

    /// Verifies a draft of these tokens after the text, and forgets it: what a
    /// [`Generation`](crate::Generation) does with drafts, by itself so that it can be measured.
    /// The logits are lost. Gives what would have been chosen, up to the first token that differs.
    ///
    /// # Errors
    /// As [`Self::prefill`].
    pub async fn verify(&mut self, ids: &[u32], sampler: &Sampler) -> Result<Vec<u32>, Error> {
        self.check(ids)?;
        if self.cached + ids.len() > self.context {
            return Err(Error::ContextFull { needed: self.cached + ids.len(), context: self.context });
        }
        self.reserve(self.cached + ids.len()).await?;
        self.has_logits = false;
        self.backend.verify(ids, self.cached, sampler).await
    }

    /// Keeps the first `len` tokens of the text, all of them in the KV cache.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.text.truncate(len);
        self.cached = len;
        self.has_logits = false;
    }

    /// Computes tokens after the text, all of which is in the KV cache.
    pub(crate) async fn forward(&mut self, ids: &[u32], logits: bool) -> Result<(), Error> {
        self.has_logits = false;
        self.backend.forward(ids, self.cached, logits).await?;
        self.text.extend(ids);
        self.cached = self.text.len();
        self.has_logits = logits;
        Ok(())
    }

    /// Whether there are such tokens, and room for them and one more.
    pub(crate) fn check(&self, ids: &[u32]) -> Result<(), Error> {
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
