//! Saying a sentence in simpler words: of a model's version only what puts simpler words in the
//! place of others is taken over.

use super::edits::take_over;
use super::meaning::Meaning;
use crate::words::Word;

/// A difference of more words than this is no other word for the same.
const LONGEST: usize = 5;

/// Share of the words that a version must have kept to be trusted with replacing others.
const ALIKE: f32 = 0.4;

/// Words that must stand on both sides or on none: with another one the sentence says something
/// else.
#[rustfmt::skip]
const FIXED: &[&str] = &[
    "all", "although", "always", "and", "because", "but", "can", "could", "every", "if", "may", "might", "must", "only",
    "or", "should", "some", "unless", "until", "will", "would",
];

/// The English sentence `source` with the simpler words that `answer` has for it; `source` itself
/// when it has none.
pub(super) fn simplify(source: &str, answer: &str) -> String {
    take_over(source, answer, ALIKE, &is_simpler)
}

/// True when `new` may say what `old` says, in shorter words.
fn is_simpler(old: &[Word<'_>], new: &[Word<'_>]) -> bool {
    let count = |words: &[Word<'_>], fixed: &str| words.iter().filter(|word| word.lower == fixed).count();
    let named = |word: &Word<'_>| word.numeric() || word.content && word.capitalised() && word.start > 0;
    if old.len() > LONGEST
        || new.is_empty()
        || new.len() > old.len() + 1
        || old.iter().chain(new).any(named)
        || FIXED.iter().any(|fixed| count(old, fixed) != count(new, fixed))
        || Meaning::of(old) != Meaning::of(new)
    {
        return false;
    }
    // A phrase for a word is simpler; a word for a phrase may be something else.
    let content = |words: &[Word<'_>]| words.iter().filter(|word| word.content).count();
    if content(new) + 1 < content(old) {
        return false;
    }
    match (mean_length(old), mean_length(new)) {
        (Some(old), Some(new)) => new < old,
        // `prior to` and `before`.
        (Some(_), None) => new.len() == 1,
        (None, _) => false,
    }
}

/// Of words of content, in letters.
fn mean_length(words: &[Word<'_>]) -> Option<f32> {
    let lengths: Vec<usize> =
        words.iter().filter(|word| word.content).map(|word| word.text.chars().count()).collect();
    (!lengths.is_empty()).then(|| lengths.iter().sum::<usize>() as f32 / lengths.len() as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simpler_words_are_taken_over_and_nothing_else() {
        for (source, answer, expected) in [
            (
                "Notwithstanding the weather, the procession commenced at noon.",
                "The procession began at noon.",
                "Notwithstanding the weather, the procession began at noon.",
            ),
            (
                "Dr. Okafor elucidated the mechanism by which the parasite evades the immune system.",
                "Dr. Okafor explained how the parasite uses a mechanism to evade the immune system.",
                "Dr. Okafor explained how the parasite evades the immune system.",
            ),
            (
                "The committee endeavoured to ascertain the cause of the conflagration.",
                "The committee was trying to find the cause of the fire.",
                "The committee was trying to find the cause of the fire.",
            ),
            (
                "Drinking is prohibited here.",
                "Drinking is not allowed here.",
                "Drinking is not allowed here.",
            ),
            ("Drinking is permitted here.", "Drinking is not allowed here.", "Drinking is permitted here."),
            (
                "He purchased lamps for 3 euros.",
                "He bought lamps for 4 euros.",
                "He bought lamps for 3 euros.",
            ),
            (
                "The premature end of the contract costs 5 euros.",
                "The company costs 5 euros.",
                "The premature end of the contract costs 5 euros.",
            ),
            ("It was big.", "It was enormous.", "It was big."),
        ] {
            assert_eq!(simplify(source, answer), expected, "{answer}");
        }
    }
}
