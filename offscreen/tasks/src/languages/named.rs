//! Languages that translators of their own kind know, and of which little more than the name is
//! known here.

use super::find;
use super::language::{Abbreviations, EXAMPLES, Language};
use super::list::List;
use catalog::LANGUAGE_NAMES;
use std::sync::LazyLock;

/// All of them. What is not known of a language is not asked about it: see
/// [`Language::is_described`].
pub(crate) static NAMED: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let others = LANGUAGE_NAMES.iter().filter(|(tag, _)| find(tag).is_none());
    others.map(|(tag, name)| named(tag, name)).collect()
});

/// A language of which only this is known.
fn named(tag: &'static str, name: &'static str) -> Language {
    Language {
        tag,
        name,
        stemmer: |_| false,
        capitalised_nouns: false,
        abbreviations: Abbreviations::NONE,
        function_words: List(""),
        stop_words: &[],
        denials: List(""),
        hedges: List(""),
        doubts: List(""),
        cues: None,
        numbers: &[],
        quantities: &[],
        tens_joint: None,
        digit_groups: &[],
        decimal_point: '.',
        days: [""; 7],
        months: [""; 12],
        months_as_words: &[],
        months_as_first_words: &[],
        examples: [""; EXAMPLES],
    }
}
