//! A loaded language model: text in, text out.

use crate::desk::{Desk, Lent, Turn};
use crate::error::Error;
use crate::language_model::{CompletionOptions, Finish, LanguageModel, Prompt};
use decoder::{Decoder, GenerateOptions, Sampler, Scheduler, SequenceOptions, Step};
use gguf::Gguf;
use prompt::{ChatTemplate, Detokenizer, Special, Tokenizer};
use std::cell::Cell;
use std::future::poll_fn;
use std::ops::ControlFlow;
use std::task::Poll;

/// A decoder with the tokenizer and the chat template of the same file.
pub struct Model {
    desk: Desk,
    context: usize,
    /// Completions that the device writes side by side at most, and those that it does in time.
    most: usize,
    width: Cell<usize>,
    adapters: Vec<String>,
    tokenizer: Tokenizer,
    /// None for a base model.
    template: Option<ChatTemplate>,
    clock: fn() -> f64,
    usage: Cell<Usage>,
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
        let most = decoder.width();
        Ok(Self {
            context: decoder.context(),
            most,
            width: Cell::new(most.min(wide_enough(decoder.weight_bytes()))),
            adapters: decoder.adapters().to_vec(),
            desk: Desk::new(decoder),
            tokenizer,
            template,
            clock,
            usage: Cell::default(),
        })
    }

    /// Tokens that `text` makes.
    #[must_use]
    pub fn count_tokens(&self, text: &str) -> usize {
        self.tokenizer.count(text)
    }

    /// What the model did since the last call; counting starts anew.
    pub fn take_usage(&self) -> Usage {
        self.usage.take()
    }

    /// What the model did since [`Self::take_usage`].
    #[must_use]
    pub fn usage(&self) -> Usage {
        self.usage.get()
    }

    /// Continues a prompt. `on_text` receives the answer in pieces of whole characters and says
    /// when it is enough. Several completions at once share the model's steps, where the device
    /// lets them.
    ///
    /// `scheduler` runs between the chunks of the prompt and between tokens.
    ///
    /// # Errors
    /// When the prompt cannot be made or does not fit, the device fails, or `scheduler` stops the
    /// work ([`decoder::Error::Stopped`]).
    pub async fn complete(
        &self,
        prompt: Prompt<'_>,
        options: &CompletionOptions,
        on_text: &mut dyn FnMut(&str) -> ControlFlow<()>,
        scheduler: &impl Scheduler,
    ) -> Result<Finish, Error> {
        self.resume(prompt, options, &mut Vec::new(), on_text, scheduler).await
    }

    /// Goes on with a completion that ended with an error or was dropped, also that of another
    /// [`Model`] of the same file. `written` holds the tokens whose text was given out, and gets those
    /// that come to it; `on_text` receives the answer from there on: all in all it is the same.
    ///
    /// # Errors
    /// As [`Self::complete`].
    pub async fn resume(
        &self,
        prompt: Prompt<'_>,
        options: &CompletionOptions,
        written: &mut Vec<u32>,
        on_text: &mut dyn FnMut(&str) -> ControlFlow<()>,
        scheduler: &impl Scheduler,
    ) -> Result<Finish, Error> {
        let mut ids = self.prompt_ids(prompt, &options.prefix)?;
        let mut sampler = Sampler::new(options.sampler.clone());
        ids.iter().for_each(|&id| sampler.observe(id));
        written.iter().for_each(|&id| sampler.accept(id));
        let max_tokens = options.max_tokens.min(self.context.saturating_sub(ids.len()));
        ids.extend(&*written);
        let max_tokens = max_tokens.saturating_sub(written.len());
        let sequence = SequenceOptions { adapter: options.adapter.clone(), sampler, max_tokens };
        let mut output = Output::new(self, written, max_tokens, on_text);
        let seat = self.desk.sit(ids, sequence);
        if self.most > 1 {
            // Whoever comes at the same time is to be seated before anybody begins.
            next_poll().await;
        }
        // What only reads is no text to be written beside others.
        let is_single = self.most == 1 || max_tokens == 0;
        loop {
            match seat.turn().await {
                Turn::Decoder(lent) if is_single || seat.is_alone() => {
                    return self.write_alone(lent, seat.prompt(), seat.options(), output, scheduler).await;
                }
                Turn::Decoder(mut lent) => self.step(&mut lent, scheduler).await?,
                Turn::Token(id) => {
                    if let Some(finish) = output.take(id) {
                        return Ok(finish);
                    }
                }
            }
        }
    }

    /// Completions that are written side by side: as many as a step has time for, as measured, so
    /// that it can be stopped soon.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width.get()
    }

    /// Counts on from what another model did that this one goes on for.
    pub fn continue_usage(&self, usage: Usage) {
        self.usage.set(usage);
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

    /// A whole completion by itself, which drafts its tokens.
    async fn write_alone(
        &self,
        mut decoder: Lent<'_>,
        ids: &[u32],
        options: &SequenceOptions,
        mut output: Output<'_>,
        scheduler: &impl Scheduler,
    ) -> Result<Finish, Error> {
        let max_tokens = options.max_tokens;
        decoder.use_adapter(options.adapter.as_deref())?;
        decoder.reserve(ids.len().saturating_add(max_tokens)).await?;
        let mut start = (self.clock)();
        let prefill = decoder.prefill(ids, scheduler).await?;
        self.count(|usage| {
            usage.prefill_ms += (self.clock)() - start;
            usage.prompt_tokens += ids.len();
            usage.cached_tokens += prefill.reused;
        });
        if max_tokens == 0 {
            return Ok(output.end(Finish::Length));
        }
        let lookup = GenerateOptions { max_tokens, ..Default::default() };
        let mut generation = decoder.generate(options.sampler.clone(), lookup);
        start = (self.clock)();
        loop {
            let id = generation.next().await?;
            let now = (self.clock)();
            self.count(|usage| {
                usage.decode_ms += now - start;
                usage.output_tokens += 1;
                usage.first_token_at.get_or_insert(now);
            });
            start = now;
            if let Some(finish) = output.take(id) {
                return Ok(finish);
            }
            if scheduler.yield_now(1.0).await.is_break() {
                return Err(decoder::Error::Stopped.into());
            }
        }
    }

    /// One step of all completions.
    async fn step(&self, decoder: &mut Lent<'_>, scheduler: &impl Scheduler) -> Result<(), Error> {
        if scheduler.yield_now(1.0).await.is_break() {
            return Err(decoder::Error::Stopped.into());
        }
        let start = (self.clock)();
        let Step { read, chosen } = decoder.step(scheduler).await?;
        let now = (self.clock)();
        self.count(|usage| {
            let ms = if read.computed > 0 { &mut usage.prefill_ms } else { &mut usage.decode_ms };
            *ms += now - start;
            usage.prompt_tokens += read.computed + read.reused;
            usage.cached_tokens += read.reused;
            usage.output_tokens += chosen.len();
            if !chosen.is_empty() {
                usage.first_token_at.get_or_insert(now);
            }
        });
        if read.computed == 0 {
            self.width.set(next_width(self.width.get(), chosen.len(), now - start).min(self.most));
        }
        Ok(())
    }

    fn count(&self, add: impl FnOnce(&mut Usage)) {
        let mut usage = self.usage.get();
        add(&mut usage);
        self.usage.set(usage);
    }
}

/// Milliseconds that a step may take: a cancel is to take effect within 200.
const LONG_STEP_MS: f64 = 120.0;

/// Completions that a model of so many bytes of weights begins with, before any step was measured:
/// eight tokens of Gemma 3 270M take two slow threads about as long as a step may.
fn wide_enough(weight_bytes: u64) -> usize {
    match weight_bytes >> 20 {
        0..=300 => 8,
        301..=600 => 4,
        _ => 2,
    }
}

/// Completions that are to be written side by side after a step of so many took so long.
fn next_width(width: usize, texts: usize, ms: f64) -> usize {
    if ms > LONG_STEP_MS {
        width.min(texts / 2).max(1)
    } else if texts >= width && 2.5 * ms < LONG_STEP_MS {
        2 * width
    } else {
        width
    }
}

/// Lets everything else be polled once.
async fn next_poll() {
    let mut polled = false;
    poll_fn(|context| {
        context.waker().wake_by_ref();
        if std::mem::replace(&mut polled, true) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

/// What becomes of a completion's tokens.
struct Output<'o> {
    tokenizer: &'o Tokenizer,
    detokenizer: Detokenizer<'o>,
    /// Tokens that came so far.
    written: &'o mut Vec<u32>,
    /// Tokens that may still come.
    left: usize,
    on_text: &'o mut dyn FnMut(&str) -> ControlFlow<()>,
}

impl<'o> Output<'o> {
    /// Of one whose first tokens were given out before.
    fn new(
        model: &'o Model,
        written: &'o mut Vec<u32>,
        max_tokens: usize,
        on_text: &'o mut dyn FnMut(&str) -> ControlFlow<()>,
    ) -> Self {
        let mut detokenizer = Detokenizer::new(&model.tokenizer);
        written.iter().for_each(|&id| drop(detokenizer.push(id)));
        Self { tokenizer: &model.tokenizer, detokenizer, written, left: max_tokens, on_text }
    }

    /// Gives a token's text out; why the completion ends with it, if it does.
    fn take(&mut self, id: u32) -> Option<Finish> {
        if self.tokenizer.is_end(id) {
            return Some(self.end(Finish::End));
        }
        self.left = self.left.saturating_sub(1);
        self.written.push(id);
        let text = self.detokenizer.push(id);
        if !text.is_empty() && (self.on_text)(&text).is_break() {
            return Some(Finish::Enough);
        }
        (self.left == 0).then(|| self.end(Finish::Length))
    }

    /// Gives out what is left.
    fn end(&mut self, finish: Finish) -> Finish {
        let rest = std::mem::replace(&mut self.detokenizer, Detokenizer::new(self.tokenizer)).finish();
        if !rest.is_empty() {
            let _ = (self.on_text)(&rest);
        }
        finish
    }
}

impl LanguageModel for Model {
    async fn complete(
        &self,
        prompt: Prompt<'_>,
        options: &CompletionOptions,
        on_text: &mut dyn FnMut(&str) -> ControlFlow<()>,
        scheduler: &impl Scheduler,
    ) -> Result<Finish, Error> {
        Self::complete(self, prompt, options, on_text, scheduler).await
    }

    fn width(&self) -> usize {
        Self::width(self)
    }

    fn has_adapter(&self, name: &str) -> bool {
        self.adapters.iter().any(|adapter| adapter == name)
    }

    fn count_tokens(&self, text: &str) -> usize {
        Self::count_tokens(self, text)
    }

    fn context(&self) -> usize {
        self.context
    }

    fn tokens_per_second(&self) -> Option<f32> {
        let tps = self.usage.get().decode_tps();
        #[expect(clippy::cast_possible_truncation, reason = "a rate for people to read")]
        (tps > 0.0).then_some(tps as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_as_wide_as_it_has_time_for() {
        assert_eq!([90 << 20, 253 << 20, 400 << 20, 1 << 30].map(wide_enough), [8, 8, 4, 2]);
        let mut width = 8;
        for (texts, ms, expected) in [
            (8, 100.0, 8),
            (8, 130.0, 4),
            (7, 130.0, 3),
            (3, 40.0, 6),
            (2, 10.0, 6),
            (1, 500.0, 1),
            (1, 30.0, 2),
        ] {
            width = next_width(width, texts, ms);
            assert_eq!(width, expected, "{texts} {ms}");
        }
    }
}
