//! What a question asks for: by the words that it is asked with, which kind of answer, and which words of
//! the page it must stand with.

use super::kind::{Kind, Unit};
use crate::languages::{ENGLISH, List};
use crate::words::{Analyzer, Word};
use strsim::osa_distance;

/// Words that are looked for at most: a question has no more.
const MOST_TERMS: usize = 24;

/// Words into a question at which the word that it is asked with stands at the latest: `for how many years`.
const OPENING: usize = 6;

/// A question in English, taken apart.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) kind: Kind,
    /// The words with content, in order, each once, without those that only say what kind of answer is wanted.
    pub(super) terms: Vec<Term>,
    /// The stem of what is asked after `which` or `what`: `Which university …`.
    pub(super) class: Option<String>,
    /// Whether it says of something that it is not so: `What if I have no yeast?`
    pub(super) denies: bool,
}

/// A word that the question has.
#[derive(Debug)]
pub(super) struct Term {
    pub(super) key: String,
    /// A name or a number: nothing else stands for it.
    pub(super) is_name: bool,
    /// It says little: a page need not have it to answer.
    pub(super) is_light: bool,
}

/// What a question that is answered by yes or no begins with.
const AUXILIARIES: List = List(
    "am|are|aren't|can|can't|could|did|didn't|do|does|doesn't|don't|had|has|have|is|isn't|may|\
     might|must|shall|should|was|were|will|won't|would",
);

/// What makes another question's word one's own: `Can you tell me where …`.
const ASKING: List = List("explain|know|say|tell");

/// Words with which a question says nothing about its topic.
const GENERIC: List = List(
    "article|ask|exactly|explain|gave|gone|happen|happened|happening|happens|know|living|mean|\
     meaning|means|mention|mentioned|page|please|possible|question|sort|takes|taking|tell|text|\
     took|type|website|went",
);

/// Words that say little beside others: pages put them in other ways, or leave them out.
const LIGHT: List = List(
    "actual|actually|available|average|bring|buy|certain|contain|current|currently|different|\
     exact|fit|general|good|include|item|items|kept|keep|long|main|need|new|now|offer|old|part|\
     people|person|place|plan|plans|provide|put|receive|recently|require|see|something|stay|thing|\
     things|today|total|usual|usually|want|work",
);

/// What has content only where it is asked about: `What can I use instead of honey?`
const TOLD_APART: List = List("instead");

/// Words that ask for money.
const MONEY: List = List(
    "charge|charged|cheap|cost|costly|costs|earn|expensive|fare|fee|money|paid|pay|price|salary|\
     spend|worth",
);

const TIMES: List = List(
    "century|date|dates|day|days|decade|hour|hours|month|months|time|times|weekday|weekdays|year|\
     years",
);

impl Question {
    /// Takes a text apart; without words that could be looked for it has no terms.
    pub(super) fn read(text: &str, english: &Analyzer) -> Self {
        let words = english.words(text);
        let lower: Vec<&str> = words.iter().map(|word| word.lower.as_str()).collect();
        let at = asking_word(&lower);
        let mut spent = vec![false; words.len()];
        let kind = match at {
            Some(at) => kind(&words, &lower, at, &mut spent),
            None if lower.first().is_some_and(|first| AUXILIARIES.has(first)) => Kind::Whether,
            None => Kind::Fact,
        };
        let class = at.filter(|&at| ["what", "which"].contains(&lower[at])).and_then(|at| words.get(at + 1));
        let class = class.filter(|word| word.content).map(|word| word.key.clone());
        let says_nothing = |i: usize| {
            let takes_part =
                i > 0 && lower[i] == "part" && ["take", "took", "taking", "takes"].contains(&lower[i - 1]);
            let is_there = matches!(kind, Kind::Count(_)) && ["exist", "live"].contains(&lower[i]);
            takes_part || is_there || GENERIC.has(lower[i])
        };
        let terms = terms(&words, |i| spent[i] || says_nothing(i));
        let denies = lower.iter().any(|word| ENGLISH.denials.has(word));
        Self { kind, terms, class, denies }
    }

    /// Whether it is about something that has to be looked for, and not only of a kind: `How loud is it?`
    pub(super) fn names_something(&self) -> bool {
        self.terms.iter().any(|term| !term.is_light)
    }
}

/// The words with content but those that are left out.
fn terms(words: &[Word<'_>], is_left_out: impl Fn(usize) -> bool) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    let has_content = |word: &Word<'_>| word.content || TOLD_APART.has(&word.lower);
    for (i, word) in words.iter().enumerate().filter(|(i, word)| has_content(word) && !is_left_out(*i)) {
        if terms.len() < MOST_TERMS && !terms.iter().any(|term| term.key == word.key) {
            let is_name = i > 0 && word.capitalised() || word.numeric();
            let is_light = !is_name && LIGHT.has(&word.lower);
            terms.push(Term { key: word.key.clone(), is_name, is_light });
        }
    }
    terms
}

/// Where the word stands that the question is asked with, if it is one with such a word.
fn asking_word(lower: &[&str]) -> Option<usize> {
    const WORDS: [&str; 9] = ["how", "what", "when", "where", "which", "who", "whom", "whose", "why"];
    let at = lower.iter().take(OPENING).position(|word| WORDS.contains(word))?;
    let is_yes_or_no = AUXILIARIES.has(lower[0]) && !lower[..at].iter().any(|word| ASKING.has(word));
    (!is_yes_or_no).then_some(at)
}

/// The kind of answer that is wanted. Marks the words as spent that say so and nothing else.
fn kind(words: &[Word<'_>], lower: &[&str], at: usize, spent: &mut [bool]) -> Kind {
    let next = lower.get(at + 1).copied().unwrap_or_default();
    let has = |list: List| lower.iter().any(|word| list.has(word));
    let mut spend = |list: List| (0..lower.len()).for_each(|i| spent[i] |= list.has(lower[i]));
    match lower[at] {
        "who" | "whom" | "whose" => {
            let is_name = |word: &Word<'_>| !word.content || word.capitalised();
            let named = words[at + 1..].iter().any(|word| word.content);
            let is_identity = ["is", "was"].contains(&next) && named && words[at + 1..].iter().all(is_name);
            if is_identity { Kind::Identity } else { Kind::Person }
        }
        "where" => Kind::Place,
        "when" => Kind::Time,
        "why" => Kind::Reason,
        "how" => how(words, lower, at, spent),
        _ if TIMES.has(next) => {
            spent[at + 1] = true;
            Kind::Time
        }
        _ if ["color", "colors", "colour", "colours"].contains(&next) => {
            spent[at + 1] = true;
            Kind::Colour
        }
        _ if ["share", "percentage", "percent", "proportion", "fraction"].contains(&next) => {
            spent[at + 1] = true;
            Kind::Measure(Unit::Share)
        }
        _ if has(List("opinion|think|thinks|thought|said|say|says")) => {
            spend(List("opinion|think|thinks|thought|said|say|says"));
            Kind::Opinion
        }
        _ if has(List("reason|reasons|cause")) => {
            spend(List("reason|reasons"));
            Kind::Reason
        }
        _ if has(List("called|name|named")) && !has(List("after")) => {
            spend(List("called|name|named"));
            Kind::Name
        }
        _ if has(List("cost|costs|fare|fee|price|salary")) => {
            spend(MONEY);
            Kind::Measure(Unit::Money)
        }
        _ if has(List("temperature")) => Kind::Measure(Unit::Temperature),
        _ if has(List("distance|height|length|width")) => {
            spend(List("distance|height|length|width"));
            Kind::Measure(Unit::Length)
        }
        _ if has(List("amount|number|size")) => {
            spend(List("amount|number|size"));
            Kind::Measure(Unit::Any)
        }
        _ if is_definition(lower, at) => Kind::Definition,
        _ => Kind::Fact,
    }
}

/// `What is a heat pump?`
fn is_definition(lower: &[&str], at: usize) -> bool {
    let [verb, rest @ ..] = &lower[at + 1..] else { return false };
    let bare = !rest
        .iter()
        .any(|word| ["the", "of", "for", "in", "on", "to", "his", "her", "their", "its"].contains(word));
    ["is", "are", "was", "were"].contains(verb) && bare && (1..=4).contains(&rest.len())
}

/// What follows `how`.
fn how(words: &[Word<'_>], lower: &[&str], at: usize, spent: &mut [bool]) -> Kind {
    let Some(&next) = lower.get(at + 1) else { return Kind::Fact };
    let has = |list: List| lower.iter().any(|word| list.has(word));
    if next != "may" && osa_distance(next, "many") <= 1 {
        spent[at + 1] = true;
        let counted = (at + 2..words.len()).find(|&i| words[i].content);
        if counted.is_some_and(|i| ["people", "persons", "times"].contains(&lower[i])) {
            counted.into_iter().for_each(|i| spent[i] = true);
            return Kind::Measure(Unit::Any);
        }
        return counted.map_or(Kind::Measure(Unit::Any), |i| Kind::Count(words[i].key.clone()));
    }
    let unit = match next {
        "much" => {
            let after = lower.get(at + 2).copied().unwrap_or_default();
            match after {
                _ if has(List("weigh|weighs|weight")) => Unit::Mass,
                _ if has(MONEY) => Unit::Money,
                "is" | "are" => Unit::Money,
                "time" => Unit::Extent,
                _ => Unit::Any,
            }
        }
        "long" => Unit::Extent,
        "often" | "frequently" => Unit::Frequency,
        "heavy" => Unit::Mass,
        "hot" | "cold" | "warm" => Unit::Temperature,
        "loud" | "noisy" => Unit::Sound,
        "expensive" | "costly" | "cheap" => Unit::Money,
        "old" => Unit::Age,
        "far" | "tall" | "deep" | "wide" | "thick" => Unit::Length,
        "fast" | "quickly" => Unit::Speed,
        "high" | "big" | "large" | "strong" | "small" => Unit::Any,
        "soon" | "late" | "early" => {
            spent[at + 1] = true;
            return Kind::Time;
        }
        "come" => return Kind::Reason,
        _ => return Kind::Fact,
    };
    spent[at + 1] = true;
    if unit == Unit::Money {
        (0..lower.len()).for_each(|i| spent[i] |= MONEY.has(lower[i]));
    }
    if unit == Unit::Mass {
        (0..lower.len()).for_each(|i| spent[i] |= ["weigh", "weighs", "weight"].contains(&lower[i]));
    }
    Kind::Measure(unit)
}
