//! The languages that are known: one file a language, with all that is known of it.
//!
//! A new one is a file beside the others and a line in [`LANGUAGES`]; which model translates it is
//! a fact of the model.

mod cues;
mod de;
mod en;
mod es;
mod fr;
mod it;
mod language;
mod list;
mod named;
mod others;
mod pt;

pub(crate) use cues::Cues;
pub(crate) use en::{ENGLISH, ENGLISH_CUES};
pub(crate) use language::{Abbreviations, EXAMPLES, Language, Stemmer};
pub(crate) use list::List;
pub(crate) use others::OTHERS;

use catalog::primary_subtag;

/// All of them.
pub(crate) static LANGUAGES: [&Language; 6] =
    [&ENGLISH, &de::GERMAN, &fr::FRENCH, &es::SPANISH, &it::ITALIAN, &pt::PORTUGUESE];

/// The language of a BCP 47 tag, where it is one of these.
pub(crate) fn find(tag: &str) -> Option<&'static Language> {
    let primary = primary_subtag(tag);
    LANGUAGES.into_iter().find(|language| language.tag == primary)
}

/// As [`find`], with those of which only the name is known.
pub(crate) fn find_named(tag: &str) -> Option<&'static Language> {
    let primary = primary_subtag(tag);
    find(&primary).or_else(|| named::NAMED.iter().find(|language| language.tag == primary))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_whole() {
        for (at, language) in LANGUAGES.iter().enumerate() {
            assert!(LANGUAGES[..at].iter().all(|other| other.tag != language.tag), "{}", language.tag);
            let numbers = language.numbers.iter().map(|(word, _)| word);
            let quantities = language.quantities.iter().map(|(word, _)| word);
            let words = [language.function_words, language.denials, language.hedges, language.doubts];
            let listed = words.into_iter().flat_map(List::iter).chain(language.stop_words.iter().copied());
            for word in listed.chain(numbers.copied()).chain(quantities.copied()) {
                assert_eq!(word, word.to_lowercase(), "{}", language.tag);
            }
            assert!(language.stop_words.is_sorted(), "{}", language.tag);
            let months = language.months_as_words.iter().chain(language.months_as_first_words);
            months.for_each(|month| assert!(language.months.contains(month), "{month}"));
            assert!(!language.digit_groups.is_empty());
            assert!(
                language.examples.iter().all(|example| example.trim() == *example && !example.is_empty())
            );
        }
    }

    #[test]
    fn names_are_of_other_languages() {
        assert!(named::NAMED.is_sorted_by_key(|language| language.tag));
        assert!(named::NAMED.iter().all(|language| find(language.tag).is_none() && !language.is_described()));
    }

    #[test]
    fn what_models_translate_is_known_here() {
        let kinds = catalog::unmeasured();
        let measured = catalog::models().iter().map(|model| &model.profile);
        for profile in measured.chain([&kinds.tiny_chat, &kinds.chat, &kinds.base]) {
            for direction in profile.translations() {
                assert!(find(&direction.from).is_some() && find(&direction.to).is_some(), "{direction:?}");
            }
        }
        let pairs = LANGUAGES.len() * (LANGUAGES.len() - 1);
        assert_eq!(kinds.chat.translations().len(), pairs, "a large model is tried with all of them");
    }

    #[test]
    fn languages_are_known_by_their_first_subtag() {
        assert_eq!(find("de-CH").map(|language| language.name), Some("German"));
        assert!(find("ja").is_none() && find("").is_none());
        assert_eq!(find_named("ja-JP").map(|language| language.name), Some("Japanese"));
        assert_eq!(find_named("no").map(|language| language.tag), Some("nb"));
        assert!(find_named("").is_none() && find_named("de").is_some_and(Language::is_described));
    }
}
