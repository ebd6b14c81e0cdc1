//! Whether a translation keeps the days of the week and the months of its source.

use super::direction::Direction;
use crate::languages::Language;

/// How many days there are …
const DAYS: usize = 7;

/// … and how many months with them.
const NAMES: usize = DAYS + 12;

/// A day or month that only one of the two texts has, as that language calls it, in lower case.
pub(super) fn changed(direction: Direction, source: &str, answer: &str) -> Option<String> {
    if !direction.is_described() {
        return None;
    }
    let (left, right) = (named(direction.from, source), named(direction.to, answer));
    let differs = (0..NAMES).find(|&at| left[at] != right[at])?;
    let language = if left[differs] { direction.from } else { direction.to };
    Some(name(language, differs).to_lowercase())
}

/// `text` with the days and months of the language wanted: small models take one for another, but
/// leave these alone.
pub(super) fn translated(direction: Direction, text: &str) -> String {
    let mut result = String::new();
    let mut end = 0;
    for (start, word) in words(text) {
        let Some(at) = name_of(direction.from, word) else { continue };
        result.push_str(&text[end..start]);
        result.push_str(name(direction.to, at));
        end = start + word.len();
    }
    result + &text[end..]
}

/// Monday to Sunday, then January to December, as the language lists them.
fn names(language: &'static Language) -> impl Iterator<Item = &'static str> {
    language.days.into_iter().chain(language.months)
}

/// The name at this place, as it is written.
fn name(language: &'static Language, at: usize) -> &'static str {
    names(language).nth(at).unwrap_or_default().trim_end_matches('*')
}

/// Which of the names a text has.
fn named(language: &'static Language, text: &str) -> [bool; NAMES] {
    let mut found = [false; NAMES];
    for (place, (_, word)) in words(text).enumerate() {
        let Some(at) = name_of(language, word) else { continue };
        let name = name(language, at);
        let other = language.months_as_words.contains(&name) && word.starts_with(char::is_lowercase)
            || language.months_as_first_words.contains(&name) && place == 0;
        found[at] |= !other;
    }
    found
}

/// The words and where they are. Hyphens are in them: `quinta-feira`.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let apart = |c: char| !c.is_alphanumeric() && c != '-';
    let mut end = 0;
    let pieces = text.split_inclusive(apart).map(move |piece| {
        end += piece.len();
        (end - piece.len(), piece.trim_end_matches(apart))
    });
    pieces.filter(|(_, word)| !word.is_empty())
}

/// Which name a word is.
fn name_of(language: &'static Language, word: &str) -> Option<usize> {
    let lower = word.to_lowercase();
    names(language).enumerate().position(|(at, name)| {
        let name = name.to_lowercase();
        match name.strip_suffix('*') {
            Some(stem) => lower.starts_with(stem),
            // Days have a plural. `mais` is no month.
            None => lower == name || at < DAYS && lower.strip_suffix('s') == Some(&name),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::languages;

    #[test]
    fn names_are_put_into_the_other_language() {
        let direction =
            Direction { from: languages::find("de").unwrap(), to: languages::find("en").unwrap() };
        assert_eq!(translated(direction, "Nur samstags, im Mai."), "Nur Saturday, im May.");
    }

    #[test]
    fn days_and_months_are_kept() {
        for (from, source, answer, expected) in [
            ("fr", "ouvert du mardi au dimanche", "open from Tuesday to Sunday", None),
            ("fr", "ouvert du mardi au dimanche", "open from Monday to Sunday", Some("monday")),
            ("de", "im Mai in der Bibliothek", "in the library in May", None),
            ("de", "im Mai in der Bibliothek", "in the library, maybe", Some("mai")),
            ("de", "Er darf am Sonntagabend gehen.", "He may go on Sunday evening.", None),
            ("es", "los domingos", "on Sundays", None),
            ("fr", "sec mais froid", "dry but cold", None),
            ("pt", "na quinta-feira à noite", "on Thursday evening", None),
            ("pt", "na quinta-feira", "on Friday", Some("quinta-feira")),
        ] {
            let direction =
                Direction { from: languages::find(from).unwrap(), to: languages::find("en").unwrap() };
            assert_eq!(changed(direction, source, answer).as_deref(), expected, "{source}");
        }
    }
}
