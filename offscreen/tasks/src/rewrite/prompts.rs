//! How each operation is asked for. What was tried, and how it fared, stands beside
//! `tests/rewrites`.

use crate::shorten;
use crate::wording::Wording;
use prompt::{Message, Role};
use protocol::RewriteOperation;

/// Tokens of the longest prompt without the text and the instruction, generously.
pub(super) const MOST_TOKENS: usize = 360;

/// An operation as it is asked for.
struct PromptTemplate {
    /// Asks for it, up to the text.
    ask: &'static str,
    /// What a text and its rewritten version are called in a list of examples.
    labels: (&'static str, &'static str),
    /// Texts and their versions.
    examples: Examples,
    /// How it is asked for the second time: with other words, other examples or none.
    again: (&'static str, Examples),
}

type Examples = &'static [(&'static str, &'static str)];

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
            Wording::Taught | Wording::Plain => format!("{instruction}\n\n{text}"),
        };
        return vec![Message::user(request)];
    }
    let (ask, examples) = template(operation).asked(wording);
    let ask = |text: &str| Message::user(format!("{ask}: \"{text}\""));
    let mut messages = Vec::new();
    for (text, version) in examples {
        messages.extend([ask(text), Message { role: Role::Assistant, content: (*version).to_owned() }]);
    }
    messages.push(ask(text));
    messages
}

impl PromptTemplate {
    fn asked(&self, wording: Wording) -> (&'static str, Examples) {
        match wording {
            Wording::Examples => (self.ask, self.examples),
            Wording::Taught | Wording::Plain => self.again,
        }
    }
}

/// A text that goes on with the rewritten `text`, on the same line.
pub(super) fn text(operation: RewriteOperation, instruction: &str, text: &str, wording: Wording) -> String {
    let template = template(operation);
    let line = |text: &str| format!("{}: {text}\n{}:", template.labels.0, template.labels.1);
    let mut examples: Vec<_> = template.asked(wording).1.iter().collect();
    // A model that goes on with examples needs some: asked again without, it is shown the same in
    // another order.
    if examples.is_empty() {
        examples = template.examples.iter().rev().collect();
    }
    let shown: String =
        examples.iter().map(|(text, version)| format!("{} {version}\n\n", line(text))).collect();
    let heading = if instruction.is_empty() { String::new() } else { format!("{instruction}\n\n") };
    format!("{heading}{shown}{}", line(text))
}

const CORRECT: &str = "Correct the grammar of this sentence";

const SIMPLER: Examples = &[
    ("The board resolved to terminate the agreement.", "The board decided to end the contract."),
    (
        "Passengers are obliged to present their tickets upon request.",
        "Passengers must show their tickets when asked.",
    ),
    ("Smoking is not permitted in the vicinity of the entrance.", "Smoking is not allowed near the door."),
    ("The remedy proved ineffectual in the majority of cases.", "The medicine did not work in most cases."),
    (
        "The company commenced construction of an additional facility.",
        "The company began to build another factory.",
    ),
];

fn template(operation: RewriteOperation) -> PromptTemplate {
    match operation {
        RewriteOperation::FixGrammar => PromptTemplate {
            ask: CORRECT,
            labels: ("Wrong", "Right"),
            examples: &[
                ("I has a dog.", "I have a dog."),
                ("There was many dog in the parks.", "There were many dogs in the park."),
                ("They goed to the park and buyed ice cream.", "They went to the park and bought ice cream."),
                (
                    "Your to late, he dont beleive it no more.",
                    "You're too late, he doesn't believe it any more.",
                ),
                (
                    "My uncle work in a bank, and so does his sons.",
                    "My uncle works in a bank, and so do his sons.",
                ),
            ],
            again: (
                CORRECT,
                &[
                    (
                        "He have a new car and he drive it every days.",
                        "He has a new car and he drives it every day.",
                    ),
                    (
                        "We was tired, but nobody want to go home.",
                        "We were tired, but nobody wanted to go home.",
                    ),
                    ("Much student likes there teachers.", "Many students like their teachers."),
                    (
                        "i beleive that Tom dont know the adress",
                        "I believe that Tom doesn't know the address.",
                    ),
                ],
            ),
        },
        RewriteOperation::Simplify => PromptTemplate {
            ask: "Say this in simple words",
            labels: ("Difficult", "Simple"),
            examples: SIMPLER,
            again: ("Replace the difficult words of this sentence with simple ones", SIMPLER),
        },
        RewriteOperation::Shorter | RewriteOperation::Bullets => PromptTemplate {
            ask: shorten::REQUEST,
            labels: ("Long", "Short"),
            examples: shorten::EXAMPLES,
            again: (shorten::REQUEST, &[]),
        },
        RewriteOperation::Longer => PromptTemplate {
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
            again: ("Make this sentence longer", &[]),
        },
        RewriteOperation::MoreFormal => PromptTemplate {
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
            again: ("Make this sentence more formal", &[]),
        },
        RewriteOperation::MoreCasual => PromptTemplate {
            ask: "Make this sentence more casual",
            labels: ("Formal", "Casual"),
            examples: &[
                (
                    "I would be grateful if you could reply at your earliest convenience.",
                    "It'd be great if you could reply soon.",
                ),
                ("The gentleman is not acquainted with the procedure.", "The guy doesn't know how it works."),
                (
                    "We must decline your invitation to the conference on Friday.",
                    "We can't come to your conference on Friday.",
                ),
            ],
            again: ("Make this sentence more casual", &[]),
        },
        RewriteOperation::Instruction => PromptTemplate {
            ask: "Rewrite this text",
            labels: ("Text", "Rewritten"),
            examples: &[],
            again: ("Rewrite this text", &[]),
        },
    }
}
