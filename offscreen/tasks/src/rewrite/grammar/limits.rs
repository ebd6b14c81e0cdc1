//! What no mended mistake looks like, whoever mended it.

use crate::words::Word;

/// A difference of more words than this is no mended mistake.
pub(super) const LONGEST: usize = 4;

/// What an *is* or *has* may be drawn to. (`its` is often `it's`.)
const PERSONS: &[&str] = &["he", "she", "that", "there", "this", "what", "who"];

/// Whether a word ends in the `'s` that [`Word::lower`] is without.
pub(super) fn has_s(word: &Word<'_>) -> bool {
    word.text.ends_with("'s") || word.text.ends_with("’s")
}

/// Whether a word gained an *is* or *has*, which stands behind it already or was not meant.
pub(super) fn gains_is(old: &[Word<'_>], new: &[Word<'_>]) -> bool {
    let gained = |word: &Word<'_>| {
        let bare = |old: &Word<'_>| old.lower == word.lower && !has_s(old);
        has_s(word) && PERSONS.contains(&word.lower.as_str()) && old.iter().any(bare)
    };
    new.iter().any(gained)
}

/// Whether a little word in the middle gained a capital, which is how names are mended.
pub(super) fn raises(old: &[Word<'_>], new: &[Word<'_>]) -> bool {
    let raised = |new: &Word<'_>| {
        new.capitalised()
            && !new.content
            && !["i", "i'm", "i've", "i'll", "i'd"].contains(&new.lower.as_str())
            && old.first().is_none_or(|first| first.start > 0)
    };
    new.iter().any(|new| raised(new) && !old.iter().any(|old| old.text == new.text))
}

/// `thinked` is `thought`, not `think`: what was told of the past is not made present.
pub(super) fn is_other_tense(old: &Word<'_>, new: &Word<'_>) -> bool {
    let bare = new.lower.trim_end_matches('s');
    old.lower.strip_suffix("ed").is_some_and(|stem| bare == stem || bare.strip_suffix('e') == Some(stem))
}
