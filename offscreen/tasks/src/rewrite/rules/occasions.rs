//! On what occasion something was said or done, where that is beside the point: `At a press conference in Bern, …`.

use super::asides::{Loss, is_light};
use super::pattern::Slot;
use super::text::Token;
use super::verbs::is_verb;
use crate::languages::{ENGLISH, ENGLISH_CUES, List};

/// What something is said or decided at, or by.
const OCCASIONS: List = List(
    "address|announcement|briefing|broadcast|ceremony|conference|debate|decision|email|hearing|interview|letter|meeting|\
     message|move|podcast|post|session|speech|statement|step|summit|talk|twist|visit|vote",
);

const BEFORE: List = List("at|after|during|following|in|on");

/// Participles that say how something came about, beside those that end as one.
const PARTICIPLES: List = List(
    "born|built|known|speaking|talking|standing|sitting|addressing|writing|chosen|hidden|written|seen|thrown",
);

/// Those that limit what follows.
const LIMITING: List = List(
    "added|based|combined|compared|expected|judged|limited|measured|needed|planned|provided|required|supposed|united|used",
);

/// What follows a participle that is no noun's.
const BEHIND: List = List("and|as|at|by|during|for|from|in|near|of|on|over|to|under|with");

/// What somebody said may have been said on some day.
const SAID: List = List("said|announced|confirmed|reported|told|warned|wrote|explained|added|stated");

const PARTS_OF_DAYS: List = List("morning|afternoon|evening|night");

/// Words of a sentence by itself at least.
const SHORTEST: usize = 5;

/// In so many words at a sentence's beginning one may need what stood before: `Their mayor`, `all of them`.
const REACH: usize = 3;

/// Leaves out what a sentence begins with, and the day on which something was said.
pub(super) fn drop(tokens: &mut Vec<Token>) {
    if let Some(next) = opening(tokens) {
        let before = std::mem::take(&mut tokens[0].before);
        tokens.drain(..next);
        tokens[0].before = before;
        tokens[0].capitalise();
    }
    let day = (0..tokens.len()).find_map(|at| Some((at, day(tokens, at)?)));
    if let Some((at, end)) = day {
        tokens.drain(at + 1..end);
    }
}

/// Where the sentence goes on behind an occasion.
fn opening(tokens: &[Token]) -> Option<usize> {
    let comma = tokens.iter().position(|token| token.is_sign(&[',']))?;
    let (words, rest) = (&tokens[..comma], &tokens[comma + 1..]);
    let (first, second) = (&words.first()?.lower, &words.get(1)?.lower);
    let occasion = BEFORE.has(first) && words.iter().any(|word| OCCASIONS.has(&word.lower));
    let ends = first.len() > 4 && first.ends_with("ed") && !LIMITING.has(first);
    let participle = (ends || PARTICIPLES.has(first)) && BEHIND.has(second);
    if !(occasion || participle) || !is_light(words, Loss::Facts) {
        return None;
    }
    // Not the second of a list.
    let clause = rest.iter().position(|token| token.is_sign(&[','])).unwrap_or(rest.len());
    let stated = rest[..clause].iter().any(|word| is_verb(&word.lower) || word.lower.ends_with("ed"));
    let begins = Slot::Determiner.is_in(rest, 0) || rest.first().is_some_and(Token::is_capitalised);
    let leans = rest.iter().take(REACH).any(|word| ENGLISH_CUES.pronouns.has(&word.lower));
    let whole = rest.iter().filter(|token| token.is_word()).count() >= SHORTEST;
    (stated && begins && !leans && whole).then_some(comma + 1)
}

/// Where it goes on behind the day that follows a word for saying at `at`: `said [on Monday] that`.
fn day(tokens: &[Token], at: usize) -> Option<usize> {
    let word = |at: usize| tokens.get(at).filter(|word| !word.kept);
    let is_day = |word: &Token| ENGLISH.days.contains(&word.text.as_str());
    let on = SAID.has(&word(at)?.lower) && word(at + 1)?.lower == "on" && is_day(word(at + 2)?);
    let end = at + 3 + usize::from(word(at + 3).is_some_and(|word| PARTS_OF_DAYS.has(&word.lower)));
    let ends = word(end).is_some_and(|word| word.lower == "that" || word.is_sign(&['.']));
    (on && ends).then_some(end)
}
