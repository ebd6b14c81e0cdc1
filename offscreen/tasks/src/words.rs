//! Words of a text: where they stand, whether they carry content, and under which key two forms of
//! one word meet.

use crate::languages::{self, Cues, Language, Stemmer};
use catalog::primary_subtag;
use unicode_segmentation::UnicodeSegmentation;
use waken_snowball::{SnowballEnv, algorithms};

/// Bytes of a word that is stemmed: longer ones are none.
const LONGEST: usize = 64;

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word<'a> {
    /// As it stands in the text.
    pub(crate) text: &'a str,
    /// Byte offset in the text.
    pub(crate) start: usize,
    /// Lower case, without a possessive, apostrophes straight: `Bank’s` is `bank`, `don’t` is
    /// `don't`.
    pub(crate) lower: String,
    /// The stem of `lower` (a number keeps its digits only): what other forms of the word share.
    pub(crate) key: String,
    /// True for nouns, verbs, names, numbers; false for the words that hold them together.
    pub(crate) content: bool,
}

impl Word<'_> {
    /// Byte offset of the word's end in the text.
    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// True when the word begins with a capital.
    pub(crate) fn capitalised(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// True for two forms of one word: `bank` and `banks`.
    pub(crate) fn is_form_of(&self, other: &Self) -> bool {
        self.key == other.key
    }

    /// True when a digit is in it.
    pub(crate) fn numeric(&self) -> bool {
        self.text.chars().any(|c| c.is_numeric())
    }
}

/// Reads the words of texts in one language: with its stemmer and its stop words, as far as they
/// are known.
pub(crate) struct Analyzer {
    /// None where only the stemmer is known, or nothing.
    language: Option<&'static Language>,
    stemmer: Option<Stemmer>,
}

impl Analyzer {
    /// For the language of a BCP 47 tag. Texts that declare none are taken for English.
    pub(crate) fn of(tag: Option<&str>) -> Self {
        let tag = tag.filter(|tag| !primary_subtag(tag).is_empty()).unwrap_or("en");
        let language = languages::find(tag);
        Self { language, stemmer: language.map(|language| language.stemmer).or_else(|| stemmer(tag)) }
    }

    /// English: what the checks on a model's answers can judge.
    pub(crate) fn english() -> Self {
        Self::of(None)
    }

    /// All that is known of the language.
    pub(crate) fn language(&self) -> Option<&'static Language> {
        self.language
    }

    pub(crate) fn is_english(&self) -> bool {
        self.language.is_some_and(|language| language.tag == languages::ENGLISH.tag)
    }

    /// What gives a sentence away, where that is known of the language.
    pub(crate) fn cues(&self) -> Option<&'static Cues> {
        self.language.and_then(|language| language.cues)
    }

    /// The words of `text`, in order.
    pub(crate) fn words<'a>(&self, text: &'a str) -> Vec<Word<'a>> {
        text.unicode_word_indices().map(|(start, text)| self.word(start, text)).collect()
    }

    /// The words of `text` as they are written.
    pub(crate) fn spellings<'a>(&self, text: &'a str) -> impl Iterator<Item = &'a str> {
        text.unicode_words()
    }

    /// A word of a text, with what is known of it.
    pub(crate) fn word<'a>(&self, start: usize, text: &'a str) -> Word<'a> {
        let lower = text.to_lowercase().replace('’', "'");
        let lower = lower.strip_suffix("'s").map_or(lower.clone(), str::to_owned);
        let content =
            lower.chars().any(char::is_numeric) || !self.is_function(&lower) || self.is_month(start, text);
        let key = if lower.chars().any(|c| c.is_ascii_digit()) {
            lower.chars().filter(|c| c.is_alphanumeric() || *c == '.').collect()
        } else {
            self.stem(&lower)
        };
        Word { text, start, lower, key, content }
    }

    fn stem(&self, lower: &str) -> String {
        match self.stemmer {
            Some(stemmer) if lower.len() <= LONGEST => {
                let mut word = SnowballEnv::create(lower);
                stemmer(&mut word);
                word.get_current().into_owned()
            }
            _ => lower.to_owned(),
        }
    }

    /// `In May` is not `may`: a month that is another word where it is written small. At the beginning of a
    /// text nothing tells them apart.
    fn is_month(&self, start: usize, text: &str) -> bool {
        let name = text.split(['\'', '’']).next().unwrap_or_default();
        start > 0 && self.language.is_some_and(|language| language.months_as_words.contains(&name))
    }

    /// Words without content. Of languages without a list only the length is known: their articles,
    /// pronouns and prepositions are short. (Scripts that put a word into a character or two have
    /// no such rule.)
    fn is_function(&self, lower: &str) -> bool {
        match self.language.map(|language| language.stop_words).unwrap_or_default() {
            [] => lower.is_ascii() && lower.len() <= 3,
            stop_words => lower.chars().count() == 1 || stop_words.binary_search(&lower).is_ok(),
        }
    }
}

/// The stemmer for a language of which nothing else is known.
fn stemmer(tag: &str) -> Option<Stemmer> {
    Some(match primary_subtag(tag).as_str() {
        "ar" => algorithms::arabic_stemmer::stem,
        "da" => algorithms::danish_stemmer::stem,
        "nl" => algorithms::dutch_stemmer::stem,
        "fi" => algorithms::finnish_stemmer::stem,
        "el" => algorithms::greek_stemmer::stem,
        "hu" => algorithms::hungarian_stemmer::stem,
        "nb" | "nn" | "no" => algorithms::norwegian_stemmer::stem,
        "ro" => algorithms::romanian_stemmer::stem,
        "ru" => algorithms::russian_stemmer::stem,
        "sv" => algorithms::swedish_stemmer::stem,
        "ta" => algorithms::tamil_stemmer::stem,
        "tr" => algorithms::turkish_stemmer::stem,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{any_tag, hostile_text};
    use proptest::prelude::*;

    #[test]
    fn forms_of_a_word_share_a_key() {
        let english = Analyzer::english();
        let keys: Vec<String> = english
            .words("The bank’s banks announced; they were announcing 11,088 more.")
            .into_iter()
            .map(|w| w.key)
            .collect();
        assert_eq!(keys, ["the", "bank", "bank", "announc", "they", "were", "announc", "11088", "more"]);
        let content: Vec<&str> = english
            .words("The results don’t say much about U.S. banks")
            .iter()
            .filter(|w| w.content)
            .map(|w| w.text)
            .collect();
        assert_eq!(content, ["results", "U.S", "banks"]);
    }

    #[test]
    fn a_month_is_no_auxiliary() {
        let english = Analyzer::english();
        let content =
            |text| english.words(text).into_iter().filter(|w| w.content).map(|w| w.text).collect::<Vec<_>>();
        assert_eq!(content("It may rain in May, or before May’s end."), ["rain", "May", "May’s", "end"]);
        assert_eq!(content("May we?"), Vec::<&str>::new());
    }

    #[test]
    fn languages_are_known_by_their_first_subtag() {
        assert!(Analyzer::of(Some("en-GB")).is_english() && Analyzer::of(Some("")).is_english());
        assert!(!Analyzer::of(Some("de_CH")).is_english());
        let german = Analyzer::of(Some("de"));
        let words = german.words("Die Häuser der Stadt");
        assert_eq!(
            words.iter().filter(|w| w.content).map(|w| w.text).collect::<Vec<_>>(),
            ["Häuser", "Stadt"]
        );
    }

    #[test]
    fn a_greek_page_is_read() {
        let keys: Vec<String> =
            Analyzer::of(Some("el")).words("ισαισα οι πόλεις").into_iter().map(|word| word.key).collect();
        assert_eq!(keys.len(), 3);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        /// Every language reads words of its own letters and of all others.
        #[test]
        fn any_word_has_a_key(tag in any_tag(), text in hostile_text()) {
            for word in Analyzer::of(Some(&tag)).words(&text) {
                prop_assert_eq!(&text[word.start..word.end()], word.text);
                prop_assert!(word.key.len() <= 4 * word.text.len() + 4, "{:?}", word);
            }
        }
    }
}
