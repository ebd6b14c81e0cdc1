//! Mending a sentence: of a model's version only what mends spelling, endings and little words is
//! taken over.

use super::edits::take_over;
use super::meaning::Meaning;
use super::spelling::is_related;
use crate::words::Word;

/// A difference of more words than this is no mended mistake.
const LONGEST: usize = 4;

/// Share of the words that a version must have kept to be trusted with mending others.
const ALIKE: f32 = 0.6;

/// Little words that are not exchanged, added or left out: with another one the sentence says
/// something else.
#[rustfmt::skip]
const FIXED: &[&str] = &[
    "after", "against", "all", "although", "always", "and", "because", "before", "but", "can", "could", "every", "from",
    "how", "if", "may", "maybe", "might", "must", "only", "or", "over", "perhaps", "shall", "should", "some", "under", "unless", "until", "what",
    "when", "where", "while", "who", "why", "will", "without", "would",
];

/// The English sentence `source` with the mistakes mended that `answer` mends; `source` itself when
/// it mends none.
pub(super) fn mend(source: &str, answer: &str) -> String {
    let answer = &apostrophes_of(source, answer);
    let mended = take_over(source, answer, ALIKE, &is_mending);
    let stops = answer.ends_with('.') && source.ends_with(|c: char| c.is_alphanumeric());
    // A sentence that was mended may get its full stop too; what was right without one is a
    // heading.
    if stops && mended != source { mended + "." } else { mended }
}

/// The answer with the writer's apostrophes, where all of theirs are of one kind.
fn apostrophes_of(source: &str, answer: &str) -> String {
    match (source.contains('\''), source.contains('’')) {
        (false, true) => answer.replace('\'', "’"),
        (true, false) => answer.replace('’', "'"),
        _ => answer.to_owned(),
    }
}

/// What an *is* or *has* may be drawn to. (`its` is often `it's`.)
const PERSONS: &[&str] = &["he", "she", "that", "there", "this", "what", "who"];

/// Whether a word gained an *is* or *has*, which stands behind it already or was not meant.
fn gains_is(old: &[Word<'_>], new: &[Word<'_>]) -> bool {
    let has = |word: &Word<'_>| word.text.ends_with("'s") || word.text.ends_with("’s");
    let gained = |word: &Word<'_>| {
        let bare = |old: &Word<'_>| old.lower == word.lower && !has(old);
        has(word) && PERSONS.contains(&word.lower.as_str()) && old.iter().any(bare)
    };
    new.iter().any(gained)
}

/// True when `new` is `old` with mistakes mended: the same words of content in another spelling or
/// form, and other little words that say the same.
fn is_mending(old: &[Word<'_>], new: &[Word<'_>]) -> bool {
    let count = |words: &[Word<'_>], list: &[&str]| {
        words.iter().filter(|word| list.contains(&word.lower.as_str())).count()
    };
    if old.len().max(new.len()) > LONGEST
        || FIXED.iter().any(|fixed| count(old, &[fixed]) != count(new, &[fixed]))
        || count(new, AUXILIARIES) < count(old, AUXILIARIES)
        || !Meaning::of(old).agrees(&Meaning::of(new))
        || gains_is(old, new)
        || old.iter().chain(new).any(Word::numeric)
    {
        return false;
    }
    // A name is mended by its capital; a little word in the middle is none.
    let raised = |new: &Word<'_>| {
        new.capitalised()
            && !new.content
            && new.lower != "i"
            && old.first().is_none_or(|first| first.start > 0)
    };
    if new.iter().any(|new| raised(new) && !old.iter().any(|old| old.text == new.text)) {
        return false;
    }
    let little = |words: &[Word<'_>], others: &[Word<'_>]| {
        words
            .iter()
            .filter(|word| !word.content && !others.iter().any(|other| is_related(other, word)))
            .all(|word| LITTLE.contains(&word.lower.as_str()) || AUXILIARIES.contains(&word.lower.as_str()))
    };
    if !little(old, new) || !little(new, old) {
        return false;
    }
    // Words of content pair off in order; little words may come and go between them.
    let mut rest = new.iter();
    let mut reformed = false;
    for word in old.iter().filter(|word| word.content) {
        let Some(other) = rest.find(|other| is_related(word, other) && !is_other_tense(word, other)) else {
            return false;
        };
        reformed |= other.lower != word.lower;
    }
    let known = |word: &Word<'_>| !word.content || old.iter().any(|other| is_related(other, word));
    // `opens` is as good as `is open`: such an edit mends nothing.
    let turned = reformed && old.len() < new.len() && count(new, AUXILIARIES) > count(old, AUXILIARIES);
    new.iter().all(known) && !turned
}

/// `thinked` is `thought`, not `think`: what was told of the past is not made present.
fn is_other_tense(old: &Word<'_>, new: &Word<'_>) -> bool {
    let bare = new.lower.trim_end_matches('s');
    old.lower.strip_suffix("ed").is_some_and(|stem| bare == stem || bare.strip_suffix('e') == Some(stem))
}

/// Little words that come, go and take each other's places without saying anything else.
#[rustfmt::skip]
const LITTLE: &[&str] = &[
    "a", "an", "any", "as", "at", "by", "did", "do", "does", "don't", "doesn't", "didn't", "each", "few", "fewer", "for", "i",
    "i've", "in", "into", "it", "it's", "its", "less", "many", "me", "more", "most", "much", "of", "on", "so", "than", "that", "the",
    "their", "them", "there", "these", "they", "this", "those", "to", "too", "we", "we've", "well", "which", "with", "you", "your",
];

#[rustfmt::skip]
const AUXILIARIES: &[&str] = &[
    "am", "are", "be", "been", "being", "had", "has", "have", "having", "is", "they're", "was", "were", "you're",
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn mistakes_are_mended_and_nothing_else() {
        for (source, answer, expected) in [
            ("She go home.", "She goes home.", "She goes home."),
            (
                "The results of the survey shows that most people prefers trains.",
                "The results show that most people prefer trains.",
                "The results of the survey show that most people prefer trains.",
            ),
            (
                "the meeting with mr. Lopez were moved to 3 pm on tuesday",
                "The meeting was moved to 4 pm on Tuesday.",
                "The meeting with mr. Lopez was moved to 3 pm on Tuesday.",
            ),
            ("They going to the the park.", "They are going to the park.", "They are going to the park."),
            (
                "We definately recieve informations.",
                "We receive information.",
                "We definately receive information.",
            ),
            ("He took it, I beleive.", "He has taken it, I believe.", "He took it, I believe."),
            ("The library opens at nine.", "The library is open at nine.", "The library opens at nine."),
            ("She will not come in May.", "She will come in June.", "She will not come in May."),
            ("He sold her car.", "She sold his house.", "He sold her car."),
            ("Ann moved from Rome to Oslo", "Ann moved to Rome from Oslo.", "Ann moved from Rome to Oslo"),
            (
                "We see that most people stays.",
                "We see that Most people stay.",
                "We see that most people stay.",
            ),
            ("Me and Ann were late for the train.", "I was late.", "Me and Ann were late for the train."),
            ("i think so, said ann", "I think so, said Ann.", "I think so, said Ann."),
            ("It was as bad as we thinked.", "It was as bad as we think.", "It was as bad as we thinked."),
            ("Each have a own key.", "Each has a key.", "Each has a own key."),
            ("Latest news", "Latest news.", "Latest news"),
            ("She is looking for help.", "She's is looking for help.", "She is looking for help."),
            ("He don’t know it.", "He doesn't know it.", "He doesn’t know it."),
            ("The literal’s value stays.", "The literal's value stays.", "The literal’s value stays."),
            ("", "Something else.", ""),
        ] {
            assert_eq!(mend(source, answer), expected, "{answer}");
        }
    }

    proptest! {
        #[test]
        fn numbers_and_marks_stay(
            source in "([A-Za-z]{1,7}|[0-9]{1,3}|[,;“”] |é)( ([A-Za-z]{1,7}|[0-9]{1,3}|not|will)[,.;]?){0,9}",
            answer in "([A-Za-z]{1,7}|[0-9]{1,3})( ([A-Za-z]{1,7}|[0-9]{1,3}|not|will)[,.;]?){0,9}",
        ) {
            let kept = |text: &str| text.chars().filter(|c| c.is_numeric() || ",;“”".contains(*c)).collect::<String>();
            prop_assert_eq!(kept(&source), kept(&mend(&source, &answer)));
        }

        #[test]
        fn never_panics(source in "\\PC{0,60}", answer in "\\PC{0,60}") {
            prop_assert!(mend(&source, &answer).len() <= source.len() + answer.len() + 1 + source.len());
            prop_assert_eq!(mend(&source, &source), source);
        }
    }
}
