//! The forms of English verbs and nouns.

use std::collections::{HashMap, HashSet};

/// What of the forms is irregular.
#[derive(Default)]
pub(super) struct Irregular<'d> {
    /// Past and participle of a verb.
    pub(super) verbs: HashMap<&'d str, (&'d str, &'d str)>,
    /// Verbs that double their last letter though they have more than one syllable.
    pub(super) doubled: HashSet<&'d str>,
    /// Plurals of nouns.
    pub(super) plurals: HashMap<&'d str, &'d str>,
}

/// Forms of a verb, in an order that is the same for all.
pub(super) const FORMS: usize = 5;

/// The places of the forms that are asked for by name.
pub(super) const BASE: usize = 0;
pub(super) const THIRD: usize = 1;
pub(super) const PAST: usize = 2;
pub(super) const PARTICIPLE: usize = 3;

impl Irregular<'_> {
    /// `go`, `goes`, `went`, `gone`, `going`.
    pub(super) fn forms(&self, verb: &str) -> [String; FORMS] {
        let past = self.past(verb);
        let (past, participle) = match self.verbs.get(verb) {
            Some((past, participle)) => ((*past).to_owned(), (*participle).to_owned()),
            None => (past.clone(), past),
        };
        let third = match verb {
            "be" => "is".to_owned(),
            "have" => "has".to_owned(),
            _ => with_s(verb),
        };
        [verb.to_owned(), third, past, participle, self.gerund(verb)]
    }

    /// `children` of `child`.
    pub(super) fn plural(&self, noun: &str) -> String {
        self.plurals.get(noun).map_or_else(|| with_s(noun), |plural| (*plural).to_owned())
    }

    fn past(&self, verb: &str) -> String {
        match verb.strip_suffix('y') {
            Some(stem) if !stem.ends_with(is_vowel) => format!("{stem}ied"),
            _ if verb.ends_with('e') => format!("{verb}d"),
            _ => format!("{}ed", self.doubled(verb)),
        }
    }

    fn gerund(&self, verb: &str) -> String {
        if let Some(stem) = verb.strip_suffix("ie") {
            return format!("{stem}ying");
        }
        match verb.strip_suffix('e') {
            Some(stem) if verb != "be" && !stem.ends_with(['e', 'o', 'y']) => format!("{stem}ing"),
            _ => format!("{}ing", self.doubled(verb)),
        }
    }

    /// `stopp` of `stop`.
    fn doubled(&self, verb: &str) -> String {
        let letters: Vec<char> = verb.chars().collect();
        let closed = match letters[..] {
            [.., before, vowel, last] => {
                !is_vowel(before) && is_vowel(vowel) && !is_vowel(last) && !"wxy".contains(last)
            }
            _ => false,
        };
        let syllables = letters.windows(2).filter(|pair| is_vowel(pair[0]) && !is_vowel(pair[1])).count();
        match letters.last() {
            Some(last) if closed && syllables == 1 || self.doubled.contains(verb) => format!("{verb}{last}"),
            _ => verb.to_owned(),
        }
    }
}

fn with_s(word: &str) -> String {
    match word.strip_suffix('y') {
        Some(stem) if !stem.ends_with(is_vowel) => format!("{stem}ies"),
        _ if ["s", "x", "z", "ch", "sh", "do", "go"].iter().any(|end| word.ends_with(end)) => {
            format!("{word}es")
        }
        _ => format!("{word}s"),
    }
}

fn is_vowel(c: char) -> bool {
    "aeiou".contains(c)
}
