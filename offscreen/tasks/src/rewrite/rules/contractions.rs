//! `it is` to `it's`.

use super::expansions::{DENIED, is_participle};
use super::text::{Token, ends, starts};
use super::words::{SUBJECTS, is_adverb};

/// Auxiliaries that `not` is joined with.
fn denied(verb: &str) -> Option<&'static str> {
    DENIED.iter().find(|(_, plain)| *plain == verb).map(|(denied, _)| *denied)
}

/// Joins what is said as one word.
pub(super) fn contract(tokens: &mut Vec<Token>) {
    let mut at = 0;
    while at < tokens.len() {
        if let Some((joined, taken)) = contraction(tokens, at) {
            let upper = tokens[at].is_capitalised() && !joined.starts_with('I');
            let before = std::mem::take(&mut tokens[at].before);
            tokens[at] = Token::new(&before, &joined);
            if upper {
                tokens[at].capitalise();
            }
            if let Some(taken) = taken {
                tokens.remove(taken);
            }
        }
        at += 1;
    }
}

/// What the token at `at` becomes, alone or joined with another one, and where that stands.
fn contraction(tokens: &[Token], at: usize) -> Option<(String, Option<usize>)> {
    let word = |at: usize| {
        tokens.get(at).filter(|token| !token.kept).map(|token| token.lower.as_str()).unwrap_or_default()
    };
    let (first, second, third) = (word(at), word(at + 1), word(at + 2));
    let common = !tokens[at].is_capitalised() || starts(tokens, at) || first == "i";
    if first.is_empty() || !common {
        return None;
    }
    if first == "cannot" {
        return Some(("can't".to_owned(), None));
    }
    let before = at.checked_sub(1).map(word).unwrap_or_default();
    if let Some(denied) = denied(first) {
        // `Not only` and `not just` deny something else.
        let other = ["only", "just", "merely", "because", "so"].contains(&third);
        let subject = SUBJECTS.has(before) && ["am", "are", "is"].contains(&first);
        if second == "not" && !other && !(subject && before == "i") {
            return Some((denied.to_owned(), Some(at + 1)));
        }
        if SUBJECTS.has(second)
            && third == "not"
            && (starts(tokens, at) || ["why", "and", "but", ","].contains(&before))
        {
            return Some((denied.to_owned(), Some(at + 2)));
        }
    }
    if first == "let" && second == "us" && starts(tokens, at) {
        let asks =
            ["know", "have", "in", "out", "down", "off", "alone", "through", "go", "see"].contains(&third);
        let verb = tokens.get(at + 2).is_some_and(Token::is_word);
        return (verb && !asks).then(|| ("let's".to_owned(), Some(at + 1)));
    }
    joined_subject(tokens, at, first, second, third, before).map(|end| {
        let subject = if first == "i" { "I" } else { first };
        (format!("{subject}'{end}"), Some(at + 1))
    })
}

fn joined_subject(
    tokens: &[Token],
    at: usize,
    first: &str,
    second: &str,
    third: &str,
    before: &str,
) -> Option<&'static str> {
    // Never at the end: `as good as it is`.
    if ends(tokens, at + 2) || !tokens.get(at + 2).is_some_and(Token::is_word) {
        return None;
    }
    let asked = tokens[at.saturating_sub(3)..at].iter().any(|token| {
        ["who", "what", "where", "how", "than", "as", "which", "whatever"].contains(&token.lower.as_str())
    });
    let breaks = [
        "and", "or", "but", "because", "when", "if", "in", "on", "at", "to", "for", "now", "today", "that",
        "than", "as",
    ];
    if asked && breaks.contains(&third) {
        return None;
    }
    // `My wife and I`.
    if first == "i" && ["and", "or"].contains(&before) {
        return None;
    }
    let done = tokens[at + 2..].iter().find(|token| !is_adverb(&token.lower));
    let done = done.is_some_and(|token| is_participle(&token.lower));
    let person = SUBJECTS.has(first);
    let clause = starts(tokens, at)
        || ["and", "but", "so", "because", "if", "think", "say", ",", ";", "hope", "know"].contains(&before);
    match (first, second) {
        ("i", "am") => Some("m"),
        ("we" | "you" | "they", "are") => Some("re"),
        ("he" | "she" | "it", "is") => Some("s"),
        ("there", "is") if !["any"].contains(&third) => Some("s"),
        ("that", "is") if clause && third != "to" => Some("s"),
        ("here" | "what" | "who" | "where" | "how", "is") if starts(tokens, at) => Some("s"),
        ("i" | "we" | "you" | "they", "have") if done && third != "not" => Some("ve"),
        ("he" | "she" | "it", "has") if done && third != "not" => Some("s"),
        ("i" | "we" | "you" | "they" | "he" | "she", "had") if done && third != "not" => Some("d"),
        ("i" | "we" | "you" | "they" | "he" | "she" | "it" | "that" | "there", "will") if third != "not" => {
            Some("ll")
        }
        (_, "would") if person && first != "it" && third != "not" => Some("d"),
        _ => None,
    }
}
