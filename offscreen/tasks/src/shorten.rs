//! Asking a tiny model for a shorter version of one sentence.

pub(crate) mod trim;
pub(crate) mod verify;

use crate::answer::Answer;
use crate::{CompletionOptions, Error, LanguageModel, Prompt};
use decoder::Scheduler;
use prompt::{Message, Role};
use std::ops::ControlFlow;

/// How the model is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// The plain request.
    Plain,
    /// The request after two turns that show how it is answered.
    Examples,
}

/// Shown before the request: leave side remarks out, keep the subject, the negation and the hedge.
const EXAMPLES: [(&str, &str); 2] = [
    (
        "The town library, which opened its doors in 1932 and lends thousands of books every week, will not close before the end \
         of next year, according to a plan published on Friday.",
        "The town library will not close before the end of next year.",
    ),
    (
        "Children who read for at least half an hour every evening may learn new words faster than those who do not, a recent \
         survey of teachers in 40 schools has found.",
        "Children who read every evening may learn new words faster than those who do not.",
    ),
];

/// An answer may be this much longer than its sentence, in tokens: room for quotes and other spellings, not for tales.
const SPARE_TOKENS: usize = 8;

/// The model's shorter version of `sentence`, cleaned but not checked. `on_text` receives it in pieces.
///
/// # Errors
/// As [`LanguageModel::complete`].
pub async fn shorten<M: LanguageModel>(
    model: &mut M,
    sentence: &str,
    wording: Wording,
    on_text: &mut dyn FnMut(&str),
    scheduler: &impl Scheduler,
) -> Result<String, Error> {
    let max_tokens = model.count_tokens(sentence) + SPARE_TOKENS;
    let options = CompletionOptions { max_tokens, ..CompletionOptions::default() };
    let mut answer = Answer::default();
    let mut push = |piece: &str| {
        let (text, flow) = answer.push(piece);
        if !text.is_empty() {
            on_text(&text);
        }
        flow
    };
    model.complete(Prompt::Chat(&messages(sentence, wording)), &options, &mut push, scheduler).await?;
    Ok(answer.text().to_owned())
}

/// Has the model read what stands before every sentence with [`Wording::Examples`]: of the next prompt only the sentence is new.
pub(crate) async fn prepare<M: LanguageModel>(
    model: &mut M,
    scheduler: &impl Scheduler,
) -> Result<(), Error> {
    let options = CompletionOptions { max_tokens: 0, ..CompletionOptions::default() };
    let unheard = &mut |_: &str| ControlFlow::Continue(());
    model.complete(Prompt::Chat(&messages("", Wording::Examples)), &options, unheard, scheduler).await?;
    Ok(())
}

/// Tokens of the longest prompt made for a sentence of `tokens` tokens, with its answer, roughly and generously.
pub(crate) fn room_needed(tokens: usize) -> usize {
    256 + 2 * tokens + SPARE_TOKENS
}

fn messages(sentence: &str, wording: Wording) -> Vec<Message> {
    let ask = |sentence: &str| {
        Message::user(format!("Make this sentence shorter, keep its meaning: \"{sentence}\""))
    };
    let mut messages = Vec::new();
    if wording == Wording::Examples {
        for (long, short) in EXAMPLES {
            messages.extend([ask(long), Message { role: Role::Assistant, content: short.to_owned() }]);
        }
    }
    messages.push(ask(sentence));
    messages
}
