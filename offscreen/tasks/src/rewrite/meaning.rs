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
                any(&[
                    "please", "thanks", "thx", "you", "you're", "you'll", "you've", "you'd", "your", "yours",
                    "yourself",
                ]),
                any(&["he", "he's", "he'll", "he'd", "him", "his", "himself"]),
                any(&["she", "she's", "she'll", "she'd", "her", "hers", "herself"]),
            ],
        }
    }
}

/// Whether a word denies something.
pub(super) fn is_denial(word: &Word<'_>) -> bool {
    is_not(word) || DENIALS.contains(&word.lower.as_str())
}

/// Whether it does nothing else.
pub(super) fn is_not(word: &Word<'_>) -> bool {
    let lower = word.lower.as_str();
    lower.ends_with("n't") || NOTS.contains(&lower) || UNMARKED.contains(&lower)
}

impl Meaning {
    /// The same, not denied.
    pub(super) fn undenied(&self) -> Self {
        Self { denied: false, ..self.clone() }
    }

    /// True when another tone leaves the meaning: whoever writes or reads need not be named again (`We'll
    /// be done` is `it will be completed`), others are.
    pub(super) fn survives_in(&self, other: &Self) -> bool {
        let (present, absent) = self.persons.split_at(3);
        self.denied == other.denied
            && self.doubted == other.doubted
            && *absent == other.persons[3..]
            && present.iter().zip(other.persons).all(|(was, is)| *was || !is)
    }

    /// True when both deny or neither does, and both speak of the same persons, however sure of it
    /// they are.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        self.denied == other.denied && self.persons == other.persons
    }
}

const NOTS: &[&str] =
    &["not", "no", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor", "without", "cannot"];

/// Words that deny without a *not*: `prohibited` and `not allowed` are the same.
#[rustfmt::skip]
const DENIALS: &[&str] = &[
    "unable", "impossible", "illegal", "prohibited", "prohibits", "forbidden", "forbids", "banned", "bans",
    "refrain", "avoid", "lack", "lacks", "insufficient", "inadequate", "unacceptable", "unaware", "unfortunately",
    "regret", "refuse", "refused", "refuses", "deny", "denied", "denies", "fail", "fails", "failed", "stop",
];

/// Without the apostrophe that they want.
#[rustfmt::skip]
const UNMARKED: &[&str] = &[
    "aint", "arent", "cant", "couldnt", "didnt", "doesnt", "dont", "hadnt", "hasnt", "havent", "isnt", "shouldnt", "wasnt", "werent",
    "wont", "wouldnt",
];

#[rustfmt::skip]
const DOUBTS: &[&str] = &[
    "may", "might", "perhaps", "maybe", "possibly", "probably", "likely", "reportedly", "allegedly", "apparently",
    "seems", "seem", "seemed", "seemingly", "appears", "appear", "appeared", "looks", "suggest", "suggests", "hypothesize", "think",
    "thinks", "believe", "believes", "reckon", "reckons", "guess", "suppose", "supposedly", "presumably",
];
