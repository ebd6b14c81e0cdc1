//! What a sentence says beside the point: in brackets, between dashes or commas.

use super::pattern::Slot;
use super::table::TABLE;
use super::text::Token;
use crate::languages::List;

/// Words of an aside at most.
const LONGEST: usize = 16;

/// Words of what is spoken of at most: what stands before a longer aside is more than a name for it.
const LONGEST_SUBJECT: usize = 9;

/// Words that turn a meaning, or say who means it: what has one stays.
const WEIGHTY: List = List(
    "not|no|never|none|nobody|nothing|neither|nor|cannot|without|if|unless|except|only|but|until|because|although|\
     though|while|when|may|might|could|perhaps|probably|possibly|likely|said|says|say|told|according|believe|\
     believes|claims|claimed|alleged|allegedly|reportedly|warned|added|hardly|however|therefore|instead|provided|\
     free|than|least|most|all|every|each|both|or|so|i|we|you|think|thinks|hope|hopes",
);

/// Verbs that go on with a sentence, beside those that end as one.
const VERBS: List =
    List("is|are|was|were|has|have|had|will|would|can|could|may|might|must|shall|should|do|does|did|cannot");

/// Adverbs before such a verb.
const BEFORE: List = List("now|also|never|often|always|still|already|finally|recently|first|soon");

/// Leaves out what can go without a name, a number, a condition, a denial or a doubt being lost.
pub(super) fn drop(tokens: &mut Vec<Token>) {
    while let Some((from, to)) = aside(tokens) {
        let before = tokens[from].before.clone();
        tokens.drain(from..to);
        if let Some(next) = tokens.get_mut(from).filter(|next| next.is_word()) {
            next.before = if before.is_empty() { " ".to_owned() } else { before };
        }
    }
}

/// The tokens of the first aside that can go, with its signs.
fn aside(tokens: &[Token]) -> Option<(usize, usize)> {
    (1..tokens.len()).find_map(|at| {
        let token = &tokens[at];
        if token.is_sign(&['(']) {
            let end = next(tokens, at, &[')'])?;
            return (!token.before.is_empty() && is_light(&tokens[at + 1..end])).then_some((at, end + 1));
        }
        if token.is_sign(&['–', '—']) {
            let end = next(tokens, at, &['–', '—'])?;
            let spaced = !token.before.is_empty() && !tokens[end].before.is_empty();
            return (spaced && is_light(&tokens[at + 1..end])).then_some((at, end + 1));
        }
        if !token.is_sign(&[',']) {
            return None;
        }
        let end = next(tokens, at, &[',', '.'])?;
        let words = &tokens[at + 1..end];
        if !is_light(words) {
            return None;
        }
        let word = |place: usize| words.get(place).map(|word| word.lower.as_str()).unwrap_or_default();
        let relative = ["which", "who"].contains(&word(0)) && goes_on(tokens, at + 2);
        if tokens[end].is_sign(&['.']) {
            let whole =
                at > 5 && end + 1 == tokens.len() && tokens[..at].iter().all(|token| !token.is_sign(&[',']));
            return (relative && word(0) == "which" && whole).then_some((at, end));
        }
        let other = ["a", "an", "the"].contains(&word(0)) && words.len() > 1
            || word(0) == "one" && word(1) == "of"
            || word(0) == "as" && words.len() > 3
            || ["together", "along"].contains(&word(0)) && word(1) == "with";
        ((relative || other) && is_subject(&tokens[..at]) && goes_on(tokens, end + 1))
            .then_some((at, end + 1))
    })
}

/// Where one of these signs stands next.
fn next(tokens: &[Token], at: usize, signs: &[char]) -> Option<usize> {
    let rest = tokens[at + 1..].iter().take(LONGEST + 1);
    rest.enumerate().find(|(_, token)| token.is_sign(signs)).map(|(count, _)| at + 1 + count)
}

/// Whether nothing is lost with these words.
fn is_light(words: &[Token]) -> bool {
    let light = |(at, word): (usize, &Token)| {
        word.is_word()
            && !word.kept
            && !word.is_capitalised()
            && !word.lower.contains('\'')
            && !Slot::Number.is_at(words, at)
            && !WEIGHTY.has(&word.lower)
    };
    words.len() > 1 && words.len() <= LONGEST && words.iter().enumerate().all(light)
}

/// Whether these are what a sentence speaks of, and no more.
fn is_subject(words: &[Token]) -> bool {
    let starts = Slot::Determiner.is_at(words, 0) || words[0].is_capitalised() && words.len() < 4;
    starts
        && words.len() <= LONGEST_SUBJECT
        && words.iter().all(Token::is_word)
        && !(0..words.len()).any(|at| is_verb(&words[at].lower) || Slot::Subject.is_at(words, at))
}

/// Whether a verb stands at `at`, or behind an adverb there.
fn goes_on(tokens: &[Token], at: usize) -> bool {
    let Some(word) = tokens.get(at).filter(|word| !word.is_capitalised()) else { return false };
    if BEFORE.has(&word.lower) {
        return tokens.get(at + 1).is_some_and(|next| is_verb(&next.lower) || ends_as_verb(&next.lower));
    }
    is_verb(&word.lower) || ends_as_verb(&word.lower)
}

fn is_verb(lower: &str) -> bool {
    VERBS.has(lower) || TABLE.pasts.contains(lower)
}

fn ends_as_verb(lower: &str) -> bool {
    lower.len() > 3
        && (lower.ends_with("ed") || lower.ends_with('s') && !lower.ends_with("ss") && !lower.ends_with("us"))
}
