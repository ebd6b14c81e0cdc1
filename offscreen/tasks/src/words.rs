//! Words of a text: where they stand, whether they carry content, and under which key two forms of one word meet.

use catalog::primary_subtag;
use rust_stemmers::{Algorithm, Stemmer};
use unicode_segmentation::UnicodeSegmentation;

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word<'a> {
    /// As it stands in the text.
    pub(crate) text: &'a str,
    /// Byte offset in the text.
    pub(crate) start: usize,
    /// Lower case, without a possessive, apostrophes straight: `Bank’s` is `bank`, `don’t` is `don't`.
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

/// What is known of a page's language: its stemmer and its stop words.
pub(crate) struct Language {
    stemmer: Option<Stemmer>,
    english: bool,
}

impl Language {
    /// The language of a BCP 47 tag. Pages that declare none are taken for English.
    pub(crate) fn of(tag: Option<&str>) -> Self {
        let primary = primary_subtag(tag.unwrap_or("en"));
        let algorithm = match primary.as_str() {
            "" | "en" => Some(Algorithm::English),
            "ar" => Some(Algorithm::Arabic),
            "da" => Some(Algorithm::Danish),
            "nl" => Some(Algorithm::Dutch),
            "fi" => Some(Algorithm::Finnish),
            "fr" => Some(Algorithm::French),
            "de" => Some(Algorithm::German),
            "el" => Some(Algorithm::Greek),
            "hu" => Some(Algorithm::Hungarian),
            "it" => Some(Algorithm::Italian),
            "nb" | "nn" | "no" => Some(Algorithm::Norwegian),
            "pt" => Some(Algorithm::Portuguese),
            "ro" => Some(Algorithm::Romanian),
            "ru" => Some(Algorithm::Russian),
            "es" => Some(Algorithm::Spanish),
            "sv" => Some(Algorithm::Swedish),
            "ta" => Some(Algorithm::Tamil),
            "tr" => Some(Algorithm::Turkish),
            _ => None,
        };
        Self { english: algorithm == Some(Algorithm::English), stemmer: algorithm.map(Stemmer::create) }
    }

    /// English: what the checks on a model's answers can judge.
    pub(crate) fn english() -> Self {
        Self::of(None)
    }

    /// True for English.
    pub(crate) fn is_english(&self) -> bool {
        self.english
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
        let content = lower.chars().any(char::is_numeric) || !self.is_function(&lower);
        let key = if lower.chars().any(|c| c.is_ascii_digit()) {
            lower.chars().filter(|c| c.is_alphanumeric() || *c == '.').collect()
        } else {
            self.stemmer.as_ref().map_or_else(|| lower.clone(), |stemmer| stemmer.stem(&lower).into_owned())
        };
        Word { text, start, lower, key, content }
    }

    /// Words without content. Of languages other than English only the length is known: their articles, pronouns and
    /// prepositions are short. (Scripts that put a word into a character or two have no such rule.)
    fn is_function(&self, lower: &str) -> bool {
        if self.english {
            lower.chars().count() == 1 || STOP_WORDS.binary_search(&lower).is_ok()
        } else {
            lower.is_ascii() && lower.len() <= 3
        }
    }
}

/// English function words, sorted: articles, pronouns, prepositions, conjunctions, auxiliaries and the most general of
/// adverbs and verbs.
#[rustfmt::skip]
const STOP_WORDS: &[&str] = &[
    "a", "able", "about", "above", "across", "actually", "after", "again", "against", "ago", "all",
    "almost", "along", "already", "also", "although", "always", "am", "amid", "among", "an", "and",
    "another", "any", "anyone", "anything", "anyway", "approximately", "are", "aren't", "around", "as",
    "at", "away", "back", "be", "became", "because", "become", "becomes", "been", "before", "being",
    "below", "between", "both", "but", "by", "came", "can", "can't", "cannot", "come", "comes", "could",
    "couldn't", "did", "didn't", "do", "does", "doesn't", "doing", "don't", "done", "down", "during",
    "each", "either", "else", "enough", "etc", "even", "ever", "every", "everyone", "everything", "few",
    "fewer", "for", "from", "further", "get", "gets", "getting", "give", "given", "go", "goes", "going",
    "got", "had", "hadn't", "has", "hasn't", "have", "haven't", "having", "he", "her", "here", "hers",
    "herself", "him", "himself", "his", "how", "however", "i", "i'd", "i'll", "i'm", "i've", "if", "in",
    "indeed", "instead", "into", "is", "isn't", "it", "it'd", "it'll", "its", "itself", "just", "kind",
    "least", "less", "let", "let's", "like", "likely", "lot", "lots", "made", "make", "makes", "making",
    "many", "may", "maybe", "me", "meanwhile", "might", "mine", "more", "most", "much", "must", "my",
    "myself", "near", "nearly", "need", "neither", "never", "no", "nobody", "none", "nor", "not", "nothing",
    "now", "of", "off", "often", "on", "once", "one", "ones", "only", "onto", "or", "other", "others",
    "otherwise", "our", "ours", "ourselves", "out", "over", "own", "per", "perhaps", "put", "quite",
    "rather", "really", "roughly", "said", "same", "say", "says", "set", "several", "shall", "she",
    "should", "shouldn't", "since", "so", "some", "someone", "something", "sometimes", "soon", "still",
    "such", "take", "taken", "than", "that", "the", "their", "theirs", "them", "themselves", "then",
    "there", "therefore", "these", "they", "they'd", "they'll", "they're", "they've", "thing", "things",
    "this", "those", "though", "through", "thus", "to", "together", "too", "toward", "towards", "under",
    "unless", "until", "up", "upon", "us", "use", "used", "uses", "using", "usually", "very", "via", "was",
    "wasn't", "way", "ways", "we", "we'd", "we'll", "we're", "we've", "well", "were", "weren't", "what",
    "whatever", "when", "where", "whether", "which", "while", "who", "whom", "whose", "why", "will", "with",
    "within", "without", "won't", "would", "wouldn't", "yet", "you", "you'd", "you'll", "you're", "you've",
    "your", "yours", "yourself",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_words_are_sorted() {
        assert!(STOP_WORDS.is_sorted());
    }

    #[test]
    fn forms_of_a_word_share_a_key() {
        let english = Language::english();
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
    fn languages_are_known_by_their_first_subtag() {
        assert!(Language::of(Some("en-GB")).is_english() && Language::of(Some("")).is_english());
        assert!(!Language::of(Some("de_CH")).is_english());
        let german = Language::of(Some("de"));
        let words = german.words("Die Häuser der Stadt");
        assert_eq!(
            words.iter().filter(|w| w.content).map(|w| w.text).collect::<Vec<_>>(),
            ["Häuser", "Stadt"]
        );
    }
}
