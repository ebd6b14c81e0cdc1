//! What a sentence says in more words than it needs: clauses that a phrase can stand for.

use super::expansions::is_participle;
use super::pattern::Slot;
use super::text::{Token, ends, starts};
use super::verbs::{goes_on, is_past, is_verb};
use super::words::is_adverb;
use crate::languages::List;

/// Words of what `there is` speaks of at most.
const LONGEST_SUBJECT: usize = 8;

/// So far back it is looked for what a clause belongs to.
const REACH: usize = 6;

const RELATIVES: List = List("that|which|who");

const BE: List = List("is|are|was|were");

/// What may stand behind a noun as it stands behind `that is`.
const PLACES: List = List(
    "in|on|at|under|behind|near|from|for|above|below|between|inside|outside|due|able|available|responsible|capable|\
     necessary|present",
);

const ANYONE: List =
    List("those|people|anyone|everyone|someone|everything|anything|something|nothing|nobody|all");

/// Shortens each clause that can be a phrase.
pub(super) fn cut(tokens: &mut Vec<Token>) {
    reason(tokens);
    there_is(tokens);
    let mut at = 1;
    while at < tokens.len() {
        tokens.drain(at..at + needless(tokens, at));
        at += 1;
    }
}

/// `The reason why it is late is that it snowed.` → `It is late because it snowed.`
fn reason(tokens: &mut Vec<Token>) {
    let word = |at: usize| lower(tokens, at);
    if word(0) != "the" || word(1) != "reason" {
        return;
    }
    let from = 2 + usize::from(["why", "that"].contains(&word(2)));
    let begins = Slot::Determiner.is_in(tokens, from) || Slot::Subject.is_in(tokens, from);
    let joint = (from + 3..tokens.len()).find(|&at| BE.has(word(at)) && word(at + 1) == "that");
    let Some(joint) = joint.filter(|_| begins) else { return };
    let has_verb = (from..joint).any(|at| is_verb(word(at)));
    if !has_verb || tokens[from..joint].iter().any(|token| !token.is_word()) {
        return;
    }
    let before = tokens[joint].before.clone();
    tokens.splice(joint..joint + 2, [Token::new(&before, "because")]);
    open_with(tokens, 0, from);
}

/// `There was nobody who knew it.` → `Nobody knew it.`
fn there_is(tokens: &mut Vec<Token>) {
    let word = |at: usize| lower(tokens, at);
    if word(0) != "there" || !BE.has(word(1)) {
        return;
    }
    let subject = |at: &usize| tokens.get(*at).is_some_and(Token::is_word) && !is_verb(word(*at));
    let end = (2..).take(LONGEST_SUBJECT).take_while(subject).find(|&at| RELATIVES.has(word(at)));
    if let Some(end) = end.filter(|&end| end > 2 && goes_on(tokens, end + 1)) {
        tokens.remove(end);
        open_with(tokens, 0, 2);
    }
}

/// Leaves out the tokens before `next`, which begins the sentence that began at `at`.
fn open_with(tokens: &mut Vec<Token>, at: usize, next: usize) {
    let before = tokens[at].before.clone();
    tokens.drain(at..next);
    if let Some(first) = tokens.get_mut(at) {
        first.before = before;
        first.capitalise();
    }
}

/// How many words at `at` are needless.
fn needless(tokens: &[Token], at: usize) -> usize {
    let word = |at: usize| lower(tokens, at);
    if !RELATIVES.has(word(at)) || !is_noun(tokens, at - 1) {
        return 0;
    }
    let verb = at + 1;
    let length = if BE.has(word(verb)) {
        2
    } else if ["has", "have", "had"].contains(&word(verb)) && word(verb + 1) == "been" {
        3
    } else {
        // `The picnic that we planned`.
        let person = ["i", "we", "you", "they", "he", "she"].contains(&word(verb));
        return usize::from(word(at) == "that" && person);
    };
    let rest = at + length;
    let place = if is_adverb(word(rest)) { rest + 1 } else { rest };
    let said = is_participle(word(place)) || is_past(word(place)) || Slot::Gerund.is_in(tokens, place);
    // `The cats that are kept` by themselves keep something.
    let goes = said && !ends(tokens, place + 1) || length == 2 && PLACES.has(word(place));
    if goes { length } else { 0 }
}

/// Whether a clause behind the word at `at` says which thing is meant, not what is said of it.
fn is_noun(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    if !token.is_word() || token.kept || starts(tokens, at) && !ANYONE.has(&token.lower) {
        return false;
    }
    if ANYONE.has(&token.lower) {
        return true;
    }
    let before = &tokens[at.saturating_sub(REACH)..at];
    let has = |words: &[&str]| before.iter().any(|token| words.contains(&token.lower.as_str()));
    // `It was the dog that …`, `so late a bus that …`.
    if has(&["it", "so", "such", "it's"]) || !Slot::Plain.is_at(tokens, at) || is_verb(&token.lower) {
        return false;
    }
    let article = |back: usize| at.checked_sub(back).is_some_and(|at| Slot::Determiner.is_at(tokens, at));
    article(1) || Slot::Plural.is_at(tokens, at) || article(2) && Slot::Plain.is_at(tokens, at - 1)
}

/// The word at `at`; nothing where none may be changed.
fn lower(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).filter(|token| !token.kept).map(|token| token.lower.as_str()).unwrap_or_default()
}
