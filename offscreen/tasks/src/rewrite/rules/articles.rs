//! `a` and `an`.

use super::text::Token;
use crate::languages::List;

/// Words that begin with another sound than their letter says.
const SPOKEN_AS_VOWEL: List = List("hour|honest|honour|honor|heir");
const SPOKEN_AS_CONSONANT: List = List("uni|use|usu|one|eu|ut|once|ur");

/// Puts the right article before a word that did not stand behind it in `source`.
pub(super) fn agree(tokens: &mut [Token], source: &str) {
    let lower = source.to_lowercase();
    for at in 1..tokens.len() {
        let (left, right) = tokens.split_at_mut(at);
        let (Some(article), Some(word)) = (left.last_mut(), right.first()) else { continue };
        let known = format!("{} {}", article.lower, word.lower);
        if article.kept
            || !["a", "an"].contains(&article.lower.as_str())
            || !word.is_word()
            || lower.contains(&known)
        {
            continue;
        }
        let wanted = if begins_with_vowel(&word.lower) { "an" } else { "a" };
        if article.lower != wanted {
            let upper = article.is_capitalised();
            *article = Token::new(&article.before.clone(), wanted);
            if upper {
                article.capitalise();
            }
        }
    }
}

fn begins_with_vowel(lower: &str) -> bool {
    let begins = |list: List| list.strip_from(lower).is_some();
    let unlike = lower.starts_with("un")
        && !lower.starts_with("unit")
        && !lower.starts_with("uniq")
        && !lower.starts_with("univ")
        && !lower.starts_with("unif");
    begins(SPOKEN_AS_VOWEL)
        || lower.starts_with(['a', 'e', 'i', 'o', 'u']) && (unlike || !begins(SPOKEN_AS_CONSONANT))
}
