//! What a sentence says beside the point: in brackets, between dashes or commas.

use super::pattern::Slot;
use super::text::Token;
use super::verbs::{goes_on, is_past, is_verb};
use crate::languages::List;

/// Words of an aside at most.
const LONGEST: usize = 20;

/// Words of what is spoken of at most: what stands before a longer aside is more than a name for it.
const LONGEST_SUBJECT: usize = 9;

/// Words that turn a meaning, or say who means it: what has one stays.
const WEIGHTY: List = List(
    "not|no|never|none|nobody|nothing|neither|nor|cannot|without|if|unless|except|only|but|until|because|although|\
     though|while|when|may|might|could|perhaps|probably|possibly|likely|said|says|say|told|according|believe|\
     believes|claims|claimed|alleged|allegedly|reportedly|warned|added|hardly|however|therefore|instead|provided|\
     free|than|least|most|all|every|each|both|or|so|i|we|you|think|thinks|hope|hopes",
);

/// What an aside may take with it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Loss {
    /// No name and no number.
    NoFact,
    /// Those that only it has.
    Facts,
}

/// Before `which`.
const PLACES: List = List("in|on|of|at|for|to|with|from|under|during|after|by|through");

/// What joins a clause to the one before it.
const JOINTS: List =
    List("and|but|so|or|because|although|while|that|when|if|as|before|after|since|until|said|says");

/// Words of a clause about something beside, without which the sentence is another one.
const REASONS: List = List(
    "if|unless|except|but|until|because|although|though|said|says|say|told|according|claims|claimed|alleged|allegedly|\
     reportedly|warned|denied|denies|rejected|rejects|however|therefore",
);

/// What stands before a clause at a sentence's end is a sentence by itself behind so many words.
const SHORT: usize = 9;

/// Leaves out what can go without a condition, a denial or a doubt being lost.
pub(super) fn drop(tokens: &mut Vec<Token>, loss: Loss) {
    while let Some((from, to)) = aside(tokens, loss) {
        let before = tokens[from].before.clone();
        tokens.drain(from..to);
        if let Some(next) = tokens.get_mut(from).filter(|next| next.is_word()) {
            next.before = if before.is_empty() { " ".to_owned() } else { before };
        }
    }
}

/// The tokens of the first aside that can go, with its signs.
fn aside(tokens: &[Token], loss: Loss) -> Option<(usize, usize)> {
    (1..tokens.len()).find_map(|at| {
        let token = &tokens[at];
        if token.is_sign(&['(']) {
            let end = next(tokens, at, &[')'])?;
            return (!token.before.is_empty() && is_light(&tokens[at + 1..end], loss))
                .then_some((at, end + 1));
        }
        if token.is_sign(&['–', '—']) {
            let end = next(tokens, at, &['–', '—'])?;
            let spaced = !token.before.is_empty() && !tokens[end].before.is_empty();
            return (spaced && is_light(&tokens[at + 1..end], loss)).then_some((at, end + 1));
        }
        if !token.is_sign(&[',']) {
            return None;
        }
        if loss == Loss::Facts
            && let Some(end) = remark(tokens, at)
        {
            return Some((at, end));
        }
        let end = next(tokens, at, &[',', '.'])?;
        let words = &tokens[at + 1..end];
        let word = |place: usize| words.get(place).map(|word| word.lower.as_str()).unwrap_or_default();
        let relative = is_relative(words);
        let goes = match loss {
            Loss::Facts if relative => is_side(words),
            Loss::Facts => is_light(words, loss) || is_name(&tokens[..at], words),
            Loss::NoFact => is_light(words, loss),
        };
        if !goes {
            return None;
        }
        let begin = clause(&tokens[..at]);
        if tokens[end].is_sign(&['.']) {
            // Not the last of a list, nor what a short sentence is about.
            let follows = begin == 0 || tokens[begin..at].iter().any(|word| is_finite(&word.lower));
            let whole = at > SHORT && end + 1 == tokens.len() && follows;
            return (relative && (loss == Loss::Facts || word(0) != "who") && whole).then_some((at, end));
        }
        let other = ["a", "an", "the"].contains(&word(0)) && words.len() > 1
            || word(0) == "one" && word(1) == "of"
            || word(0) == "as" && words.len() > 3
            || ["together", "along"].contains(&word(0)) && word(1) == "with"
            || words.len() > 2 && (Slot::Participle.is_in(words, 0) || Slot::Gerund.is_in(words, 0))
            || words.len() > 2 && is_past(word(0));
        let finite = |at: usize| tokens.get(at).is_some_and(|word| is_finite(&word.lower));
        // `The price rose, reaching 40 euros, but fell again`.
        let other_clause =
            tokens.get(end + 1).is_some_and(|word| ["and", "but"].contains(&word.lower.as_str()));
        if loss == Loss::Facts && Slot::Gerund.is_in(words, 0) && other_clause && (begin..at).any(finite) {
            return Some((at, end));
        }
        let subject = is_subject(&tokens[begin..at]);
        if (relative || other) && subject && goes_on(tokens, end + 1)
            || loss == Loss::Facts && subject && is_parted(tokens, end)
        {
            return Some((at, end + 1));
        }
        // `She closed the door, which creaked, and went out`.
        let both = tokens.get(end + 1).is_some_and(|word| word.lower == "and") && finite(end + 2);
        (relative && both && (begin..at).any(finite)).then_some((at, end + 1))
    })
}

/// Where a remark on all that stands before the comma at `at` ends, with the sentence: `…, a charge that the bank denies.`
fn remark(tokens: &[Token], at: usize) -> Option<usize> {
    let last = tokens.len().checked_sub(1).filter(|&last| tokens[last].is_sign(&['.']))?;
    let words = tokens.get(at + 1..last)?;
    let said = ["a", "an"].contains(&words.first()?.lower.as_str())
        && words.iter().take(4).any(|word| ["which", "that", "who"].contains(&word.lower.as_str()));
    let stated = tokens[..at].iter().any(|word| is_finite(&word.lower));
    (at > SHORT && said && stated && words.len() <= LONGEST && is_side(words)).then_some(last)
}

/// Whether a verb follows the sign at `end`, and no other sign, so that what stands before it, behind a subject, is said beside
/// the point whatever it is: `Her brother, now in his third year, is …`, but not `The small, old dog, lost in the woods, …`.
fn is_parted(tokens: &[Token], end: usize) -> bool {
    let verb = tokens.get(end + 1).is_some_and(|word| is_verb(&word.lower));
    verb && !tokens[end + 1..].iter().any(|token| token.is_sign(&[',']))
}

fn is_finite(lower: &str) -> bool {
    is_verb(lower) || lower.len() > 4 && lower.ends_with("ed")
}

/// Where the last clause of these begins.
fn clause(tokens: &[Token]) -> usize {
    let joins = |token: &Token| token.is_sign(&[',', ';', ':']) || JOINTS.has(&token.lower);
    tokens.iter().rposition(joins).map_or(0, |at| at + 1)
}

/// Whether these words say more of what stands before them: `which is old`, `which we saw`, `in which it stands`.
fn is_relative(words: &[Token]) -> bool {
    let lower = |at: usize| words.get(at).map(|word| word.lower.as_str()).unwrap_or_default();
    let someone = || Slot::Subject.is_in(words, 1) || Slot::Determiner.is_in(words, 1);
    match lower(0) {
        "where" | "whose" => true,
        "which" | "who" => someone() || goes_on(words, 1),
        place => PLACES.has(place) && lower(1) == "which",
    }
}

/// Whether these words may go as a whole, and what they deny with them.
fn is_side(words: &[Token]) -> bool {
    let plain = |word: &Token| {
        let said = word.kept && !word.text.contains(char::is_numeric);
        (word.is_word() || word.is_sign(&[','])) && !said && !REASONS.has(&word.lower)
    };
    words.len() > 1 && words.iter().all(plain)
}

/// Where one of these signs stands next.
fn next(tokens: &[Token], at: usize, signs: &[char]) -> Option<usize> {
    let rest = tokens[at + 1..].iter().take(LONGEST + 1);
    // Not within `60,000`.
    let ends = |at: usize| tokens.get(at + 1).is_none_or(|next| !next.before.is_empty() || !next.kept);
    rest.enumerate()
        .map(|(count, token)| (at + 1 + count, token))
        .find(|(at, token)| token.is_sign(signs) && ends(*at))
        .map(|(at, _)| at)
}

/// Whether no more is lost with these words.
pub(super) fn is_light(words: &[Token], loss: Loss) -> bool {
    let light = |(at, word): (usize, &Token)| {
        let fact =
            word.kept || word.is_capitalised() || word.lower.contains('\'') || Slot::Number.is_at(words, at);
        let said = word.kept && !word.text.contains(char::is_numeric);
        // `9,000` is three tokens.
        let inner = word.is_sign(&[',']) && words.get(at + 1).is_some_and(|next| next.before.is_empty());
        (word.is_word() || inner) && !said && (!fact || loss == Loss::Facts) && !WEIGHTY.has(&word.lower)
    };
    words.len() > 1 && words.len() <= LONGEST && words.iter().enumerate().all(light)
}

/// Whether these only name what the words before them describe: `The bank's director, Ms Falk, …`.
fn is_name(before: &[Token], words: &[Token]) -> bool {
    let described = before.last().is_some_and(|word| !word.is_capitalised());
    described && words.len() <= 3 && words.iter().all(|word| word.is_capitalised() && !word.kept)
}

/// Whether these are what a sentence speaks of, and no more.
fn is_subject(words: &[Token]) -> bool {
    let capital = words.first().is_some_and(Token::is_capitalised);
    let starts = Slot::Determiner.is_in(words, 0) || capital && words.len() < 4;
    starts
        && words.len() <= LONGEST_SUBJECT
        && words.iter().all(Token::is_word)
        && !(0..words.len()).any(|at| is_verb(&words[at].lower) || Slot::Subject.is_at(words, at))
}
