//! A loaded language model: text in, text out.

use crate::error::Error;
use crate::language_model::{CompletionOptions, Finish, LanguageModel, Prompt};
use decoder::{Decoder, GenerateOptions, Sampler, Scheduler};
use gguf::Gguf;
use prompt::{ChatTemplate, Detokenizer, Special, Tokenizer};
use std::ops::ControlFlow;

/// A decoder with the tokenizer and the chat template of the same file.
pub struct Model {
    decoder: Decoder,
    tokenizer: Tokenizer,
    /// None for a base model.
    template: Option<ChatTemplate>,
    clock: fn() -> f64,
    usage: Usage,
    output_ids: Vec<u32>,
}

/// What the model did since [`Model::take_usage`] was last called. Times are in milliseconds of the
/// model's clock.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Usage {
    /// Tokens of the prompts.
    pub prompt_tokens: usize,
    /// Of those, tokens that were in the cache already.
    pub cached_tokens: usize,
    /// Tokens decoded.
    pub output_tokens: usize,
    /// Time spent on prefill.
    pub prefill_ms: f64,
    /// Time spent on decoding.
    pub decode_ms: f64,
    /// When the first token was there: a moment on the model's clock.
    pub first_token_at: Option<f64>,
}

impl Usage {
    /// Tokens read a second, without those that were cached; 0 when none were read.
    #[must_use]
    pub fn prefill_tps(&self) -> f64 {
        rate(self.prompt_tokens - self.cached_tokens, self.prefill_ms)
    }

    /// Tokens decoded a second; 0 when none were.
    #[must_use]
    pub fn decode_tps(&self) -> f64 {
        rate(self.output_tokens, self.decode_ms)
    }
}

fn rate(tokens: usize, ms: f64) -> f64 {
    if ms > 0.0 { tokens as f64 * 1000.0 / ms } else { 0.0 }
}

impl Model {
    /// A loaded decoder with what else its file's header holds. `clock` tells milliseconds from any
    /// fixed moment.
    ///
    /// # Errors
    /// When the tokenizer or the chat template cannot be used. A file without a template is a base
    /// model.
    pub fn new(header: &Gguf, decoder: Decoder, clock: fn() -> f64) -> Result<Self, prompt::Error> {
        let tokenizer = Tokenizer::from_gguf(header)?;
        let template = match ChatTemplate::from_gguf(header) {
            Err(prompt::Error::NoTemplate) => None,
            template => Some(template?),
        };
        Ok(Self { decoder, tokenizer, template, clock, usage: Usage::default(), output_ids: Vec::new() })
    }

    /// The decoder's numbers.
    #[must_use]
    pub fn decoder(&self) -> &Decoder {
        &self.decoder
    }

    /// Tokens that `text` makes.
    #[must_use]
    pub fn count_tokens(&self, text: &str) -> usize {
        self.tokenizer.count(text)
    }

    /// What the model did since the last call; counting starts anew.
    pub fn take_usage(&mut self) -> Usage {
        std::mem::take(&mut self.usage)
    }

    /// What the model did since [`Self::take_usage`].
    #[must_use]
    pub fn usage(&self) -> &Usage {
        &self.usage
    }

    /// Continues a prompt. `on_text` receives the answer in pieces of whole characters and says
    /// when it is enough.
    ///
    /// `scheduler` runs between the chunks of the prompt and between tokens; its progress is that
    /// of reading the prompt.
    ///
    /// # Errors
    /// When the prompt cannot be made or does not fit, the device fails, or `scheduler` stops the
    /// work ([`decoder::Error::Stopped`]).
    pub async fn complete(
        &mut self,
        prompt: Prompt<'_>,
        options: &CompletionOptions,
        on_text: &mut dyn FnMut(&str) -> ControlFlow<()>,
        scheduler: &impl Scheduler,
    ) -> Result<Finish, Error> {
        self.resume(prompt, options, &[], on_text, scheduler).await
    }

    /// Goes on with a completion that ended with an error, also that of another [`Model`] of the
    /// same file: `output_ids` is what its [`Self::output_ids`] was. `on_text` receives the answer from
    /// there on; all in all it is the same.
    ///
    /// # Errors
    /// As [`Self::complete`].
    pub async fn resume(
        &mut self,
        prompt: Prompt<'_>,
        options: &CompletionOptions,
        output_ids: &[u32],
        on_text: &mut dyn FnMut(&str) -> ControlFlow<()>,
        scheduler: &impl Scheduler,
    ) -> Result<Finish, Error> {
        self.output_ids = output_ids.to_vec();
        self.decoder.use_adapter(options.adapter.as_deref())?;
        let mut ids = self.prompt_ids(prompt, &options.prefix)?;
        let mut sampler = Sampler::new(options.sampler.clone());
        ids.iter().for_each(|&id| sampler.observe(id));
        output_ids.iter().for_each(|&id| sampler.accept(id));
        self.decoder.reserve(ids.len().saturating_add(options.max_tokens)).await?;
        let room = self.decoder.context().saturating_sub(ids.len());
        ids.extend(output_ids);
        self.prefill(&ids, scheduler).await?;
        self.decode(sampler, options.max_tokens.min(room), on_text, scheduler).await
    }

    /// The tokens of the last completion whose text was given out, for [`Self::resume`].
    #[must_use]
    pub fn output_ids(&self) -> &[u32] {
        &self.output_ids
    }

    /// Counts on from what another model did that this one goes on for.
    pub fn continue_usage(&mut self, usage: Usage) {
        self.usage = usage;
    }

    fn prompt_ids(&self, prompt: Prompt<'_>, prefix: &str) -> Result<Vec<u32>, prompt::Error> {
        match prompt {
            Prompt::Chat(messages) => {
                let template = self.template.as_ref().ok_or(prompt::Error::NoTemplate)?;
                prompt::chat_ids(&self.tokenizer, template, messages, prefix)
            }
            Prompt::Text(text) => {
                Ok(self.tokenizer.encode_with_bos(&format!("{text}{prefix}"), Special::AsText))
            }
        }
    }

    async fn prefill(&mut self, ids: &[u32], scheduler: &impl Scheduler) -> Result<(), Error> {
        let start = (self.clock)();
        let prefill = self.decoder.prefill(ids, scheduler).await?;
        self.usage.prefill_ms += (self.clock)() - start;
        self.usage.prompt_tokens += ids.len();
        self.usage.cached_tokens += prefill.reused;
        Ok(())
    }

    async fn decode(
        &mut self,
        sampler: Sampler,
        max_tokens: usize,
        on_text: &mut dyn FnMut(&str) -> ControlFlow<()>,
        scheduler: &impl Scheduler,
    ) -> Result<Finish, Error> {
        let mut detokenizer = Detokenizer::new(&self.tokenizer);
        // Their text was given out.
        self.output_ids.iter().for_each(|&id| drop(detokenizer.push(id)));
        let max_tokens = max_tokens.saturating_sub(self.output_ids.len());
        let mut generation =
            self.decoder.generate(sampler, GenerateOptions { max_tokens, ..Default::default() });
        let mut finish = Finish::Length;
        let mut start = (self.clock)();
        for _ in 0..max_tokens {
            let id = generation.next().await?;
            let now = (self.clock)();
            self.usage.decode_ms += now - start;
            start = now;
            self.usage.output_tokens += 1;
            self.usage.first_token_at.get_or_insert(now);
            if self.tokenizer.is_end(id) {
                finish = Finish::End;
                break;
            }
            let text = detokenizer.push(id);
            self.output_ids.push(id);
            if !text.is_empty() && on_text(&text).is_break() {
                return Ok(Finish::Enough);
            }
            if scheduler.yield_now(1.0).await.is_break() {
                return Err(decoder::Error::Stopped.into());
            }
        }
        let rest = detokenizer.finish();
        if !rest.is_empty() {
            let _ = on_text(&rest);
        }
        Ok(finish)
    }
}

impl LanguageModel for Model {
    async fn complete(
        &mut self,
        prompt: Prompt<'_>,
        options: &CompletionOptions,
        on_text: &mut dyn FnMut(&str) -> ControlFlow<()>,
        scheduler: &impl Scheduler,
    ) -> Result<Finish, Error> {
        Self::complete(self, prompt, options, on_text, scheduler).await
    }

    fn has_adapter(&self, name: &str) -> bool {
        self.decoder.adapters().iter().any(|adapter| adapter == name)
    }

    fn count_tokens(&self, text: &str) -> usize {
        Self::count_tokens(self, text)
    }

    fn context(&self) -> usize {
        self.decoder.context()
    }

    fn tokens_per_second(&self) -> Option<f32> {
        let tps = self.usage.decode_tps();
        #[expect(clippy::cast_possible_truncation, reason = "a rate for people to read")]
        (tps > 0.0).then_some(tps as f32)
    }
}
