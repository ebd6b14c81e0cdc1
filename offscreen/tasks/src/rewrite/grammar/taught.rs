//! What a model that was taught to mend may change: more than one that was only asked to.

use super::limits::{LONGEST, gains_is, has_s, is_other_tense, raises};
use crate::rewrite::meaning::{Meaning, is_denial};
use crate::rewrite::spelling::{is_past, is_related, is_variant};
use crate::words::{Analyzer, Word};

/// What not even the correction of a taught model adds or leaves out: how sure it is, how much is meant, which way
/// and when.
#[rustfmt::skip]
pub(super) const SURE: &[&str] = &[
    "again", "all", "already", "also", "although", "always", "and", "away", "back", "because", "but", "can", "could", "down", "even",
    "ever", "every", "here", "if", "just", "may", "maybe", "might", "must", "now", "off", "once", "only", "or", "out", "perhaps", "shall",
    "should", "still", "unless", "up", "very", "when", "where", "while", "why", "will", "without", "would",
];

/// After one of these no *will* or *would* stands: `if it will rain` is `if it rains`.
const CONDITIONS: &[&str] = &["after", "as", "before", "if", "until", "when"];

/// After these a verb stands as it is: `had to walked` is `had to walk`.
#[rustfmt::skip]
const BEFORE_BARE: &[&str] = &[
    "to", "can", "can't", "could", "couldn't", "did", "didn't", "do", "does", "doesn't", "don't", "may", "might", "must", "shall", "should",
    "shouldn't", "will", "won't", "would", "wouldn't",
];

/// Nouns of many that British English has in the plural: `the team are`.
#[rustfmt::skip]
const COLLECTIVES: &[&str] = &[
    "audience", "band", "bank", "board", "cabinet", "choir", "club", "commission", "committee", "company", "council", "couple",
    "crew", "crowd", "department", "faculty", "family", "firm", "gang", "generation", "government", "group", "jury", "majority", "management",
    "ministry", "minority", "opposition", "orchestra", "pair", "panel", "parliament", "party", "police", "press", "public", "side", "staff",
    "team", "union",
];

/// So many words before a verb are taken for its subject's.
const SUBJECT: usize = 3;

/// After an `'s` these say that it was a *has* or an *is*.
const AFTER_VERB: &[&str] = &["a", "been", "gone", "got", "had", "not", "the"];

/// Words that are taken for each other and do not look alike enough.
const CONFUSED: &[&str] = &[
    "passed past",
    "cost costed",
    "fed feeded",
    "lay laid lied lies lays lain",
    "advise advice",
    "principal principle",
    "tonight tonite",
];

/// A sentence to be mended.
pub(super) struct Sentence<'a> {
    pub(super) source: &'a str,
    pub(super) words: Vec<Word<'a>>,
}

impl<'a> Sentence<'a> {
    pub(super) fn of(source: &'a str) -> Self {
        Self { source, words: Analyzer::english().words(source) }
    }

    /// Whether `new` may stand for `old`, some of its words in a row (none: before all of them): any little words
    /// may come, go and take each other's places that leave it as sure, as denied and of the same persons as
    /// it was, and words of content may be respelled.
    pub(super) fn allows(&self, old: &[Word<'_>], new: &[Word<'_>]) -> bool {
        if raises(old, new) || self.begins_anew(old, new) || old.iter().chain(new).any(Word::numeric) {
            return false;
        }
        let around = Around::of(&self.words, old);
        if let ([word], []) = (old, new)
            && around.doubles(word)
        {
            // `that that` and `had had` are right as they stand.
            return !["that", "had"].contains(&word.lower.as_str());
        }
        if old.len() == new.len() && old.iter().zip(new).all(|(old, new)| gains_apostrophe(old, new)) {
            return true;
        }
        self.says_as_much(old, new, &around)
            && self.keeps_style(old, new, &around)
            && around.respells(old, new)
    }

    /// Whether it is as sure, as denied and of the same persons. In a sentence of more than one denial, one may
    /// go.
    fn says_as_much(&self, old: &[Word<'_>], new: &[Word<'_>], around: &Around<'_, '_>) -> bool {
        let denials = self.words.iter().filter(|word| is_denial(word)).count();
        let (meant, means) = (Meaning::of(old), Meaning::of(new));
        let one_less = meant.undenied().agrees(&means);
        let goes_on_denying = count(new, "nor") > 0 && meant.agrees(&means.undenied());
        let needless = |word: &str| match word {
            "or" => goes_on_denying,
            "ever" => count(old, "never") > 0,
            "will" | "would" => count(new, word) == 0 && around.follows(SUBJECT + 1, CONDITIONS),
            _ => false,
        };
        SURE.iter().all(|word| count(old, word) == count(new, word) || needless(word))
            && (meant.agrees(&means) || denials > 1 && one_less || denials > 0 && goes_on_denying)
    }

    /// Whether it is a mistake that is mended, and not the writer's way: contractions, headings, nouns of many.
    fn keeps_style(&self, old: &[Word<'_>], new: &[Word<'_>], around: &Around<'_, '_>) -> bool {
        let related = || old.len() == new.len() && old.iter().zip(new).all(|(old, new)| is_related(old, new));
        let expands =
            old.len() < new.len() && old.iter().any(is_contracted) && !new.iter().any(is_contracted);
        let singular = [("are", "is"), ("were", "was"), ("have", "has")];
        let is_number = matches!((old, new), ([old], [new]) if singular.contains(&(&old.lower, &new.lower)));
        if expands || gains_is(old, new) || is_number && around.is_of_many() {
            return false;
        }
        let denials = |word: &Word<'_>| word.lower.ends_with("n'ts");
        old.len().max(new.len()) <= LONGEST && !new.iter().any(denials) && (!self.is_heading() || related())
    }

    /// Whether a line that goes on from the one before it would begin like a sentence.
    fn begins_anew(&self, old: &[Word<'_>], new: &[Word<'_>]) -> bool {
        let open = !self.source.trim_end().ends_with(['.', '!', '?', '…', '"', '”', '\'', '’']);
        let begins = |word: &Word<'_>| word.capitalised() && word.lower != "i" && !word.content;
        open && old.first().is_some_and(|old| old.start == 0 && !old.capitalised())
            && new.first().is_some_and(begins)
    }

    /// Whether it is a heading in capitals, which need not be a sentence.
    pub(super) fn is_heading(&self) -> bool {
        let content = self.words.iter().filter(|word| word.content);
        self.source.ends_with(char::is_alphanumeric)
            && self.words.len() > 2
            && content.clone().count() > 1
            && content.skip(1).all(|word| word.capitalised() || word.numeric())
    }
}

/// The words of a sentence around some of them.
struct Around<'w, 't> {
    before: &'w [Word<'t>],
    after: &'w [Word<'t>],
}

impl<'w, 't> Around<'w, 't> {
    /// Around no words is nothing: where they would stand is not known.
    fn of(words: &'w [Word<'t>], old: &[Word<'_>]) -> Self {
        let (Some(first), Some(last)) = (old.first(), old.last()) else {
            return Self { before: &[], after: &[] };
        };
        let at = words.partition_point(|word| word.start < first.start);
        let end = words.partition_point(|word| word.start <= last.start);
        Self { before: &words[..at], after: &words[end..] }
    }

    fn doubles(&self, word: &Word<'_>) -> bool {
        [self.before.last(), self.after.first()].into_iter().flatten().any(|other| other.lower == word.lower)
    }

    /// Whether one of `list` is among so many words before.
    fn follows(&self, words: usize, list: &[&str]) -> bool {
        self.before.iter().rev().take(words).any(|word| list.contains(&word.lower.as_str()))
    }

    /// Whether a verb's subject may be many: `the team`, a club's name, `my wife and I`.
    fn is_of_many(&self) -> bool {
        let many = |word: &Word<'_>| word.capitalised() || COLLECTIVES.contains(&word.lower.as_str());
        self.before.last().is_some_and(many) || self.follows(SUBJECT, &["and"])
    }

    /// Whether all words of content have one each that is theirs in another spelling or form.
    fn respells(&self, old: &[Word<'_>], new: &[Word<'_>]) -> bool {
        let bare = self.follows(1, BEFORE_BARE);
        // A possessor stands before what it has.
        let possesses = |word: &Word<'_>| word.content || AFTER_VERB.contains(&word.lower.as_str());
        let owner = self.after.first().is_some_and(possesses) || old.len() > 1;
        let pairs = |old: &Word<'_>, new: &Word<'_>| {
            let confused = are_confused(old, new);
            let longer = new.lower.len() > old.lower.len() && new.lower.ends_with(['s', 'd']);
            (confused || is_related(old, new))
                && (confused || bare || !is_other_tense(old, new) || is_past(&new.lower))
                && (has_s(new) || !has_s(old) || !owner && new.lower.ends_with('s'))
                && !is_variant(&old.lower, &new.lower)
                && !(bare && longer)
        };
        let mut rest = new.iter();
        old.iter().filter(|word| word.content).all(|word| rest.any(|other| pairs(word, other)))
            && new.iter().filter(|word| word.content).all(|word| old.iter().any(|other| pairs(other, word)))
            && !matches!((old, new), ([old], [new]) if is_variant(&old.lower, &new.lower))
    }
}

fn count(words: &[Word<'_>], wanted: &str) -> usize {
    words.iter().filter(|word| word.lower == wanted).count()
}

fn are_confused(old: &Word<'_>, new: &Word<'_>) -> bool {
    let has = |forms: &str, word: &Word<'_>| forms.split(' ').any(|form| form == word.lower);
    CONFUSED.iter().any(|forms| has(forms, old) && has(forms, new))
}

/// `dont` and `don't`.
fn gains_apostrophe(old: &Word<'_>, new: &Word<'_>) -> bool {
    let letters = |text: &str| text.to_lowercase().replace(['\'', '’'], "");
    old.text == new.text
        || is_contracted(new) && !is_contracted(old) && letters(old.text) == letters(new.text)
}

fn is_contracted(word: &Word<'_>) -> bool {
    word.text.contains(['\'', '’'])
}
