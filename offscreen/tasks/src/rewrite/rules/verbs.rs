//! Where the verb of a sentence stands, as far as it can be told by its form.

use super::table::TABLE;
use super::text::Token;
use super::words::is_adverb;
use crate::languages::List;

/// Verbs that go on with a sentence, beside those that end as one.
const VERBS: List =
    List("is|are|was|were|has|have|had|will|would|can|could|may|might|must|shall|should|do|does|did|cannot");

/// Adverbs before such a verb.
const BEFORE: List =
    List("now|also|never|often|always|still|already|finally|recently|first|soon|nevertheless");

/// Whether a verb stands at `at`, or behind an adverb there.
pub(super) fn goes_on(tokens: &[Token], at: usize) -> bool {
    let is_one = |at: usize| {
        let word = tokens.get(at).filter(|word| !word.is_capitalised());
        word.is_some_and(|word| is_verb(&word.lower) || ends_as_verb(&word.lower))
    };
    match tokens.get(at) {
        Some(word) if BEFORE.has(&word.lower) || word.lower.ends_with("ly") && is_adverb(&word.lower) => {
            is_one(at + 1)
        }
        _ => is_one(at),
    }
}

pub(super) fn is_verb(lower: &str) -> bool {
    VERBS.has(lower) || TABLE.pasts.contains(lower)
}

/// Whether it is an irregular past.
pub(super) fn is_past(lower: &str) -> bool {
    TABLE.pasts.contains(lower) || TABLE.participles.contains(lower)
}

fn ends_as_verb(lower: &str) -> bool {
    lower.len() > 3
        && (lower.ends_with("ed") || lower.ends_with('s') && !lower.ends_with("ss") && !lower.ends_with("us"))
}
