//! Asking a tiny model for a shorter version of one sentence.

use crate::sentences::split;
use crate::{CompletionOptions, Error, LanguageModel, Prompt};
use decoder::Pace;
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
    pace: &impl Pace,
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
    model.complete(Prompt::Chat(&messages(sentence, wording)), &options, &mut push, pace).await?;
    Ok(answer.text().to_owned())
}

/// Has the model read what stands before every sentence with [`Wording::Examples`]: of the next prompt only the sentence is new.
pub(crate) async fn prepare<M: LanguageModel>(model: &mut M, pace: &impl Pace) -> Result<(), Error> {
    let options = CompletionOptions { max_tokens: 0, ..CompletionOptions::default() };
    let unheard = &mut |_: &str| ControlFlow::Continue(());
    model.complete(Prompt::Chat(&messages("", Wording::Examples)), &options, unheard, pace).await?;
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

/// An answer as it grows: its first sentence, without what models put around it.
#[derive(Default)]
struct Answer {
    raw: String,
    shown: usize,
}

impl Answer {
    /// Takes a piece; returns what is new in [`Self::text`] and whether more is wanted.
    fn push(&mut self, piece: &str) -> (String, ControlFlow<()>) {
        self.raw.push_str(piece);
        let (text, done) = first_sentence(&self.raw);
        let new = text.get(self.shown..).unwrap_or_default().to_owned();
        self.shown = self.shown.max(text.len());
        (new, if done { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }

    fn text(&self) -> &str {
        first_sentence(&self.raw).0
    }
}

const QUOTES: [char; 4] = ['"', '“', '”', '\''];

/// The answer in what a model wrote, and whether it is complete.
fn first_sentence(raw: &str) -> (&str, bool) {
    let mut text = raw.trim_start();
    // `Here is a shorter version:` on a line of its own.
    if let Some((line, rest)) = text.split_once('\n')
        && line.trim_end().ends_with(':')
    {
        text = rest.trim_start();
    }
    let quoted = text.starts_with(QUOTES);
    text = text.trim_start_matches(QUOTES);
    let line_end = text.find('\n');
    text = &text[..line_end.unwrap_or(text.len())];
    let sentences = split(text);
    let ended = sentences.len() > 1;
    text = sentences.first().copied().unwrap_or_default().trim_end();
    if quoted {
        // The quote that closes what the first one opened is no part of it.
        text = text.trim_end_matches(QUOTES);
    }
    (text, line_end.is_some() && !text.is_empty() || ended)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn answers_are_their_first_sentence_unwrapped() {
        for (raw, expected, done) in [
            ("The bridge is closed.", "The bridge is closed.", false),
            ("\"The bridge is closed.\"", "The bridge is closed.", false),
            (" The bridge is closed. It was old.", "The bridge is closed.", true),
            ("Here is a shorter version:\n\n\"Dr. Lee closed it.\"\n", "Dr. Lee closed it.", true),
            ("He said \"no\" to it", "He said \"no\" to it", false),
            ("It fell 3.5 percent.\nIt", "It fell 3.5 percent.", true),
            ("", "", false),
        ] {
            assert_eq!(first_sentence(raw), (expected, done), "{raw}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_adds_up_to_the_answer(pieces in prop::collection::vec("[A-Za-z ,.]{1,6}", 0..30)) {
            let mut answer = Answer::default();
            let mut shown = String::new();
            for piece in &pieces {
                let (text, flow) = answer.push(piece);
                shown.push_str(&text);
                if flow.is_break() {
                    break;
                }
            }
            prop_assert!(shown.starts_with(answer.text()), "{:?} {:?}", shown, answer.text());
        }
    }
}
