use super::wording;
use crate::answer::{Answer, Extent};
use crate::shorten::{self, shorten};
use crate::{CompletionOptions, Error, LanguageModel, Prompt, Wording};
use catalog::PromptStyle;
use decoder::Scheduler;
use protocol::RewriteOperation;
use std::ops::ControlFlow;

/// What is asked of a model.
pub(super) struct Request<'a> {
    /// How.
    pub(super) style: PromptStyle,
    /// For what.
    pub(super) operation: RewriteOperation,
    /// The reader's own words for it; empty for all but [`RewriteOperation::Instruction`].
    pub(super) instruction: &'a str,
    /// Of which text.
    pub(super) text: &'a str,
}

impl Request<'_> {
    /// Tokens that an answer to a text of `tokens` may have.
    fn answer_tokens(&self, tokens: usize) -> usize {
        match self.operation {
            RewriteOperation::FixGrammar | RewriteOperation::Shorter | RewriteOperation::Bullets => {
                tokens + 8
            }
            RewriteOperation::Simplify | RewriteOperation::MoreFormal | RewriteOperation::MoreCasual => {
                tokens * 3 / 2 + 16
            }
            RewriteOperation::Longer => tokens * 3 + 32,
            RewriteOperation::Instruction => tokens * 2 + 64,
        }
    }

    /// True when the longest prompt that is made of it, with its answer, fits the model's context.
    pub(super) fn fits(&self, model: &impl LanguageModel) -> bool {
        let tokens = model.count_tokens(self.text) + model.count_tokens(self.instruction);
        wording::MOST_TOKENS + tokens + self.answer_tokens(tokens) <= model.context()
    }

    /// The model's answer, cleaned but not checked. `on_text` receives it in pieces.
    ///
    /// # Errors
    /// As [`LanguageModel::complete`].
    pub(super) async fn ask<M: LanguageModel>(
        &self,
        model: &mut M,
        wording: Wording,
        on_text: &mut dyn FnMut(&str),
        scheduler: &impl Scheduler,
    ) -> Result<String, Error> {
        // A line of its own: what is wrapped is one line to the model.
        let text = if self.operation == RewriteOperation::Instruction {
            self.text.to_owned()
        } else {
            self.text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        if self.is_shortening() {
            return shorten(model, &crate::trim(&text), wording, on_text, scheduler).await;
        }
        let extent = match self.operation {
            RewriteOperation::Instruction => Extent::Whole,
            RewriteOperation::Simplify | RewriteOperation::Longer => Extent::Line,
            _ => Extent::Sentence,
        };
        let max_tokens = self.answer_tokens(model.count_tokens(&text));
        let options = CompletionOptions { max_tokens, ..CompletionOptions::default() };
        let mut answer = Answer::new(extent);
        let mut push = |piece: &str| {
            let (text, flow) = answer.push(piece);
            if !text.is_empty() {
                on_text(&text);
            }
            flow
        };
        self.complete(model, &text, wording, &options, &mut push, scheduler).await?;
        Ok(answer.text().to_owned())
    }

    /// Has the model read what stands before every text with [`Wording::Examples`].
    ///
    /// # Errors
    /// As [`LanguageModel::complete`].
    pub(super) async fn prepare<M: LanguageModel>(
        &self,
        model: &mut M,
        scheduler: &impl Scheduler,
    ) -> Result<(), Error> {
        if self.is_shortening() {
            return shorten::prepare(model, scheduler).await;
        }
        let options = CompletionOptions { max_tokens: 0, ..CompletionOptions::default() };
        let unheard = &mut |_: &str| ControlFlow::Continue(());
        self.complete(model, "", Wording::Examples, &options, unheard, scheduler).await
    }

    /// Whether it is asked for in the words that summaries use, too.
    fn is_shortening(&self) -> bool {
        let shortens = matches!(self.operation, RewriteOperation::Shorter | RewriteOperation::Bullets);
        shortens && self.style == PromptStyle::Chat
    }

    async fn complete<M: LanguageModel>(
        &self,
        model: &mut M,
        text: &str,
        wording: Wording,
        options: &CompletionOptions,
        on_text: &mut dyn FnMut(&str) -> ControlFlow<()>,
        scheduler: &impl Scheduler,
    ) -> Result<(), Error> {
        let Self { operation, instruction, .. } = *self;
        match self.style {
            PromptStyle::Chat => {
                let messages = wording::messages(operation, instruction, text, wording);
                model.complete(Prompt::Chat(&messages), options, on_text, scheduler).await?;
            }
            PromptStyle::Text => {
                let prompt = wording::text(operation, instruction, text, wording);
                model.complete(Prompt::Text(&prompt), options, on_text, scheduler).await?;
            }
        }
        Ok(())
    }
}
