//! A shorter version of one sentence: [`trim`] what can go without a model, ask for the rest, and
//! [`verify`] what it wrote. Summaries and rewrites share it.

pub(crate) mod trim;
pub(crate) mod verify;

use crate::answer::Extent;
use crate::error::Error;
use crate::language_model::LanguageModel;
use crate::question::{Lesson, Question, lesson};
use crate::run::Run;
use crate::wording::Wording;
use decoder::Scheduler;
use prompt::{Message, Role};

/// What adapters call it.
pub(crate) const JOB: &str = "shorten";

/// What is asked for, up to the sentence.
pub(crate) const REQUEST: &str = "Make this sentence shorter, keep its meaning";

/// Shown before the request: leave side remarks out, keep the subject, the negation, the hedge and who says it.
pub(crate) const EXAMPLES: &[(&str, &str)] = &[
    (
        "The town library, which opened its doors in 1932 and lends thousands of books every week, will not close before the end \
         of next year, according to a plan published on Friday.",
        "The town library will not close before the end of next year, according to a plan.",
    ),
    (
        "Children who read for at least half an hour every evening may learn new words faster than those who do not, a recent \
         survey of teachers in 40 schools has found.",
        "Children who read every evening may learn new words faster than those who do not, a survey has found.",
    ),
];

/// An answer may be this much longer than its sentence, in tokens: room for quotes and other
/// spellings, not for tales.
const SPARE_TOKENS: usize = 8;

/// The model's shorter version of `sentence`, cleaned but not verified.
///
/// # Errors
/// As [`LanguageModel::complete`].
pub async fn shorten(
    run: &mut Run<'_, impl LanguageModel, impl Scheduler>,
    sentence: &str,
    wording: Wording,
) -> Result<String, Error> {
    let max_tokens = run.model.count_tokens(sentence) + SPARE_TOKENS;
    let question = match taught(run.model).filter(|_| wording == Wording::Taught) {
        Some(lesson) => lesson.question(sentence),
        None => Question::chat(messages(sentence, wording)),
    };
    run.ask(&question, max_tokens, Extent::Sentence).await
}

/// What the model was taught of it, if anything.
pub(crate) fn taught(model: &impl LanguageModel) -> Option<&'static Lesson> {
    lesson(model, JOB)
}

/// Has the model read what stands before every sentence with [`Wording::Examples`]: of the next
/// prompt only the sentence is new.
pub(crate) async fn prepare(run: &mut Run<'_, impl LanguageModel, impl Scheduler>) -> Result<(), Error> {
    if taught(run.model).is_some() {
        // The little that stands before the sentence is read with it.
        return Ok(());
    }
    run.prefill(&Question::chat(messages("", Wording::Examples))).await
}

/// Tokens of the longest prompt made for a sentence of `tokens` tokens, with its answer, roughly
/// and generously.
pub(crate) fn room_needed(tokens: usize) -> usize {
    256 + 2 * tokens + SPARE_TOKENS
}

fn messages(sentence: &str, wording: Wording) -> Vec<Message> {
    let ask = |sentence: &str| Message::user(format!("{REQUEST}: \"{sentence}\""));
    let mut messages = Vec::new();
    if wording == Wording::Examples {
        for (long, short) in EXAMPLES {
            messages.extend([ask(long), Message { role: Role::Assistant, content: (*short).to_owned() }]);
        }
    }
    messages.push(ask(sentence));
    messages
}
