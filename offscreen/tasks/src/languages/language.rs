//! What is known of a language: one row.

use super::cues::Cues;
use super::list::List;
use waken_snowball::SnowballEnv;

/// One of Snowball's algorithms: shortens a word in lower case to its stem.
pub(crate) type Stemmer = fn(&mut SnowballEnv<'_>) -> bool;

/// How many sentences every language has as examples.
pub(crate) const EXAMPLES: usize = 10;

/// A language. Words are in lower case where nothing else is said.
pub(crate) struct Language {
    /// Primary subtag of BCP 47.
    pub(crate) tag: &'static str,
    /// Its English name, by which models are told.
    pub(crate) name: &'static str,
    /// What brings forms of one word together.
    pub(crate) stemmer: Stemmer,
    /// Nouns begin with a capital, so that one does not tell a name.
    pub(crate) capitalised_nouns: bool,
    pub(crate) abbreviations: Abbreviations,

    /// Frequent words without content, by which languages are told apart.
    pub(crate) function_words: List,
    /// All words without content, sorted: every word of a text is looked up. Where none are listed, short words are taken for such.
    pub(crate) stop_words: &'static [&'static str],
    /// Words that deny.
    pub(crate) denials: List,
    /// Words that may stand for one that denies (`only` for `ne … que`).
    pub(crate) hedges: List,
    /// Words that say how sure something is, how much of it, or who says it: a claim keeps them. None
    /// in English, of which more is known.
    pub(crate) doubts: List,
    /// What gives a sentence away; none where nobody listed it.
    pub(crate) cues: Option<&'static Cues>,

    /// Words for numbers, with their values.
    pub(crate) numbers: &'static [(&'static str, u32)],
    /// Other words that count, and number words that are not always numbers, each with a name for
    /// what it counts.
    pub(crate) quantities: &'static [(&'static str, &'static str)],
    /// What stands between tens and units, if anything does: `treinta y cinco`.
    pub(crate) tens_joint: Option<&'static str>,
    /// What groups digits by three: first how it is written, then what else is read.
    pub(crate) digit_groups: &'static [char],
    pub(crate) decimal_point: char,

    /// Monday to Sunday, as they are written. What ends with `*` stands for every word that begins
    /// so.
    pub(crate) days: [&'static str; 7],
    /// January to December, as they are written.
    pub(crate) months: [&'static str; 12],
    /// Months that are other words where they are written small: `may`.
    pub(crate) months_as_words: &'static [&'static str],
    /// Those that are at the beginning of a sentence, too: `May it rain`.
    pub(crate) months_as_first_words: &'static [&'static str],

    /// The same statements in every language, in the same order, as an article has them (one is a
    /// heading without a full stop): shown to models that only continue texts.
    pub(crate) examples: [&'static str; EXAMPLES],
}

/// Words before a full stop that ends no sentence, or not always, without that stop. One with a
/// capital is written so; another may be capitalised. Of several parts: `z.B`, `ad es`. Each list is
/// one text with a comma behind every word: a slice of slices takes three times the bytes.
pub(crate) struct Abbreviations {
    /// Always followed by the rest of the sentence.
    pub(crate) titles: &'static str,
    /// Followed by a number or ending a sentence.
    pub(crate) measured: &'static str,
    /// Ends a sentence or does not: the next word tells.
    pub(crate) open: &'static str,
    /// Words that begin a sentence when they are capitalised in the middle of a text, as written:
    /// beside the language's function words.
    pub(crate) starters: &'static str,
    /// Words before an ordinal, in languages that write it with a full stop (`bis zum 30. April`);
    /// as written.
    pub(crate) before_ordinals: &'static str,
}

impl Abbreviations {
    /// Of languages for which nobody listed them.
    pub(crate) const NONE: Self =
        Self { titles: "", measured: "", open: "", starters: "", before_ordinals: "" };
}

impl Language {
    /// Whether more than its name is known: its words for numbers, days and months, the words that
    /// hold its sentences together, how it writes numbers.
    pub(crate) fn is_described(&self) -> bool {
        !self.function_words.0.is_empty()
    }

    /// Whether a word in lower case is one of its function words.
    pub(crate) fn is_function(&self, lower: &str) -> bool {
        self.function_words.has(lower)
    }

    /// Whether a text, as words in lower case, says of something that it is not so.
    pub(crate) fn denies(&self, words: &[String]) -> bool {
        words.iter().any(|word| self.denials.has(word))
    }

    /// Whether a text, as words in lower case, can be the translation of one that [`Self::denies`].
    pub(crate) fn may_deny(&self, words: &[String]) -> bool {
        self.denies(words) || words.iter().any(|word| self.hedges.has(word))
    }

    /// The value of a number word in lower case.
    pub(crate) fn number(&self, lower: &str) -> Option<u32> {
        self.numbers.iter().find(|(word, _)| *word == lower).map(|(_, value)| *value)
    }
}
