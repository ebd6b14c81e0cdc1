//! Asking a model for another version of a text.

use super::operation;
use super::prompts;
use crate::answer::Extent;
use crate::error::Error;
use crate::language_model::LanguageModel;
use crate::question::{Lesson, Question, lesson};
use crate::run::Run;
use crate::shorten::trim::trim;
use crate::shorten::{self, shorten};
use crate::wording::Wording;
use catalog::PromptStyle;
use decoder::Scheduler;
use protocol::RewriteOperation;

/// What is asked of a model.
pub(super) struct Request<'a> {
    pub(super) operation: RewriteOperation,
    /// The reader's own words for it; empty for all but [`RewriteOperation::Instruction`].
    pub(super) instruction: &'a str,
    pub(super) text: &'a str,
}

/// What the model was taught of an operation, if anything.
pub(super) fn taught(model: &impl LanguageModel, operation: RewriteOperation) -> Option<&'static Lesson> {
    lesson(model, operation::job(operation)?)
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

    /// Whether the longest prompt that is made of it, with its answer, fits the model's context.
    pub(super) fn fits(&self, model: &impl LanguageModel) -> bool {
        let tokens = model.count_tokens(self.text) + model.count_tokens(self.instruction);
        prompts::MOST_TOKENS + tokens + self.answer_tokens(tokens) <= model.context()
    }

    /// The model's answer, cleaned but not checked.
    pub(super) async fn ask(
        &self,
        run: &mut Run<'_, impl LanguageModel, impl Scheduler>,
        wording: Wording,
    ) -> Result<String, Error> {
        // A line of its own: what is wrapped is one line to the model.
        let text = if self.operation == RewriteOperation::Instruction {
            self.text.to_owned()
        } else {
            self.text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        if self.is_shortening(run.profile.style) {
            return shorten(run, &trim(&text), wording).await;
        }
        let extent = match self.operation {
            RewriteOperation::Instruction => Extent::Whole,
            RewriteOperation::Simplify | RewriteOperation::Longer => Extent::Line,
            _ => Extent::Sentence,
        };
        let max_tokens = self.answer_tokens(run.model.count_tokens(&text));
        let question = match taught(run.model, self.operation).filter(|_| wording == Wording::Taught) {
            Some(lesson) => lesson.question(&text),
            None => self.question(run.profile.style, &text, wording),
        };
        run.ask(&question, max_tokens, extent).await
    }

    /// Has the model read what stands before every text with [`Wording::Examples`].
    pub(super) async fn prepare(
        &self,
        run: &mut Run<'_, impl LanguageModel, impl Scheduler>,
    ) -> Result<(), Error> {
        if taught(run.model, self.operation).is_some() {
            // The little that stands before the text is read with it.
            return Ok(());
        }
        if self.is_shortening(run.profile.style) {
            return shorten::prepare(run).await;
        }
        run.prefill(&self.question(run.profile.style, "", Wording::Examples)).await
    }

    /// Whether it is asked for in the words that summaries use, too.
    fn is_shortening(&self, style: PromptStyle) -> bool {
        let shortens = matches!(self.operation, RewriteOperation::Shorter | RewriteOperation::Bullets);
        shortens && style == PromptStyle::Chat
    }

    fn question(&self, style: PromptStyle, text: &str, wording: Wording) -> Question {
        let Self { operation, instruction, .. } = *self;
        match style {
            PromptStyle::Chat => Question::chat(prompts::messages(operation, instruction, text, wording)),
            PromptStyle::Text => Question::text(prompts::text(operation, instruction, text, wording)),
        }
    }
}
