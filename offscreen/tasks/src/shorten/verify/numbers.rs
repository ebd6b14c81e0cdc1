//! Numbers of English texts, however they are written.

use crate::languages::ENGLISH;
use crate::words::Word;

/// The first number of `answer` that `source` does not have, in the answer's spelling.
pub(super) fn new_number(source: &[Word<'_>], answer: &[Word<'_>]) -> Option<String> {
    let known: Vec<String> = source.iter().filter_map(value).collect();
    answer
        .iter()
        .find(|word| value(word).is_some_and(|value| !known.contains(&value)))
        .map(|word| word.text.to_owned())
}

/// True for words that count something.
pub(super) fn is_number(word: &Word<'_>) -> bool {
    value(word).is_some()
}

/// What a word counts: `11,088` is 11088, `8th` is 8, `three` is 3, `2020s` is 2020s.
pub(crate) fn value(word: &Word<'_>) -> Option<String> {
    if word.numeric() {
        let plain = word.lower.replace(',', "");
        let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|end| plain.strip_suffix(end));
        return Some(ordinal.unwrap_or(&plain).to_owned());
    }
    let lower = word.lower.as_str();
    let quantity = ENGLISH.quantities.iter().find(|(name, _)| *name == lower);
    quantity
        .map(|(_, quantity)| (*quantity).to_owned())
        .or_else(|| ENGLISH.number(lower).map(|value| value.to_string()))
}
