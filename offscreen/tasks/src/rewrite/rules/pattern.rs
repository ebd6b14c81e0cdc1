//! What a line of the table matches.

use super::text::{Token, ends, starts};
use super::words::{
    DETERMINERS, FUNCTION, NUMBERS, OBJECTS, PLURALS, SUBJECTS, is_adverb, is_bare_place, is_base_place,
};
use std::ops::Range;

/// A kind of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// `me`, `them`, `everyone`.
    Object,
    /// `me`, `them`, but not `it`.
    Person,
    /// `I`, `they`.
    Subject,
    /// `the`, `my`, `some`.
    Determiner,
    /// `7`, `seven`, `€7`.
    Number,
    /// `houses`, `people`.
    Plural,
    /// `going`.
    Gerund,
    /// `opened`.
    Participle,
    /// `is`.
    Be,
    /// `been`, `be`, `being`.
    Been,
    /// `not`.
    Not,
    /// A name.
    Name,
    /// A word of content in lower case, not ending as a participle does.
    Plain,
    /// `currently`.
    Adverb,
}

/// The kinds as the table writes them.
pub(super) const SLOTS: &[(&str, Slot)] = &[
    ("ME", Slot::Object),
    ("HIM", Slot::Person),
    ("WE", Slot::Subject),
    ("THE", Slot::Determiner),
    ("NUM", Slot::Number),
    ("NOUNS", Slot::Plural),
    ("VING", Slot::Gerund),
    ("VED", Slot::Participle),
    ("BE", Slot::Be),
    ("BEEN", Slot::Been),
    ("NOT", Slot::Not),
    ("NAME", Slot::Name),
    ("PLAIN", Slot::Plain),
    ("LY", Slot::Adverb),
];

/// One place of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// One of these words or signs.
    Words(Vec<String>),
    Slot(Slot),
    /// What may stand between a verb and its particle: `it`, `the old sofa`, or nothing.
    Between,
}

/// What must stand, or must not, beside what is matched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Beside {
    any: Vec<Item>,
    /// The end of a clause will do.
    end: bool,
    negative: bool,
}

/// When a form of a word is the one that is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guard {
    Always,
    /// Behind what a verb follows.
    Verb,
    /// Behind what only the first form follows, so that it is not the past.
    Bare,
    /// There, but not at the beginning: `helps`.
    Third,
    /// Not behind an article: a phrase whose verb is a noun as well.
    Phrase,
    /// Not behind what a verb follows.
    Noun,
    /// Behind `have` and `be`.
    Perfect,
}

/// What a line matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    pub(super) items: Vec<Item>,
    start: bool,
    left: Option<Beside>,
    right: Option<Beside>,
    pub(super) guard: Guard,
    /// Letters may be capitals.
    pub(super) any_case: bool,
}

/// Where a pattern matches.
pub(super) struct Found {
    /// The tokens.
    pub(super) range: Range<usize>,
    /// What stands in its slots, in order.
    pub(super) slots: Vec<(Slot, usize)>,
    /// What stands between verb and particle.
    pub(super) between: Range<usize>,
    /// How much was looked at: of several the one that looked at most is taken.
    pub(super) weight: usize,
}

impl Pattern {
    /// Reads one: see the table.
    pub(super) fn read(text: &str) -> Self {
        let mut pattern = Self {
            items: Vec::new(),
            start: false,
            left: None,
            right: None,
            guard: Guard::Always,
            any_case: false,
        };
        for part in parts(text) {
            if let Some(beside) = part.strip_prefix('(') {
                let beside = Some(Beside::read(beside.trim_end_matches(')')));
                if pattern.items.is_empty() {
                    pattern.left = beside;
                } else {
                    pattern.right = beside;
                }
            } else {
                match part {
                    "^" => pattern.start = true,
                    "$" => pattern.right = Some(Beside { end: true, ..Beside::default() }),
                    "~" => pattern.items.push(Item::Between),
                    _ => pattern.items.push(Item::read(part)),
                }
            }
        }
        pattern
    }

    /// Whether it matches at token `at`.
    pub(super) fn find(&self, tokens: &[Token], at: usize) -> Option<Found> {
        if self.start && !starts(tokens, at)
            || !self.left.as_ref().is_none_or(|left| left.is_before(tokens, at))
        {
            return None;
        }
        let guarded = match self.guard {
            Guard::Always => true,
            Guard::Verb => is_base_place(tokens, at),
            Guard::Bare => is_bare_place(tokens, at),
            Guard::Third => is_base_place(tokens, at) && !starts(tokens, at),
            Guard::Phrase => {
                let is_article =
                    |back: usize| at.checked_sub(back).is_some_and(|at| Slot::Determiner.is_at(tokens, at));
                let described = at.checked_sub(1).is_some_and(|at| Slot::Plain.is_at(tokens, at));
                !(is_article(1) || described && is_article(2))
            }
            Guard::Noun => {
                let joined = at
                    .checked_sub(1)
                    .is_some_and(|at| ["and", "or", "but"].contains(&tokens[at].lower.as_str()));
                !joined && !is_base_place(tokens, at)
            }
            Guard::Perfect => is_perfect_place(tokens, at),
        };
        let mut found = Found { range: at..at, slots: Vec::new(), between: at..at, weight: 0 };
        if !guarded || !self.follow(tokens, &mut found, 0) {
            return None;
        }
        let besides = usize::from(self.left.is_some())
            + usize::from(self.right.is_some())
            + usize::from(self.start)
            + usize::from(self.guard == Guard::Perfect || self.guard == Guard::Verb);
        found.weight = 8 * found.range.len() + besides;
        Some(found)
    }

    fn follow(&self, tokens: &[Token], found: &mut Found, from: usize) -> bool {
        for (place, item) in self.items.iter().enumerate().skip(from) {
            let at = found.range.end;
            if *item == Item::Between {
                return (0..=4).any(|count| {
                    found.range.end = at + count;
                    found.between = at..at + count;
                    is_between(tokens, at, count) && self.follow(tokens, found, place + 1)
                });
            }
            if !item.is_at(tokens, at, self.any_case) {
                return false;
            }
            if let Item::Slot(slot) = item {
                found.slots.push((*slot, at));
            }
            found.range.end += 1;
        }
        self.right.as_ref().is_none_or(|right| right.is_after(tokens, found.range.end))
    }

    /// The first words that it may match; none where it may be any word.
    pub(super) fn keys(&self) -> &[String] {
        match self.items.first() {
            Some(Item::Words(words)) => words,
            _ => &[],
        }
    }
}

impl Item {
    fn read(part: &str) -> Self {
        match SLOTS.iter().find(|(name, _)| *name == part) {
            Some((_, slot)) => Self::Slot(*slot),
            None => Self::Words(part.split('|').map(str::to_owned).collect()),
        }
    }

    fn is_at(&self, tokens: &[Token], at: usize, any_case: bool) -> bool {
        let Some(token) = tokens.get(at) else { return false };
        match self {
            Self::Words(words) => {
                // In the middle of a sentence what begins with a capital is a name.
                let common = any_case
                    || !token.is_capitalised()
                    || token.lower == "i"
                    || token.lower.starts_with("i'")
                    || starts(tokens, at);
                let is = |word: &String| {
                    let capital = word.starts_with(char::is_uppercase);
                    if capital && word != "I" {
                        token.text == *word
                    } else {
                        token.lower == word.to_lowercase() && common
                    }
                };
                !token.kept && words.iter().any(is)
            }
            Self::Slot(slot) => slot.is_at(tokens, at),
            Self::Between => false,
        }
    }
}

impl Slot {
    /// As [`Self::is_at`], and not beyond the end.
    pub(super) fn is_in(self, tokens: &[Token], at: usize) -> bool {
        at < tokens.len() && self.is_at(tokens, at)
    }

    pub(super) fn is_at(self, tokens: &[Token], at: usize) -> bool {
        let token = &tokens[at];
        let lower = token.lower.as_str();
        if self == Self::Number {
            let sign = token.is_sign(&['€', '$', '£', '¥']);
            return sign || token.text.starts_with(|c: char| c.is_ascii_digit()) || NUMBERS.has(lower);
        }
        if token.kept || !token.is_word() {
            return false;
        }
        let name = token.is_capitalised() && !starts(tokens, at) && lower != "i" && !lower.starts_with("i'");
        match self {
            Self::Name => name,
            Self::Subject => SUBJECTS.has(lower),
            _ if name => false,
            Self::Object => OBJECTS.has(lower),
            Self::Person => OBJECTS.has(lower) && lower != "it",
            Self::Determiner => DETERMINERS.has(lower),
            Self::Plural => is_plural(lower),
            Self::Gerund => is_gerund(lower),
            Self::Participle => lower.len() > 4 && lower.ends_with("ed"),
            Self::Be => ["is", "are", "was", "were", "am", "seems", "seem", "seemed"].contains(&lower),
            Self::Been => ["be", "been", "being"].contains(&lower),
            Self::Not => lower == "not" || lower == "cannot" || lower.ends_with("n't"),
            Self::Plain => {
                lower.len() > 2
                    && lower.chars().all(|c| c.is_alphabetic() || c == '-')
                    && !FUNCTION.has(lower)
                    && !is_gerund(lower)
                    && !lower.ends_with("ed")
            }
            Self::Adverb => lower.ends_with("ly") && is_adverb(lower),
            Self::Number => false,
        }
    }
}

impl Beside {
    fn read(text: &str) -> Self {
        let (negative, text) = text.strip_prefix('!').map_or((false, text), |text| (true, text));
        let (ends, others): (Vec<&str>, Vec<&str>) = text.split('|').partition(|part| *part == "$");
        Self { any: others.into_iter().map(Item::read).collect(), end: !ends.is_empty(), negative }
    }

    fn is_before(&self, tokens: &[Token], at: usize) -> bool {
        let is = |at: usize| self.any.iter().any(|item| item.is_at(tokens, at, false));
        let mut before = at;
        // `has also been` is like `has been`.
        for _ in 0..3 {
            let Some(place) = before.checked_sub(1) else { break };
            if is(place) {
                return !self.negative;
            }
            if !is_adverb(&tokens[place].lower) {
                break;
            }
            before = place;
        }
        self.negative
    }

    fn is_after(&self, tokens: &[Token], at: usize) -> bool {
        let is = self.any.iter().any(|item| item.is_at(tokens, at, false)) || self.end && ends(tokens, at);
        is != self.negative
    }
}

/// A pattern in its parts: words, and what stands in brackets.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let bracket = rest.starts_with('(');
        let end = if bracket { rest.find(')').map(|at| at + 1) } else { rest.find(' ') };
        let (part, after) = rest.split_at(end.unwrap_or(rest.len()));
        parts.push(part);
        rest = after.trim_start();
    }
    parts
}

/// Whether a pronoun stands between a verb and its particle, never behind: `throw it away`.
pub(super) fn is_moved(token: &Token) -> bool {
    !token.kept && ["it", "them", "him", "her", "us", "you", "me"].contains(&token.text.as_str())
}

fn is_between(tokens: &[Token], at: usize, count: usize) -> bool {
    let Some(words) = tokens.get(at..at + count) else { return false };
    let Some(first) = words.first() else { return true };
    let one = ["it", "them", "this", "that", "these", "those", "him", "her", "us", "you", "me", "everything"];
    let named = Slot::Name.is_at(tokens, at);
    words.iter().all(Token::is_word)
        && (count == 1 && one.contains(&first.lower.as_str())
            || count > 1 && Slot::Determiner.is_at(tokens, at)
            || named && count < 3)
        && words[1..].iter().all(|word| !FUNCTION.has(&word.lower) || word.lower == "of")
}

fn is_perfect_place(tokens: &[Token], at: usize) -> bool {
    let before = tokens[..at].iter().rev().find(|token| !is_adverb(&token.lower) && token.lower != "before");
    let lower = before.map(|token| token.lower.as_str()).unwrap_or_default();
    [
        "have", "has", "had", "having", "be", "been", "being", "is", "are", "was", "were", "am", "get",
        "got", "'ve", "haven't", "hasn't", "hadn't", "isn't", "aren't", "wasn't", "weren't", "i've", "we've",
        "you've", "they've", "it's", "he's", "she's",
    ]
    .contains(&lower)
}

fn is_plural(lower: &str) -> bool {
    let ending = ["ss", "us", "is", "'s", "as"].iter().any(|end| lower.ends_with(end));
    PLURALS.has(lower) || lower.len() > 3 && lower.ends_with('s') && !ending && !FUNCTION.has(lower)
}

fn is_gerund(lower: &str) -> bool {
    let others = [
        "thing",
        "nothing",
        "something",
        "anything",
        "everything",
        "morning",
        "evening",
        "during",
        "spring",
        "string",
        "ceiling",
        "wedding",
        "pudding",
        "sibling",
        "darling",
    ];
    lower.len() > 4 && lower.ends_with("ing") && !others.contains(&lower)
}
