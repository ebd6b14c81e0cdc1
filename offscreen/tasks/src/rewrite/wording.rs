//! How each operation is asked for. What was tried, and how it fared, stands beside `tests/rewrites`.

use crate::Wording;
use prompt::{Message, Role};
use protocol::RewriteOperation;

/// Tokens of the longest prompt without the text and the instruction, generously.
pub(super) const MOST_TOKENS: usize = 360;

/// An operation as it is asked for.
struct Task {
    /// Asks for it, up to the text.
    ask: &'static str,
    /// What a text and its rewritten version are called in a list of examples.
    labels: (&'static str, &'static str),
    /// Texts and their versions.
    examples: &'static [(&'static str, &'static str)],
}

/// A conversation whose answer is the rewritten `text`.
pub(super) fn messages(
    operation: RewriteOperation,
    instruction: &str,
    text: &str,
    wording: Wording,
) -> Vec<Message> {
    if operation == RewriteOperation::Instruction {
        let request = match wording {
            Wording::Examples => {
                format!("{text}\n\nRewrite the text above. {instruction}\nAnswer with the new text only.")
            }
            Wording::Plain => format!("{instruction}\n\n{text}"),
        };
        return vec![Message::user(request)];
    }
    let task = task(operation);
    let ask = |text: &str| Message::user(format!("{}: \"{text}\"", task.ask));
    let mut messages = Vec::new();
    if wording == Wording::Examples {
        for (text, version) in task.examples {
            messages.extend([ask(text), Message { role: Role::Assistant, content: (*version).to_owned() }]);
        }
    }
    messages.push(ask(text));
    messages
}

/// A text that goes on with the rewritten `text`, on the same line.
pub(super) fn text(operation: RewriteOperation, instruction: &str, text: &str, wording: Wording) -> String {
    let task = task(operation);
    let line = |text: &str| format!("{}: {text}\n{}:", task.labels.0, task.labels.1);
    // Asked again, with the examples in another order.
    let mut examples: Vec<_> = task.examples.iter().collect();
    if wording == Wording::Plain {
        examples.reverse();
    }
    let shown: String =
        examples.iter().map(|(text, version)| format!("{} {version}\n\n", line(text))).collect();
    let heading = if instruction.is_empty() { String::new() } else { format!("{instruction}\n\n") };
    format!("{heading}{shown}{}", line(text))
}

fn task(operation: RewriteOperation) -> Task {
    match operation {
        RewriteOperation::FixGrammar => Task {
            ask: "Correct the grammar of this sentence",
            labels: ("Wrong", "Right"),
            examples: &[
                (
                    "He have a new car and he drive it every days.",
                    "He has a new car and he drives it every day.",
                ),
                ("We was tired, but nobody want to go home.", "We were tired, but nobody wanted to go home."),
                ("The shop is open on Sundays.", "The shop is open on Sundays."),
                ("i beleive that Tom dont know the adress", "I believe that Tom doesn't know the address."),
            ],
        },
        RewriteOperation::Simplify => Task {
            ask: "Say this in simple words",
            labels: ("Difficult", "Simple"),
            examples: &[
                ("The board resolved to terminate the agreement.", "The board decided to end the contract."),
                (
                    "Passengers are obliged to present their tickets upon request.",
                    "Passengers must show their tickets when asked.",
                ),
                (
                    "The remedy proved ineffectual in the majority of cases.",
                    "The medicine did not work in most cases.",
                ),
            ],
        },
        RewriteOperation::Shorter | RewriteOperation::Bullets => Task {
            ask: "Make this sentence shorter, keep its meaning",
            labels: ("Long", "Short"),
            examples: &[
                (
                    "The town library, which opened its doors in 1932 and lends thousands of books every week, will not close \
                     before the end of next year, according to a plan published on Friday.",
                    "The town library will not close before the end of next year.",
                ),
                (
                    "Children who read for at least half an hour every evening may learn new words faster than those who do \
                     not, a recent survey of teachers in 40 schools has found.",
                    "Children who read every evening may learn new words faster than those who do not.",
                ),
            ],
        },
        RewriteOperation::Longer => Task {
            ask: "Make this sentence longer",
            labels: ("Short", "Long"),
            examples: &[
                (
                    "The road is closed.",
                    "The road is closed at the moment, so it cannot be used by anyone until it is opened again.",
                ),
                (
                    "We liked the hotel.",
                    "We liked the hotel very much, and we were glad that we had chosen to stay there.",
                ),
            ],
        },
        RewriteOperation::MoreFormal => Task {
            ask: "Make this sentence more formal",
            labels: ("Casual", "Formal"),
            examples: &[
                ("Hi, gimme a call when you're back.", "Good day, please call me when you have returned."),
                (
                    "The guys did a great job, but it cost way too much.",
                    "The team performed well, but the cost was too high.",
                ),
                (
                    "I'm really sorry I didn't get back to you.",
                    "I sincerely apologise for not having replied to you.",
                ),
            ],
        },
        RewriteOperation::MoreCasual => Task {
            ask: "Make this sentence more casual",
            labels: ("Formal", "Casual"),
            examples: &[
                (
                    "I would be grateful if you could reply at your earliest convenience.",
                    "Could you get back to me soon?",
                ),
                ("The gentleman is not acquainted with the procedure.", "The guy doesn't know how it works."),
                (
                    "We must decline your invitation to the conference on Friday.",
                    "We can't come to your conference on Friday, sorry!",
                ),
            ],
        },
        RewriteOperation::Instruction => {
            Task { ask: "Rewrite this text", labels: ("Text", "Rewritten"), examples: &[] }
        }
    }
}
