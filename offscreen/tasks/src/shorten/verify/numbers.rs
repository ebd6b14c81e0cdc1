//! Numbers, however they are written.

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
    NUMBERS.iter().find(|(name, _)| *name == word.lower).map(|(_, value)| (*value).to_owned())
}

/// `one` is left out: it is a pronoun more often than a number.
#[rustfmt::skip]
const NUMBERS: &[(&str, &str)] = &[
    ("zero", "0"), ("two", "2"), ("three", "3"), ("four", "4"), ("five", "5"), ("six", "6"), ("seven", "7"),
    ("eight", "8"), ("nine", "9"), ("ten", "10"), ("eleven", "11"), ("twelve", "12"), ("thirteen", "13"),
    ("fourteen", "14"), ("fifteen", "15"), ("sixteen", "16"), ("seventeen", "17"), ("eighteen", "18"),
    ("nineteen", "19"), ("twenty", "20"), ("thirty", "30"), ("forty", "40"), ("fifty", "50"),
    ("sixty", "60"), ("seventy", "70"), ("eighty", "80"), ("ninety", "90"), ("hundred", "hundred"),
    ("hundreds", "hundreds"), ("thousand", "thousand"), ("thousands", "thousands"), ("million", "million"),
    ("millions", "millions"), ("billion", "billion"), ("billions", "billions"), ("trillion", "trillion"),
    ("dozen", "dozen"), ("dozens", "dozens"), ("half", "half"), ("quarter", "quarter"), ("third", "3"),
    ("twice", "twice"), ("double", "twice"), ("doubled", "twice"), ("triple", "thrice"),
    ("tripled", "thrice"), ("second", "2"), ("fourth", "4"), ("fifth", "5"), ("sixth", "6"),
    ("seventh", "7"), ("eighth", "8"), ("ninth", "9"), ("tenth", "10"),
];
