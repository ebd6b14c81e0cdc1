//! What English words of no content say about the whole: is it denied, is it doubted, who is spoken
//! of.

use crate::words::Word;

/// What another wording must leave as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    /// Something is said not to be.
    denied: bool,
    /// Something is said to be possible only.
    doubted: bool,
    /// Who is spoken of: the writer, the writer and others, the reader; he, she.
    persons: [bool; 5],
}

impl Meaning {
    /// Of an English text.
    pub(super) fn of(words: &[Word<'_>]) -> Self {
        let any = |list: &[&str]| words.iter().any(|word| list.contains(&word.lower.as_str()));
        Self {
            denied: words.iter().any(is_denial),
            doubted: any(DOUBTS),
            persons: [
                any(&["i", "i'm", "i'll", "i've", "i'd", "me", "my", "mine", "myself"]),
                any(&["we", "we're", "we'll", "we've", "we'd", "us", "our", "ours", "ourselves", "let's"]),
                any(&["you", "you're", "you'll", "you've", "you'd", "your", "yours", "yourself"]),
                any(&["he", "he's", "he'll", "he'd", "him", "his", "himself"]),
                any(&["she", "she's", "she'll", "she'd", "her", "hers", "herself"]),
            ],
        }
    }
}

/// Whether a word denies something.
pub(super) fn is_denial(word: &Word<'_>) -> bool {
    word.lower.ends_with("n't") || DENIALS.contains(&word.lower.as_str())
}

impl Meaning {
    /// The same, not denied.
    pub(super) fn undenied(&self) -> Self {
        Self { denied: false, ..self.clone() }
    }

    /// True when both deny or neither does, and both speak of the same persons, however sure of it
    /// they are.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        self.denied == other.denied && self.persons == other.persons
    }
}

/// Among them words that deny without a *not*: `prohibited` and `not allowed` are the same.
#[rustfmt::skip]
const DENIALS: &[&str] = &[
    "not", "no", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor", "without", "cannot",
    "unable", "impossible", "illegal", "prohibited", "prohibits", "forbidden", "forbids", "banned", "bans",
    "refrain", "avoid", "lack", "lacks", "insufficient", "inadequate", "unacceptable", "unaware", "unfortunately",
    "regret", "refuse", "refused", "deny", "denied", "fail", "fails", "failed", "stop",
];

const DOUBTS: &[&str] = &[
    "may",
    "might",
    "perhaps",
    "maybe",
    "possibly",
    "probably",
    "likely",
    "reportedly",
    "allegedly",
    "apparently",
    "seems",
    "seem",
    "suggest",
    "suggests",
    "hypothesize",
    "think",
    "believe",
];
