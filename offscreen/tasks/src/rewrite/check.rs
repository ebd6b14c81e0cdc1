//! Can a model's version of a text stand? No model is asked, and in doubt the text stays as it was.
//!
//! First what holds for every operation: something was written, it is no talk about the task, does
//! not loop, has the form of the text, and invents no name, number or link ([`check_common`]). Then
//! what the operation wants.

use super::facts::Facts;
use super::meaning::{Meaning, is_denial, is_not};
use crate::rejection::Rejection;
use crate::sentences;
use crate::shorten::verify::verify;
use crate::words::Word;
use protocol::RewriteOperation;
use std::collections::{HashMap, HashSet};

/// What a model made of a text.
pub(super) struct Version<'a> {
    /// What was to be done.
    pub(super) operation: RewriteOperation,
    /// The reader's own words for it; empty for all but [`RewriteOperation::Instruction`].
    pub(super) instruction: &'a str,
    pub(super) source: &'a str,
    pub(super) answer: &'a str,
}

/// Bounds for a version that says the same in other words.
struct Bounds {
    /// Share of the text's content words that must still be there.
    kept: f32,
    /// New content words at most, as a share of the text's, beside two that are always free.
    new: f32,
    /// Words at most, as a share of the text's, beside four that are always free.
    words: f32,
    /// Sentences at most beyond the text's.
    sentences: usize,
}

const SIMPLER: Bounds = Bounds { kept: 0.3, new: 0.5, words: 1.2, sentences: 1 };
const TONE: Bounds = Bounds { kept: 0.4, new: 0.5, words: 1.3, sentences: 0 };
const LONGER: Bounds = Bounds { kept: 0.8, new: 1.5, words: 3.0, sentences: 2 };

pub(super) fn check(version: &Version<'_>, facts: &Facts) -> Result<(), Rejection> {
    let Version { operation, source, answer, .. } = *version;
    let (words, answer_words) = (facts.analyzer.words(source), facts.analyzer.words(answer));
    check_common(version, facts, &answer_words)?;
    let unchanged = spelled(&words) == spelled(&answer_words);
    let lost = facts.lost(source, answer);
    let nothing_lost = || if lost.is_empty() { Ok(()) } else { Err(Rejection::Lost(lost.clone())) };
    match operation {
        RewriteOperation::FixGrammar => nothing_lost()?,
        RewriteOperation::Shorter | RewriteOperation::Bullets => check_shorter(version, facts)?,
        RewriteOperation::Instruction => {
            if unchanged && source == answer {
                return Err(Rejection::Unchanged);
            }
        }
        RewriteOperation::Simplify
        | RewriteOperation::Longer
        | RewriteOperation::MoreFormal
        | RewriteOperation::MoreCasual => {
            if unchanged {
                return Err(Rejection::Unchanged);
            }
            nothing_lost()?;
            let bounds = match operation {
                RewriteOperation::Simplify => SIMPLER,
                RewriteOperation::Longer => LONGER,
                _ => TONE,
            };
            check_paraphrase(version, facts, &bounds)?;
            if operation == RewriteOperation::Longer && answer_words.len() * 6 < words.len() * 7 {
                return Err(Rejection::NotLonger);
            }
        }
    }
    Ok(())
}

fn spelled<'a>(words: &'a [Word<'_>]) -> Vec<&'a str> {
    words.iter().map(|word| word.text).collect()
}

fn check_common(version: &Version<'_>, facts: &Facts, words: &[Word<'_>]) -> Result<(), Rejection> {
    let Version { instruction, source, answer, .. } = *version;
    if words.is_empty() {
        return Err(Rejection::Empty);
    }
    let (lower_source, lower) = (source.to_lowercase(), answer.to_lowercase());
    let starts = |start: &&&str| lower.starts_with(**start) && !lower_source.starts_with(**start);
    let talks = |word: &&&str| lower.contains(**word) && !lower_source.contains(**word);
    let marks = |c: char| "*#`<>|_[]{}\\".contains(c) && !source.contains(c) && !instruction.contains(c);
    if OPENINGS.iter().any(|start| starts(&start))
        || TALK.iter().any(|word| talks(&word))
        || answer.contains(marks)
    {
        return Err(Rejection::Chatter);
    }
    let instructed = !instruction.is_empty();
    if !instructed && (answer.contains('\n') || quotes(answer) != quotes(source) || !same_end(source, answer))
    {
        return Err(Rejection::Form);
    }
    if answer.chars().any(|c| is_control(c) && !source.contains(c))
        || !same_script(source, answer) && !instructed
    {
        return Err(Rejection::Form);
    }
    if repeats(words) > repeats(&facts.analyzer.words(source)) {
        return Err(Rejection::Loop);
    }
    let invented = facts.invented(&format!("{source}\n{instruction}"), answer);
    if invented.is_empty() { Ok(()) } else { Err(Rejection::Invented(invented)) }
}

/// A shorter version of an English sentence leaves out whole phrases. Of other languages less can
/// be judged.
fn check_shorter(version: &Version<'_>, facts: &Facts) -> Result<(), Rejection> {
    let Version { source, answer, .. } = *version;
    let (words, answer_words) = (facts.analyzer.words(source).len(), facts.analyzer.words(answer).len());
    if answer_words * 20 > words * 19 {
        return Err(Rejection::NotShorter);
    }
    if !facts.analyzer.is_english() {
        let bounds = Bounds { kept: 0.4, new: 0.1, words: 1.0, sentences: 0 };
        return check_paraphrase(version, facts, &bounds);
    }
    // What ends without a full stop is judged as if it had one, as headings and points of lists do.
    let ended = |text: &str| if ends(text).is_some() { text.to_owned() } else { format!("{text}.") };
    verify(&ended(source), &ended(answer))
}

fn check_paraphrase(version: &Version<'_>, facts: &Facts, bounds: &Bounds) -> Result<(), Rejection> {
    let Version { source, answer, .. } = *version;
    let (words, answer_words) = (facts.analyzer.words(source), facts.analyzer.words(answer));
    let (parts, own_parts) = (sentences::split(answer), sentences::split(source).len());
    if parts.len() > own_parts + bounds.sentences
        || answer_words.len() as f32 > words.len() as f32 * bounds.words + 4.0
    {
        return Err(Rejection::Form);
    }
    let (own, theirs) = (content(&words), content(&answer_words));
    let (own_keys, their_keys): (HashSet<&str>, HashSet<&str>) =
        (own.iter().copied().collect(), theirs.iter().copied().collect());
    let kept = own.iter().filter(|key| their_keys.contains(*key)).count() as f32;
    let new = theirs.iter().filter(|key| !own_keys.contains(*key)).count() as f32;
    let all = own.len() as f32;
    if kept < all * bounds.kept || new > all * bounds.new + 2.0 {
        return Err(Rejection::Meaning);
    }
    if let Some(number) = said_again(&words, &answer_words, |word| word.numeric()) {
        return Err(Rejection::Invented(vec![number]));
    }
    let is_tone = matches!(version.operation, RewriteOperation::MoreFormal | RewriteOperation::MoreCasual);
    // `Switch it off and don't open the lid` is not `disconnect the lid and do not open the lid`.
    if is_tone && said_again(&words, &answer_words, |word| word.content).is_some() {
        return Err(Rejection::Loop);
    }
    let count =
        |words: &[Word<'_>], kind: fn(&Word<'_>) -> bool| words.iter().filter(|word| kind(word)).count();
    let denials = count(&words, is_denial);
    let turned = count(&answer_words, is_not) > denials
        || is_tone && (count(&answer_words, is_denial) < denials || is_bent(&words, &answer_words));
    // What was added rests on nothing: `… can be damaged by ash. It is hard to clean it off.`
    let anchored =
        |part: &str| facts.analyzer.words(part).iter().any(|word| own_keys.contains(word.key.as_str()));
    let are_added = parts.len() > own_parts && !parts.into_iter().all(anchored);
    if facts.analyzer.is_english() && (turned || are_added) {
        return Err(Rejection::Meaning);
    }
    let (before, after) = (Meaning::of(&words), Meaning::of(&answer_words));
    let stays = if is_tone { before.survives_in(&after) } else { before == after };
    if facts.analyzer.is_english() && !stays { Err(Rejection::Meaning) } else { Ok(()) }
}

/// Whether a little word was lost or added that makes another verb of the one before it, or another date of the one behind: samples
/// `mixed up` are not `mixed`, nor are letters `of 3 May` letters `after 3 May`.
fn is_bent(source: &[Word<'_>], answer: &[Word<'_>]) -> bool {
    let both = [(source, answer), (answer, source)];
    both.iter().any(|(from, to)| {
        from.windows(2).enumerate().any(|(at, pair)| {
            let (verb, particle) = (&pair[0], &pair[1]);
            // `spent over 40` is `spent more than 40`.
            let is_amount = from.get(at + 2).is_some_and(|word| word.numeric());
            let follows =
                |at: usize| to[at + 1..].iter().take(REACH).any(|word| word.lower == particle.lower);
            let places = || (0..to.len()).filter(|&at| to[at].key == verb.key);
            verb.content
                && !is_amount
                && PARTICLES.contains(&particle.lower.as_str())
                && places().next().is_some()
                && !places().any(follows)
        })
    }) || source.iter().any(|number| {
        let limit = |words: &[Word<'_>]| {
            let at = words.iter().position(|word| word.key == number.key)?;
            let before = words[..at].iter().rev().find(|word| !ROUNDING.contains(&word.lower.as_str()))?;
            let limits = POINTS_IN_TIME.contains(&before.lower.as_str());
            Some((limits, before.content && !limits))
        };
        let is_other = |was: (bool, bool), is: (bool, bool)| was.0 && is.1 || is.0 && !was.0;
        number.numeric() && limit(source).zip(limit(answer)).is_some_and(|(was, is)| is_other(was, is))
    })
}

/// Words between a verb and its particle at most, and the particle.
const REACH: usize = 4;

const PARTICLES: &[&str] = &["away", "back", "down", "off", "out", "over", "up"];

/// Before a number, what it is a limit of.
const POINTS_IN_TIME: &[&str] = &["after", "before", "from", "since", "till", "until"];

const ROUNDING: &[&str] = &["about", "around", "roughly", "approximately"];

/// A word of a kind that the answer has more than once, and more often than the source.
fn said_again(source: &[Word<'_>], answer: &[Word<'_>], kind: impl Fn(&Word<'_>) -> bool) -> Option<String> {
    let count = |words: &[Word<'_>], key: &str| words.iter().filter(|word| word.key == key).count();
    let again = |word: &&Word<'_>| {
        let times = count(answer, &word.key);
        kind(word) && times > 1 && times > count(source, &word.key)
    };
    answer.iter().find(again).map(|word| word.text.to_owned())
}

/// The keys of the words with content.
fn content<'a>(words: &'a [Word<'_>]) -> Vec<&'a str> {
    words.iter().filter(|word| word.content).map(|word| word.key.as_str()).collect()
}

/// How answers begin that talk to the reader.
#[rustfmt::skip]
const OPENINGS: &[&str] = &[
    "i'm sorry", "i am sorry", "sorry,", "i cannot", "i can't", "i'm unable", "as an ai", "as a language",
    "sure", "certainly", "of course", "here is", "here's", "here are", "this sentence", "the sentence",
    "the text", "this text", "yes,", "no,", "original", "corrected", "note:", "dear ",
];

/// What is said about a text, not in one.
#[rustfmt::skip]
const TALK: &[&str] = &[
    "rewritten", "rewrite the", "rephrase", "paraphrase", "language model", "this sentence", "the sentence", "revised",
    "corrected version", "grammatical", "original text", "informal", "more formal", "let me know if you",
];

fn quotes(text: &str) -> usize {
    text.matches(['"', '“', '”', '«', '»', '„']).count()
}

/// How a text ends: with a full stop, a question mark, an exclamation mark, an ellipsis or a colon.
fn ends(text: &str) -> Option<char> {
    let bare = text.trim_end_matches(['"', '”', '»', '\'', '’', ')', ']']);
    bare.chars().next_back().filter(|c| ".?!…:;。？！؟।".contains(*c))
}

/// A question stays a question and a statement one. What ended as a sentence must end as one.
fn same_end(source: &str, answer: &str) -> bool {
    let question = |text: &str| ends(text).is_some_and(|c| "?？؟".contains(c));
    question(source) == question(answer) && (ends(source).is_none() || ends(answer).is_some())
}

fn is_control(c: char) -> bool {
    c.is_control() && c != '\n'
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fffd}')
}

/// True when the letters of both are mostly Latin or mostly not.
fn same_script(a: &str, b: &str) -> bool {
    is_latin(a) == is_latin(b)
}

fn is_latin(text: &str) -> bool {
    let mut letters = Letters::default();
    letters.read(text);
    letters.are_latin()
}

/// The letters of a text, counted as it is read.
#[derive(Default)]
pub(super) struct Letters {
    all: usize,
    latin: usize,
}

impl Letters {
    /// Counts those of the next part.
    pub(super) fn read(&mut self, text: &str) {
        for letter in text.chars().filter(|c| c.is_alphabetic()) {
            self.all += 1;
            self.latin += usize::from(matches!(letter, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}'));
        }
    }

    /// True when most are Latin.
    pub(super) fn are_latin(&self) -> bool {
        self.latin * 2 >= self.all
    }
}

/// How often words or groups of three words come again right away or three times over.
fn repeats(words: &[Word<'_>]) -> usize {
    let doubled = words.windows(2).filter(|pair| pair[0].lower == pair[1].lower).count();
    let mut seen: HashMap<[&str; 3], usize> = HashMap::new();
    for group in words.windows(3) {
        *seen.entry([&group[0].lower, &group[1].lower, &group[2].lower]).or_default() += 1;
    }
    doubled + seen.values().map(|count| count.saturating_sub(2)).sum::<usize>()
}
