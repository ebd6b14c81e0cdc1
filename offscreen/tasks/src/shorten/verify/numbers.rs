//! Numbers of English texts, however they are written.

use super::alignment::Alignment;
use super::links::{is_link, parts};
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

/// A number of `source` of which the answer keeps only a part: `one in nine`, `two hundred and fifty`,
/// `3 to 20` are one number each, and of `5 percent of the 300 homes` the second is none without the
/// first.
pub(super) fn torn_number(text: &str, source: &[Word<'_>], alignment: &Alignment) -> Option<String> {
    let numbers: Vec<usize> =
        (0..source.len()).filter(|&i| is_number(&source[i]) || source[i].lower == "one").collect();
    // `on 9 October` is not `on October`, nor `40 percent` only 40.
    let kept = |i: usize| alignment.answer_of(i).is_some();
    let unit =
        |i: usize| source.get(i + 1).is_some_and(|word| ["per", "percent"].contains(&word.lower.as_str()));
    let left = |&i: &usize| {
        if kept(i) { unit(i) && !kept(i + 1) } else { i > 0 && is_link(&source[i - 1].lower) && kept(i - 1) }
    };
    if let Some(i) = numbers.iter().copied().find(left) {
        return Some(source[i].text.to_owned());
    }
    numbers.windows(2).map(|pair| (pair[0], pair[1])).find_map(|(a, b)| {
        let between: Vec<&str> = source[a + 1..b].iter().map(|word| word.lower.as_str()).collect();
        let one = between.iter().all(|word| JOINTS.contains(word))
            && !parts(&text[source[a].end()..source[b].start]);
        // `in 2010 and 2012` may become `in 2010`.
        let alone = between.contains(&"of") || between == ["and"];
        (one && kept(a) != kept(b) && !(alone && kept(a))).then(|| source[a].text.to_owned())
    })
}

/// Words within one number.
const JOINTS: &[&str] = &["a", "and", "in", "its", "of", "or", "out", "percent", "the", "their", "to"];

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
