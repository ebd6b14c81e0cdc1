//! Whether a translation keeps the days of the week and the months of its source.

use super::direction::Direction;
use unicode_segmentation::UnicodeSegmentation;

/// How many days and months there are.
const NAMES: usize = 19;

/// A language's days from Monday to Sunday, then its months from January to December, in lower case. What ends with `*` stands
/// for every word that begins so; empty where the name is another word too (`quarta` is Wednesday and fourth).
type Names = [&'static str; NAMES];

#[rustfmt::skip]
const CALENDARS: [(&str, Names); 6] = [
    ("en", ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april",
        "may", "june", "july", "august", "september", "october", "november", "december"]),
    ("de", ["montag*", "dienstag*", "mittwoch*", "donnerstag*", "freitag*", "samstag*", "sonntag*", "januar", "februar", "märz",
        "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember"]),
    ("fr", ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "janvier", "février", "mars", "avril", "mai",
        "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"]),
    ("es", ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo", "enero", "febrero", "marzo", "abril", "mayo",
        "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"]),
    ("it", ["lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenic*", "gennaio", "febbraio", "marzo", "aprile",
        "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"]),
    ("pt", ["", "", "", "", "", "sábado", "domingo", "janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto",
        "setembro", "outubro", "novembro", "dezembro"]),
];

/// A day or month that only one of the two texts has, as that language calls it.
pub(super) fn changed(direction: Direction, source: &str, answer: &str) -> Option<String> {
    let (from, to) = (names(direction.from.tag)?, names(direction.to.tag)?);
    let (left, right) = (named(from, source), named(to, answer));
    let both = |at: usize| !from[at].is_empty() && !to[at].is_empty();
    let differs = (0..NAMES).find(|&at| both(at) && left[at] != right[at])?;
    let name = if left[differs] { from[differs] } else { to[differs] };
    Some(name.trim_end_matches('*').to_owned())
}

fn names(tag: &str) -> Option<&'static Names> {
    CALENDARS.iter().find(|(other, _)| *other == tag).map(|(_, names)| names)
}

/// Which of the names a text has. English months are written with a capital: `may` and `march` are none.
fn named(names: &Names, text: &str) -> [bool; NAMES] {
    let mut found = [false; NAMES];
    for (place, word) in text.unicode_words().enumerate() {
        let lower = word.to_lowercase();
        let singular = lower.strip_suffix('s').unwrap_or(&lower);
        for (name, found) in names.iter().zip(&mut found).filter(|(name, _)| !name.is_empty()) {
            let same = match name.strip_suffix('*') {
                Some(stem) => lower.starts_with(stem),
                None => lower == **name || singular == *name,
            };
            let verb = ["may", "march"].contains(name) && (place == 0 || word == lower);
            *found |= same && !verb;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::languages::Language;
    use super::*;

    #[test]
    fn days_and_months_are_kept() {
        for (from, source, answer, expected) in [
            ("fr", "ouvert du mardi au dimanche", "open from Tuesday to Sunday", None),
            ("fr", "ouvert du mardi au dimanche", "open from Monday to Sunday", Some("monday")),
            ("de", "im Mai in der Bibliothek", "in the library in May", None),
            ("de", "im Mai in der Bibliothek", "in the library, maybe", Some("mai")),
            ("de", "Er darf am Sonntagabend gehen.", "He may go on Sunday evening.", None),
            ("es", "los domingos", "on Sundays", None),
            ("pt", "na quinta-feira", "on Thursday", None),
        ] {
            let direction = Direction { from: Language::of(from).unwrap(), to: Language::of("en").unwrap() };
            assert_eq!(changed(direction, source, answer).as_deref(), expected, "{source}");
        }
    }
}
