//! Whether a translation keeps the numbers of its source, however they are written.

use super::direction::Direction;
use crate::languages::Language;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Numbers whose words mean nothing else.
const PLAIN: Range<u32> = 13..100;

/// Numbers whose words stand in a translation for nothing else: *a week* is `acht Tage`, *two* may be both.
const CERTAIN: Range<u32> = 3..100;

/// The numbers of a text.
#[derive(Debug, Default, PartialEq, Eq)]
struct Numbers {
    /// In figures, without what groups or divides them: `2,3`, `2.3` are 23; `1.200`, `1,200` and
    /// `1 200` are 1200.
    figures: Vec<String>,
    /// In words.
    words: Vec<String>,
}

/// A number of `source` that `answer` lacks or changed.
///
/// Figures must all be there, as figures or as words, and none may be new. Small ones in words are
/// vague (French `neuf` is nine and new), and so are hundreds: they count where one is missing and
/// another number stands there, or where nothing in the source says a new one.
pub(super) fn changed(direction: Direction, source: &str, answer: &str) -> Option<String> {
    if !direction.is_described() {
        return changed_figure(source, answer);
    }
    let (left, right) = (read(direction.from, source), read(direction.to, answer));
    let (lost, new) = (missing(&left.figures, &right.figures), missing(&right.figures, &left.figures));
    let (gone, other) = (missing(&left.words, &right.words), missing(&right.words, &left.words));
    if let Some(lost) = missing(&lost, &other).first() {
        return Some(written(source, lost));
    }
    if let Some(new) = missing(&new, &gone).first() {
        return Some(written(answer, new));
    }
    let (gone, other) = (missing(&gone, &new), missing(&other, &lost));
    let is_invented = |number: &String| {
        number
            .parse()
            .is_ok_and(|value: u32| CERTAIN.contains(&value) && !hints(direction.from, source, value))
    };
    let gone = gone.into_iter().find(|number| !other.is_empty() || is_plain(number));
    gone.or_else(|| other.into_iter().find(is_invented))
}

/// As [`changed`], where the words for numbers are not known: figures alone are compared. Small ones may
/// have become words, or been such; those that count ten thousands become others.
fn changed_figure(source: &str, answer: &str) -> Option<String> {
    let (source, answer) = (in_ascii(source), in_ascii(answer));
    let ((left, left_counted), (right, right_counted)) = (plain_figures(&source), plain_figures(&answer));
    let certain = |numbers: Vec<String>| -> Vec<String> {
        let is_small = |number: &String| number.parse().is_ok_and(|value: u32| value <= SMALL);
        numbers.into_iter().filter(|number| !is_small(number)).collect()
    };
    let (lost, new) = (certain(missing(&left, &right)), certain(missing(&right, &left)));
    if lost.len() > right_counted {
        return Some(written(&source, &lost[0]));
    }
    (new.len() > left_counted).then(|| written(&answer, &new[0]))
}

/// The figures of a text that count nothing but themselves, and how many others there are.
fn plain_figures(text: &str) -> (Vec<String>, usize) {
    let (mut plain, mut counted) = (Vec::new(), 0);
    for (figure, digits) in figures(text) {
        let end = figure.as_ptr() as usize - text.as_ptr() as usize + figure.len();
        if text[end..].trim_start().starts_with(TEN_THOUSANDS) {
            counted += 1;
        } else {
            plain.push(digits);
        }
    }
    (plain, counted)
}

/// Words behind figures that count by ten thousands.
const TEN_THOUSANDS: [char; 8] = ['万', '萬', '亿', '億', '兆', '만', '억', '조'];

/// Numbers up to this one are often written as words.
const SMALL: u32 = 100;

/// `text` with the digits of other scripts as those of ours.
fn in_ascii(text: &str) -> String {
    const ZEROS: [char; 11] = ['٠', '۰', '०', '০', '૦', '௦', '౦', '೦', '൦', '๐', '０'];
    let digit = |c: char| {
        let value = ZEROS
            .iter()
            .find_map(|zero| u32::from(c).checked_sub(u32::from(*zero)).filter(|value| *value < 10));
        value.and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
    };
    text.chars()
        .map(|c| match c {
            '٬' | '，' => ',',
            '٫' => '.',
            c => digit(c),
        })
        .collect()
}

/// Whether a word of `text` begins with one for this number: `dreistöckig`, `achtjährige`.
fn hints(language: &Language, text: &str, value: u32) -> bool {
    let words = || language.numbers.iter().filter(|(_, of)| *of == value).map(|(word, _)| *word);
    text.unicode_words().any(|word| words().any(|number| word.to_lowercase().starts_with(number)))
}

/// Whether a number in words can be nothing else.
fn is_plain(number: &str) -> bool {
    number.parse().is_ok_and(|value: u32| PLAIN.contains(&value))
}

/// What of `wanted` is not in `there`, as often as it is wanted.
fn missing(wanted: &[String], there: &[String]) -> Vec<String> {
    let mut left: HashMap<&str, usize> = HashMap::new();
    there.iter().for_each(|number| *left.entry(number).or_default() += 1);
    let is_missing = |number: &&String| match left.get_mut(number.as_str()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    wanted.iter().filter(is_missing).cloned().collect()
}

fn read(language: &Language, text: &str) -> Numbers {
    let words = words(language, text).into_iter().map(|(_, value)| value.to_string()).collect();
    Numbers { figures: figures(text).map(|(_, digits)| digits).collect(), words }
}

/// `answer` with its figures written as its language does, where the model copied them as the
/// source's writes them.
pub(super) fn respelled(direction: Direction, source: &str, answer: &str) -> String {
    if !direction.is_described() {
        return answer.to_owned();
    }
    let copied: HashSet<&str> = figures(source).map(|(written, _)| written).collect();
    let mut result = String::new();
    let mut rest = answer;
    for (written, _) in figures(answer) {
        let Some((before, after)) = rest.split_once(written) else { break };
        result.push_str(before);
        let respelled = copied.contains(&written).then(|| respell(direction, written)).flatten();
        result.push_str(respelled.as_deref().unwrap_or(written));
        rest = after;
    }
    result + rest
}

/// A number in another language's spelling; none for times, dates and what else is no such number.
fn respell(direction: Direction, written: &str) -> Option<String> {
    let (groups, point) = (direction.from.digit_groups, direction.from.decimal_point);
    let (to_group, to_point) = (direction.to.digit_groups[0], direction.to.decimal_point);
    let (whole, fraction) =
        written.split_once(point).map_or((written, None), |(whole, rest)| (whole, Some(rest)));
    let mut parts = whole.split(groups);
    let first = parts.next().filter(|first| first.bytes().all(|byte| byte.is_ascii_digit()))?;
    let mut result = first.to_owned();
    for part in parts {
        if part.len() != 3 || run(part) != 3 {
            return None;
        }
        result = format!("{result}{to_group}{part}");
    }
    match fraction {
        Some(fraction) if run(fraction) == fraction.len() => Some(format!("{result}{to_point}{fraction}")),
        Some(_) => None,
        None => Some(result),
    }
}

/// A number as the text writes it.
fn written(text: &str, digits: &str) -> String {
    figures(text)
        .find(|(_, other)| other == digits)
        .map_or_else(|| digits.to_owned(), |(written, _)| written.to_owned())
}

/// Numbers in figures: as written, and their digits.
fn figures(text: &str) -> impl Iterator<Item = (&str, String)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(|c: char| c.is_ascii_digit())?;
        rest = &rest[start..];
        let end = figure_end(rest);
        let (figure, later) = rest.split_at(end);
        rest = later;
        Some((figure, figure.chars().filter(char::is_ascii_digit).collect()))
    })
}

/// The end of the number that `text` begins with.
fn figure_end(text: &str) -> usize {
    let mut end = run(text);
    loop {
        let mut chars = text[end..].chars();
        let Some(mark) = chars.next() else { return end };
        let after = run(chars.as_str());
        let joins = match mark {
            '.' | ',' | ':' | '\'' | '’' => after > 0,
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => after == 3,
            _ => false,
        };
        if !joins {
            return end;
        }
        end += mark.len_utf8() + after;
    }
}

/// How many digits `text` begins with.
fn run(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// `text` with its number words in figures: small models copy figures more often than they
/// translate the words.
///
/// Small numbers stay: their words mean other things too.
pub(super) fn in_figures(language: &Language, text: &str) -> String {
    let mut result = String::new();
    let mut end = 0;
    for (place, value) in words(language, text).into_iter().filter(|&(_, value)| value > 12) {
        result.push_str(&text[end..place.start]);
        result.push_str(&value.to_string());
        end = place.end;
    }
    result + &text[end..]
}

/// Whether tens and units are one number: `dix-sept`, `treinta y cinco`.
fn joins(language: &Language, tens: u32, between: &str, units: u32) -> bool {
    let and = language.tens_joint == Some(between) && tens >= 20 && units < 10;
    (10..100).contains(&tens) && tens.is_multiple_of(10) && units < 20 && (and || between == "-")
}

/// Number words: where they are, and their values. Tens and their units are one number, and so are
/// `quatre-vingts` and what follows it.
fn words(language: &Language, text: &str) -> Vec<(Range<usize>, u32)> {
    let mut found: Vec<(Range<usize>, u32)> = Vec::new();
    for (start, word) in text.unicode_word_indices() {
        let lower = word.to_lowercase();
        let singular = lower.strip_suffix('s').unwrap_or(&lower);
        let Some(value) = language.number(&lower).or_else(|| language.number(singular)) else { continue };
        let end = start + word.len();
        let between = |place: &Range<usize>| text.get(place.end..start).unwrap_or_default();
        match found.last_mut() {
            Some((place, last)) if between(place) == "-" && (*last, value) == (4, 20) => {
                (place.end, *last) = (end, 80);
            }
            Some((place, last)) if joins(language, *last, between(place), value) => {
                (place.end, *last) = (end, *last + value);
            }
            _ => found.push((start..end, value)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::languages;

    fn between(from: &str, to: &str) -> Direction {
        Direction { from: languages::find(from).unwrap(), to: languages::find(to).unwrap() }
    }

    #[test]
    fn numbers_survive_another_spelling() {
        for (from, source, answer) in [
            ("de", "Es kostete 2019 rund 2,3 Millionen Euro.", "In 2019 it cost about 2.3 million euros."),
            ("de", "1.200 Menschen kamen um 8.30 Uhr.", "1,200 people came at 8:30."),
            ("fr", "L'usine emploie 1\u{202f}200 personnes.", "The factory employs 1,200 people."),
            ("fr", "Il a soixante-dix ans et un vélo neuf.", "He is seventy years old and has a new bike."),
            ("fr", "Elle a quatre-vingt-dix-sept ans.", "She is 97 years old."),
            ("es", "Tiene 12 hijos.", "He has twelve children."),
            ("de", "dreißig Bäume", "30 trees"),
            ("es", "Tiene treinta y cinco años.", "He is thirty-five years old."),
            ("de", "Das dreistöckige Haus", "The house has three floors"),
            ("de", "Beide kamen mit einem Achtjährigen.", "The two of them came with an eight-year-old."),
        ] {
            assert_eq!(changed(between(from, "en"), source, answer), None, "{source}");
        }
    }

    #[test]
    fn figures_are_spelled_as_the_language_does() {
        for (from, to, source, answer, expected) in [
            ("de", "en", "2,3 Millionen, 1.200", "2,3 million and 1.200", "2.3 million and 1,200"),
            ("de", "en", "um 8.30 Uhr am 30.4.2026", "at 8.30 on 30.4.2026", "at 8.30 on 30.4.2026"),
            ("fr", "en", "Plus de 2 000 à 1,5 %", "More than 2 000 at 1.5 %", "More than 2,000 at 1.5 %"),
            ("en", "fr", "1,200.5", "1,200.5", "1\u{202f}200,5"),
        ] {
            assert_eq!(respelled(between(from, to), source, answer), expected);
        }
    }

    #[test]
    fn words_become_figures() {
        let french = languages::find("fr").unwrap();
        let text = "Quatre-vingt-dix-sept marchands et vingt vélos neufs depuis soixante-dix ans.";
        assert_eq!(in_figures(french, text), "97 marchands et 20 vélos neufs depuis 70 ans.");
        assert_eq!(in_figures(french, "Il pleut."), "Il pleut.");
    }

    #[test]
    fn lost_new_and_changed_numbers_are_found() {
        for (source, answer, expected) in [
            ("Es kostete 2,3 Millionen.", "It cost 2.4 million.", "2,3"),
            ("Es wurde 1932 gebaut.", "It was built.", "1932"),
            ("Es ist alt.", "It is 90 years old.", "90"),
            ("Der Zug hatte vierzig Minuten Verspätung.", "The train was four hours late.", "40"),
            ("3 und 3", "3", "3"),
            ("alle zwanzig Minuten", "all the time", "20"),
            ("bis acht Uhr", "from 8 a.m. to 8 p.m.", "8"),
            ("Sie fährt dreimal am Tag.", "It runs twice a day.", "3"),
            ("Ärzte empfehlen Schlaf.", "Doctors recommend that eight people sleep.", "8"),
        ] {
            assert_eq!(changed(between("de", "en"), source, answer).as_deref(), Some(expected), "{source}");
        }
    }
}
