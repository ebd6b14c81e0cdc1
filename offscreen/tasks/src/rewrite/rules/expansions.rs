//! `it's` to `it is`.

use super::pattern::Slot;
use super::table::TABLE;
use super::text::Token;
use super::words::{FUNCTION, SUBJECTS, is_adverb};
use crate::languages::List;

/// What denies in one word with its verb, and in two.
#[rustfmt::skip]
pub(super) const DENIED: &[(&str, &str)] = &[
    ("aren't", "are"), ("can't", "can"), ("couldn't", "could"), ("didn't", "did"), ("doesn't", "does"),
    ("don't", "do"), ("hadn't", "had"), ("hasn't", "has"), ("haven't", "have"), ("isn't", "is"),
    ("shouldn't", "should"), ("wasn't", "was"), ("weren't", "were"), ("won't", "will"), ("wouldn't", "would"),
];

/// What is rarely said in one word.
#[rustfmt::skip]
const STIFF: &[(&str, &str)] = &[
    ("mustn't", "must"), ("needn't", "need"), ("mightn't", "might"), ("shan't", "shall"), ("oughtn't", "ought"),
];

/// Words before `'s` that are no owners.
const PRONOUNS: List = List(
    "he|she|it|that|there|here|what|who|where|how|when|why|everything|something|nothing|this|which|anything",
);

/// Those that may own something.
const ANYBODY: List = List("everyone|everybody|someone|somebody|nobody|anyone|anybody|one");

/// Behind `'s` of an owner none of these stands.
const NO_THINGS: List = List(
    "that|above|under|between|near|within|below|around|due|a|an|the|not|also|always|already|still|just|never|now|\
     so|too|very|really|super|way|pretty|kind|actually|suddenly|currently|going|up|in|on|at|out|off|here|there|\
     gone|been|got|coming|waiting|asking|trying|saying|being|having|getting|making|looking|leaving|doing|working|\
     stuck|supposed|about|gonna|my|your|our|quite|almost|only|probably|likely|over|to|from|taking|moving|running",
);

/// Behind `'s` of something that is so; before the end of a clause or what follows one.
const STATES: List = List(
    "shut|closed|open|broken|late|ready|ill|sick|full|empty|great|nice|fine|ok|okay|awful|terrible|amazing|awesome|\
     down|dead|wrong|right|busy|free|cold|hot|loud|lovely|excellent|good|bad|tired|angry|upset|happy|worried|fed|\
     expensive|cheap|cancelled|delayed|finished|done|lost|missing|booked|sorted|slow|huge|tiny|wet|dirty|safe|sure|\
     worth|due|brilliant|fantastic|cool|lame|rubbish|overdue|pregnant|asleep|awake|alone|clear|bust|small|big|\
     tough|rough|fun|weird|strict|fair|boring|quiet|hungry|useless|old|new|made|hard|easy|long|short|gone|set|\
     medieval|dry|warm|filthy|back|away|unwell",
);

const FOLLOWERS: List = List(
    "till|until|for|to|and|but|or|because|so|again|today|tomorrow|now|on|at|in|with|of|when|if|about|as|from|up|\
     than|this|right|since|after|before|by|tonight|though|too|already|enough",
);

/// Participles behind `'s` and `'d` that always have something done.
const DONE: List = List("been|come|got|had|become|gone|happened|rained|snowed|shrunk|grown|risen|fallen");

/// Those that a person has done.
const DONE_BY_PERSONS: List = List(
    "left|forgotten|seen|gone|come|grown|fallen|risen|said|heard|written|begun|met|won|decided|agreed|arrived|\
     returned|retired|resigned|passed|missed|lived|worked|started|stopped|promised|spoken|known|slept|run|eaten|\
     managed|bought|bothered|nicked|stolen|claimed|told|asked|found|lost|taken|made|done|given|broken",
);

/// Before `'s` that is a person.
const PERSONS: List = List("he|she|who");

/// Writes each contraction out.
pub(super) fn expand(tokens: &mut Vec<Token>) {
    let mut at = 0;
    while at < tokens.len() {
        let words = expansion(tokens, at);
        at += 1;
        let Some((first, second, swapped)) = words else { continue };
        let upper = tokens[at - 1].is_capitalised() && first != "I";
        let before = std::mem::take(&mut tokens[at - 1].before);
        tokens[at - 1] = Token::new(&before, &first);
        if upper {
            tokens[at - 1].capitalise();
        }
        if !second.is_empty() {
            // `Don't you` is `do you not`.
            let place = (at + swapped).min(tokens.len());
            tokens.insert(place, Token::new(" ", second));
        }
    }
}

/// The words of the contraction at `at`, and how many tokens stand between them.
fn expansion(tokens: &[Token], at: usize) -> Option<(String, &'static str, usize)> {
    let token = &tokens[at];
    let (mark, _) = token.text.char_indices().find(|(_, c)| "'’".contains(*c))?;
    if token.kept || mark == 0 {
        return None;
    }
    let lower = token.lower.as_str();
    if let Some((_, verb)) = DENIED.iter().chain(STIFF).find(|(denied, _)| *denied == lower) {
        let swapped = inverted(tokens, at);
        return Some(match (*verb, swapped) {
            ("can", 0) => ("cannot".to_owned(), "", 0),
            (verb, swapped) => (verb.to_owned(), "not", swapped),
        });
    }
    let stem = &token.text[..mark];
    // Small letters may take other bytes than their capitals.
    let (subject, ending) = lower.split_once('\'')?;
    let next = |count: usize| {
        let rest = tokens[at + 1..].iter().filter(|token| !is_adverb(&token.lower));
        rest.take(count).last().map(|token| token.lower.as_str()).unwrap_or_default()
    };
    if lower == "ain't" {
        let before = at.checked_sub(1).map(|at| tokens[at].lower.as_str()).unwrap_or_default();
        let verb = match before {
            "i" => "am",
            "we" | "you" | "they" => "are",
            "he" | "she" | "it" | "that" | "this" => "is",
            _ => return None,
        };
        return Some((verb.to_owned(), "not", 0));
    }
    // `could've` and `I'd've` too.
    let stem = if stem.eq_ignore_ascii_case("i") { "I".to_owned() } else { stem.to_owned() };
    let verb = match ending.trim_start_matches('\'') {
        "m" if subject == "i" => "am",
        "re" => "are",
        "ve" => "have",
        "ll" => "will",
        "d" if ["how", "why", "where", "what", "when"].contains(&subject) => "did",
        "d" => {
            let had = ["better", "no", "a", "an", "the"].contains(&next(1))
                || is_participle(next(1)) && !BARE_TOO.has(next(1));
            if had { "had" } else { "would" }
        }
        "s" if subject == "let" => "us",
        "s" => is_or_has(tokens, at, subject, next(1), next(2))?,
        _ => return None,
    };
    Some((stem, verb, 0))
}

/// Tokens between a verb and its `not`: the subject of a question.
fn inverted(tokens: &[Token], at: usize) -> usize {
    let Some(next) = tokens.get(at + 1) else { return 0 };
    let before = at.checked_sub(1).map(|at| &tokens[at]);
    let first = before.is_none_or(|token| {
        !token.is_word()
            || ["why", "how", "when", "where", "what", "and", "but", "so", "or"]
                .contains(&token.lower.as_str())
    });
    let asks = tokens
        .iter()
        .rev()
        .find(|token| !token.kept && !token.is_sign(&['"', ')']))
        .is_some_and(|token| token.is_sign(&['?']));
    let subject = SUBJECTS.has(&next.lower)
        || ["there", "this", "that", "these", "those", "everyone", "anyone"].contains(&next.lower.as_str())
            && asks;
    match () {
        () if first && subject && (asks || before.is_some_and(|token| token.lower == "why")) => 1,
        () if first && asks && Slot::Name.is_at(tokens, at + 1) => 1,
        () => 0,
    }
}

/// Participles that are the first form, too.
const BARE_TOO: List = List("come|become|run");

pub(super) fn is_participle(lower: &str) -> bool {
    TABLE.participles.contains(lower)
        || BARE_TOO.has(lower)
        || lower.len() > 4
            && lower.ends_with("ed")
            && !["need", "speed", "proceed", "exceed", "succeed", "indeed", "feed"].contains(&lower)
}

fn is_or_has(tokens: &[Token], at: usize, subject: &str, next: &str, after: &str) -> Option<&'static str> {
    let pronoun = PRONOUNS.has(subject);
    let anybody = ANYBODY.has(subject);
    if !pronoun {
        // An owner, if it is one: then nothing is done.
        let word = |at: usize| tokens.get(at).map(|token| token.lower.as_str()).unwrap_or_default();
        let follows = |lower: &str| lower.is_empty() || FOLLOWERS.has(lower) || ".,;:!?".contains(lower);
        let (said, then) = (word(at + 1), word(at + 2));
        // `The bank's cutting 300 jobs`, not `Anna's cooking is great`.
        let owned = ["is", "was", "are", "were", "has", "and", "of", "will", "or"].contains(&after);
        let acts = said.len() > 4
            && said.ends_with("ing")
            && !owned
            && (FUNCTION.has(after) || after.starts_with(|c: char| c.is_ascii_digit()) || after.is_empty());
        let is_so = NO_THINGS.has(said)
            || (STATES.has(said) || is_participle(said)) && follows(then)
            || STATES.has(next) && follows(after) && said != next
            || is_participle(next) && (anybody || is_thing(after) || DONE.has(next))
            || acts;
        if !is_so {
            return None;
        }
    }
    if DONE.has(next) {
        return Some("has");
    }
    let person = PERSONS.has(subject) || anybody || !pronoun && tokens[at].is_capitalised();
    if person && (DONE_BY_PERSONS.has(next) || next == "gone") {
        return Some("has");
    }
    // `She's asked us`, `it's taken a week`; of a person also `he's found work`.
    let done = is_participle(next) && !["used", "supposed"].contains(&next);
    if done
        && (is_thing(after)
            || person && !after.is_empty() && !FUNCTION.has(after) && after.chars().all(char::is_alphabetic))
    {
        return Some("has");
    }
    Some(if subject == "there" && is_many(tokens, at) { "are" } else { "is" })
}

/// What a verb has something done to begins with.
fn is_thing(lower: &str) -> bool {
    let starts = [
        "a",
        "an",
        "the",
        "my",
        "your",
        "his",
        "our",
        "their",
        "its",
        "me",
        "us",
        "them",
        "him",
        "it",
        "all",
        "that",
        "this",
        "more",
        "nothing",
        "something",
        "everything",
    ];
    starts.contains(&lower) || lower.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether `there's` speaks of several.
fn is_many(tokens: &[Token], at: usize) -> bool {
    let words: Vec<&str> = tokens[at + 1..].iter().take(4).map(|token| token.lower.as_str()).collect();
    let plural =
        |place: usize| tokens.get(at + 1 + place).is_some() && Slot::Plural.is_at(tokens, at + 1 + place);
    match words[..] {
        ["lots" | "loads" | "tons" | "plenty" | "heaps", "of", ..] => plural(2),
        ["a", "lot" | "bunch" | "couple" | "load" | "ton", "of", ..] => plural(3),
        ["many" | "several" | "few" | "two" | "three" | "four" | "five" | "six" | "seven" | "ten", ..] => {
            true
        }
        ["a", "few", ..] => true,
        ["some" | "no" | "any" | "only", ..] => plural(1),
        [number, ..] => number.starts_with(|c: char| c.is_ascii_digit()) && number != "1" && plural(1),
        [] => false,
    }
}
