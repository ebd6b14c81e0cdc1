//! Words that a question has where a page has others.

use crate::words::Analyzer;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// A line for a group: words that may stand for one another, the forms of irregular verbs among them.
const GROUPS: &str = include_str!("synonyms.txt");

/// Stems, each with the stems that share a group with it.
static SYNONYMS: LazyLock<HashMap<String, HashSet<String>>> = LazyLock::new(|| {
    let english = Analyzer::english();
    let mut synonyms: HashMap<String, HashSet<String>> = HashMap::new();
    for group in GROUPS.lines() {
        let keys: Vec<String> = group.split(' ').map(|word| english.word(0, word).key).collect();
        for key in &keys {
            let others = keys.iter().filter(|other| *other != key).cloned();
            synonyms.entry(key.clone()).or_default().extend(others);
        }
    }
    synonyms
});

/// The stems of words that may stand for the one with this stem.
pub(super) fn of(key: &str) -> impl Iterator<Item = &'static str> {
    SYNONYMS.get(key).into_iter().flatten().map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn synonyms_are_found_by_any_form_and_go_both_ways() {
        let english = Analyzer::english();
        let key = |word: &str| english.word(0, word).key;
        let stand = |a: &str, b: &str| of(&key(a)).any(|other| other == key(b));
        assert!(stand("purchased", "bought") && stand("buying", "purchases") && !stand("dogs", "dog"));
        assert!(!stand("school", "river"));
    }

    #[test]
    fn every_group_is_in_lower_case_and_has_two_words_at_least() {
        for group in GROUPS.lines() {
            assert!(group.split(' ').count() > 1 && group == group.to_lowercase(), "{group}");
        }
    }
}
