//! Which language a text is in: by its letters, or by its most frequent words.

use super::foreign::FOREIGN;
use crate::languages::LANGUAGES;
use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_segmentation::UnicodeSegmentation;

/// Bytes of a text that are looked at: more only takes longer.
pub(super) const SAMPLE: usize = 8 << 10;

/// Words that must speak for a language, different ones among them …
const FEWEST: u32 = 3;
const FEWEST_DIFFERENT: usize = 2;

/// … their share of all words …
const SHARE: f32 = 0.15;

/// … and how much more speaks for it than for any other.
const LEAD: f32 = 1.3;

/// What speaks for a language of which little is known counts less: a neighbour is likelier.
const FOREIGN_WEIGHT: f32 = 0.75;

/// Letters of a script that must be there, beside being most of all.
const FEWEST_LETTERS: usize = 8;

/// The language of `text` (primary subtag) where that is clear. It need not be one of [`LANGUAGES`].
pub(crate) fn detect(text: &str) -> Option<&'static str> {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    by_letters(sample).unwrap_or_else(|| by_words(sample))
}

/// Letters beside those of English, by which neighbours are told apart.
const LETTERS: &[(&str, &str)] = &[
    ("de", "äöüß"),
    ("fr", "éèêëàâçîïôùûœ"),
    ("es", "áéíóúñ"),
    ("it", "àèéìòù"),
    ("pt", "áâãàçéêíóôõú"),
    ("ca", "àçèéíïòóúü·"),
    ("sv", "åäö"),
    ("da", "åæø"),
    ("nb", "åæø"),
    ("fi", "äö"),
    ("hu", "áéíóöőúüű"),
    ("pl", "ąćęłńóśźż"),
    ("cs", "áčďéěíňóřšťúůýž"),
    ("hr", "čćđšž"),
    ("ro", "ăâîșț"),
    ("tr", "çğıöşü"),
];

/// What a word with such a letter says, beside one that is frequent.
const LETTER: f32 = 0.4;

/// The letters of one script, and the language that is written in it where none of the signs tells
/// another.
struct Script {
    holds: fn(char) -> bool,
    tag: &'static str,
    /// Letters that only these languages have.
    signs: &'static [(&'static str, &'static str)],
}

const SCRIPTS: &[Script] = &[
    Script {
        holds: |c| matches!(c, '\u{400}'..='\u{52f}'),
        tag: "ru",
        signs: &[("іїєґ", "uk"), ("ў", "be"), ("ђћџљњј", "sr"), ("ѓќѕ", "mk")],
    },
    Script { holds: |c| matches!(c, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}'), tag: "el", signs: &[] },
    Script { holds: |c| matches!(c, '\u{590}'..='\u{5ff}'), tag: "he", signs: &[] },
    Script {
        holds: |c| matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}'),
        tag: "ar",
        signs: &[("ٹڈےں", "ur"), ("پچژگ", "fa")],
    },
    Script { holds: |c| matches!(c, '\u{900}'..='\u{97f}'), tag: "hi", signs: &[("ळ", "mr")] },
    Script { holds: |c| matches!(c, '\u{980}'..='\u{9ff}'), tag: "bn", signs: &[] },
    Script { holds: |c| matches!(c, '\u{b80}'..='\u{bff}'), tag: "ta", signs: &[] },
    Script { holds: |c| matches!(c, '\u{e00}'..='\u{e7f}'), tag: "th", signs: &[] },
    Script { holds: |c| matches!(c, '\u{10a0}'..='\u{10ff}'), tag: "ka", signs: &[] },
    Script { holds: |c| matches!(c, '\u{530}'..='\u{58f}'), tag: "hy", signs: &[] },
    Script { holds: |c| matches!(c, '\u{ac00}'..='\u{d7a3}'), tag: "ko", signs: &[] },
    Script {
        holds: |c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}'),
        tag: "zh",
        signs: &[("のはをにがでとたるい", "ja"), ("ンスルトイアーラ", "ja")],
    },
];

/// By a script other than Latin, if that is what most letters are of.
fn by_letters(text: &str) -> Option<Option<&'static str>> {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let (mut all, mut counts) = (0, [0_usize; SCRIPTS.len()]);
    for letter in letters.clone().filter(|c| !c.is_ascii()) {
        if let Some(at) = SCRIPTS.iter().position(|script| (script.holds)(letter)) {
            counts[at] += 1;
        }
    }
    letters.for_each(|_| all += 1);
    let (script, &count) = SCRIPTS.iter().zip(&counts).max_by_key(|(_, count)| **count)?;
    if 2 * count <= all {
        return None;
    }
    let sign = script.signs.iter().find(|(letters, _)| text.contains(|c| letters.contains(c)));
    Some((count >= FEWEST_LETTERS).then(|| sign.map_or(script.tag, |(_, tag)| tag)))
}

/// What tells languages apart. Sets of them are bits, by their places in `tags`.
#[derive(Default)]
struct Signs {
    tags: Vec<&'static str>,
    words: HashMap<&'static str, u32>,
    letters: HashMap<char, u32>,
}

static SIGNS: LazyLock<Signs> = LazyLock::new(|| {
    let known = LANGUAGES.iter().map(|language| (language.tag, language.function_words));
    let mut signs = Signs::default();
    for (at, (tag, list)) in known.chain(FOREIGN.iter().copied()).enumerate() {
        signs.tags.push(tag);
        list.iter().for_each(|word| *signs.words.entry(word).or_default() |= 1 << at);
        let letters =
            LETTERS.iter().filter(|(other, _)| *other == tag).flat_map(|(_, letters)| letters.chars());
        letters.for_each(|letter| *signs.letters.entry(letter).or_default() |= 1 << at);
    }
    signs
});

/// By the words that hold a language's sentences together. One that several have says less.
fn by_words(text: &str) -> Option<&'static str> {
    let Signs { tags, words: frequent, letters } = &*SIGNS;
    let of = |set: u32| (0..tags.len()).filter(move |at| set >> at & 1 == 1);
    let mut scores = vec![0.0_f32; tags.len()];
    let mut hits = vec![(0_u32, Vec::new()); tags.len()];
    let mut words = 0_u32;
    for word in text.unicode_words().flat_map(|word| word.split(['\'', '’'])) {
        if !word.starts_with(char::is_alphabetic) {
            continue;
        }
        words += 1;
        let lower = word.to_lowercase();
        let lettered = lower.chars().filter_map(|c| letters.get(&c)).fold(0, |all, set| all | set);
        of(lettered).for_each(|at| scores[at] += LETTER / lettered.count_ones() as f32);
        let Some((lower, &languages)) = frequent.get_key_value(lower.as_str()) else { continue };
        for at in of(languages) {
            scores[at] += 1.0 / languages.count_ones() as f32;
            hits[at].0 += 1;
            if hits[at].1.len() < FEWEST_DIFFERENT && !hits[at].1.contains(lower) {
                hits[at].1.push(lower);
            }
        }
    }
    scores[LANGUAGES.len()..].iter_mut().for_each(|score| *score *= FOREIGN_WEIGHT);
    let best = (0..tags.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b]))?;
    let second = (0..tags.len()).filter(|at| *at != best).map(|at| scores[at]).fold(0.0, f32::max);
    let (count, different) = &hits[best];
    let is_clear = *count >= FEWEST
        && different.len() >= FEWEST_DIFFERENT
        && *count as f32 >= SHARE * words as f32
        && scores[best] >= LEAD * second;
    is_clear.then(|| tags[best])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::hostile_text;
    use proptest::prelude::*;

    /// Sentences, their languages before them.
    const LINES: &str = include_str!("../../../../tests/kinds/language/lines.txt");

    #[test]
    fn languages_are_told_by_their_texts() {
        let mut wrong = Vec::new();
        for (tag, text) in LINES.lines().filter_map(|line| line.split_once('\t')) {
            let found = detect(text).unwrap_or("unclear");
            if found != tag {
                wrong.push((found, text));
            }
        }
        println!("{} of {} lines", LINES.lines().count() - wrong.len(), LINES.lines().count());
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn no_sentence_is_taken_for_another_language() {
        for language in LANGUAGES {
            let found: Vec<_> = language.examples.iter().map(|text| detect(text)).collect();
            assert!(found.iter().flatten().all(|tag| *tag == language.tag), "{}: {found:?}", language.tag);
            assert!(found.iter().flatten().count() >= 6, "{}: {found:?}", language.tag);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_looked_at(text in hostile_text()) {
            detect(&text);
        }
    }
}
