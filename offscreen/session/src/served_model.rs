//! A model on a server of the reader's, as a task sees it.

use crate::reply::{FIRST_SECONDS, accepted};
use crate::served::Served;
use crate::{Error, Platform, Reply, ServerRequest};
use decoder::Scheduler;
use prompt::{Message, Role};
use server::{Ask, End, Piece, Turn};
use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;
use tasks::{CompletionOptions, Finish, LanguageModel, Prompt, Usage};

/// What is waited for the next piece of an answer that has begun.
const NEXT_SECONDS: u32 = 30;

/// Asks a server. Each completion is a request of its own, and ends with the reader's cancel or when
/// the task has enough.
pub(crate) struct ServedModel<'a, P: Platform> {
    platform: &'a P,
    served: &'a Served,
    /// Called before anything is sent.
    on_ask: &'a dyn Fn(),
    /// Whether the server goes on with a begun answer, as far as is known.
    continues: Cell<bool>,
    usage: Cell<Usage>,
    /// What the server did instead: the task knows only that it was stopped.
    failure: RefCell<Option<Error>>,
}

impl<'a, P: Platform> ServedModel<'a, P> {
    pub(crate) fn new(platform: &'a P, served: &'a Served, on_ask: &'a dyn Fn()) -> Self {
        let continues = Cell::new(true);
        Self { platform, served, on_ask, continues, usage: Cell::default(), failure: RefCell::default() }
    }

    /// What it took, as far as the server counts, and why the task was stopped, if it was.
    pub(crate) fn into_parts(self) -> (Usage, Option<&'static str>, Option<Error>) {
        let note = "The server does not go on with an answer that was begun for it: prompts go without it.";
        (self.usage.get(), (!self.continues.get()).then_some(note), self.failure.into_inner())
    }

    async fn answer(
        &self,
        prompt: Prompt<'_>,
        options: &CompletionOptions,
        on_text: &mut dyn FnMut(&str) -> ControlFlow<()>,
        scheduler: &impl Scheduler,
    ) -> Result<Finish, Error> {
        // What only has a prompt read ahead has no use here.
        if options.max_tokens == 0 {
            return Ok(Finish::Length);
        }
        let Prompt::Chat(messages) = prompt else {
            return Err(Error::Input("a text that a server is to go on with"));
        };
        (self.on_ask)();
        let start = P::now();
        let (request, mut reply) = self.ask(messages, options, scheduler).await?;
        let failed = |error| request.failed(error);
        let mut answer = server::Answer::new(if self.continues.get() { &options.prefix } else { "" });
        let mut begun = None;
        let end = loop {
            let seconds = if begun.is_some() { NEXT_SECONDS } else { FIRST_SECONDS };
            let bytes = if answer.is_over() { None } else { reply.next(seconds, scheduler).await? };
            let (pieces, end) = match bytes {
                Some(bytes) => (answer.push(&bytes).map_err(failed)?, None),
                None => {
                    let (pieces, end) = answer.finish().map_err(failed)?;
                    answer = server::Answer::new("");
                    (pieces, Some(end))
                }
            };
            for piece in pieces {
                match piece {
                    Piece::Text(text) => {
                        let now = *begun.get_or_insert_with(P::now);
                        let mut usage = self.usage.get();
                        usage.first_token_at.get_or_insert(now);
                        self.usage.set(usage);
                        if on_text(&text).is_break() {
                            return Ok(Finish::Enough);
                        }
                    }
                    Piece::Usage(usage) => self.count(usage, start, begun),
                }
            }
            if let Some(end) = end {
                break end;
            }
            if scheduler.yield_now(1.0).await.is_break() {
                return Err(Error::Stopped);
            }
        };
        Ok(match end {
            End::Stop => Finish::End,
            End::Length => Finish::Length,
        })
    }

    /// Sends a conversation. Servers that refuse one which ends with the beginning of an answer get no
    /// other such.
    async fn ask(
        &self,
        messages: &[Message],
        options: &CompletionOptions,
        scheduler: &impl Scheduler,
    ) -> Result<(ServerRequest, P::Reply), Error> {
        loop {
            let is_begun = self.continues.get() && !options.prefix.is_empty();
            let begun = Turn { role: "assistant", content: &options.prefix };
            let ask = Ask {
                model: &self.served.model,
                turns: messages.iter().map(turn).chain(is_begun.then_some(begun)).collect(),
                max_tokens: options.max_tokens,
                temperature: options.sampler.temperature,
                top_p: options.sampler.top_p,
                seed: options.sampler.seed,
            };
            let request = ServerRequest {
                host: self.served.endpoint.host().to_owned(),
                url: self.served.endpoint.completions(),
                body: Some(ask.to_json()),
            };
            let mut reply = self.platform.ask(&request, FIRST_SECONDS, scheduler).await?;
            match accepted(&request, &mut reply, Some(&self.served.model), scheduler).await {
                Ok(()) => return Ok((request, reply)),
                Err(Error::Server { error: server::Error::Refused { status: 400..=499, words }, .. })
                    if is_begun =>
                {
                    log::info!(target: "session::server", "a begun answer was refused: {words}");
                    self.continues.set(false);
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Counts what a completion took, whose times are of no use without.
    fn count(&self, counted: server::Usage, start: f64, begun: Option<f64>) {
        let count = |tokens: u32| usize::try_from(tokens).unwrap_or(usize::MAX);
        let begun = begun.unwrap_or_else(P::now);
        let mut usage = self.usage.get();
        usage.prompt_tokens += count(counted.prompt);
        usage.cached_tokens += count(counted.cached);
        usage.output_tokens += count(counted.output);
        usage.prefill_ms += begun - start;
        usage.decode_ms += P::now() - begun;
        self.usage.set(usage);
    }
}

fn turn(message: &Message) -> Turn<'_> {
    let role = match message.role {
        Role::System => "system",
        Role::User => "user",
        Role::Assistant => "assistant",
    };
    Turn { role, content: &message.content }
}

impl<P: Platform> LanguageModel for ServedModel<'_, P> {
    async fn complete(
        &self,
        prompt: Prompt<'_>,
        options: &CompletionOptions,
        on_text: &mut dyn FnMut(&str) -> ControlFlow<()>,
        scheduler: &impl Scheduler,
    ) -> Result<Finish, tasks::Error> {
        self.answer(prompt, options, on_text, scheduler).await.map_err(|error| {
            if !error.is_stop() {
                self.failure.replace(Some(error));
            }
            decoder::Error::Stopped.into()
        })
    }

    /// An estimate, on the safe side for most: no token is expected to be shorter than three bytes on
    /// average.
    fn count_tokens(&self, text: &str) -> usize {
        text.len().div_ceil(3)
    }

    fn context(&self) -> usize {
        usize::try_from(self.served.room()).unwrap_or(usize::MAX)
    }

    fn tokens_per_second(&self) -> Option<f32> {
        let tps = self.usage.get().decode_tps();
        #[expect(clippy::cast_possible_truncation, reason = "a rate for people to read")]
        (tps > 0.0).then_some(tps as f32)
    }
}
