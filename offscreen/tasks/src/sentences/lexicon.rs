//! The words around an end that tell something, of all languages at once: what a text is written in
//! is often not known, and one language's abbreviations are seldom another's words.

use crate::languages::{Abbreviations, LANGUAGES, OTHERS};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What words are: any of the others.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Roles(u8);

impl Roles {
    /// See [`Abbreviations`].
    pub(super) const TITLE: Self = Self(1);
    pub(super) const MEASURED: Self = Self(1 << 1);
    pub(super) const OPEN: Self = Self(1 << 2);
    /// The first parts of an abbreviation: `i.d` of `i. d. R.`
    pub(super) const BEGINNING: Self = Self(1 << 3);
    pub(super) const STARTER: Self = Self(1 << 4);
    pub(super) const BEFORE_ORDINAL: Self = Self(1 << 5);
    /// A month in a language with [`Self::BEFORE_ORDINAL`].
    pub(super) const AFTER_ORDINAL: Self = Self(1 << 6);
    pub(super) const DAY_OR_MONTH: Self = Self(1 << 7);

    /// Of a word as it is written.
    pub(super) fn of(word: &str) -> Self {
        WORDS.get(word).copied().unwrap_or_default()
    }

    /// Of an abbreviation, capitalised or not; a capital alone is an initial.
    pub(super) fn of_abbreviation(form: &str) -> Self {
        let own = Self::of(form);
        if form.chars().nth(1).is_none() {
            return own;
        }
        own.and(Self::of(&form.to_lowercase()))
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

static WORDS: LazyLock<HashMap<String, Roles>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    let mut add = |word: &str, role: Roles| {
        let known: &mut Roles = words.entry(word.to_owned()).or_default();
        *known = known.and(role);
    };
    for known in LANGUAGES.iter().map(|language| &language.abbreviations).chain(&OTHERS) {
        let Abbreviations { titles, measured, open, starters, before_ordinals } = *known;
        for (entries, role) in [(titles, Roles::TITLE), (measured, Roles::MEASURED), (open, Roles::OPEN)] {
            for entry in entries.split_terminator(',') {
                add(entry, role);
                entry.match_indices('.').for_each(|(end, _)| add(&entry[..end], Roles::BEGINNING));
            }
        }
        starters.split_terminator(',').for_each(|word| add(word, Roles::STARTER));
        before_ordinals.split_terminator(',').for_each(|word| add(word, Roles::BEFORE_ORDINAL));
    }
    for language in LANGUAGES {
        for word in language.function_words.iter() {
            let mut letters = word.chars();
            let first = letters.next().map(|first| first.to_uppercase().to_string());
            add(&(first.unwrap_or_default() + letters.as_str()), Roles::STARTER);
        }
        language.days.iter().for_each(|day| add(day.trim_end_matches('*'), Roles::DAY_OR_MONTH));
        language.months.iter().for_each(|month| add(month, Roles::DAY_OR_MONTH));
        if !language.abbreviations.before_ordinals.is_empty() {
            language.months.iter().for_each(|month| add(month, Roles::AFTER_ORDINAL));
        }
    }
    words
});
