//! Whether a translation keeps the days of the week and the months of its source.

use super::direction::Direction;

/// How many days there are …
const DAYS: usize = 7;

/// … and how many months with them.
const NAMES: usize = DAYS + 12;

/// A language's days from Monday to Sunday, then its months from January to December, in lower case. What ends with `*` stands
/// for every word that begins so.
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
    ("pt", ["segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo", "janeiro",
        "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"]),
];

/// A day or month that only one of the two texts has, as that language calls it.
pub(super) fn changed(direction: Direction, source: &str, answer: &str) -> Option<String> {
    let (from, to) = (names(direction.from.tag)?, names(direction.to.tag)?);
    let (left, right) = (named(from, source), named(to, answer));
    let differs = (0..NAMES).find(|&at| left[at] != right[at])?;
    let name = if left[differs] { from[differs] } else { to[differs] };
    Some(name.trim_end_matches('*').to_owned())
}

/// `text` with the days and months of the language wanted: small models take one for another, but leave these alone.
pub(super) fn translated(direction: Direction, text: &str) -> String {
    let (Some(from), Some(to)) = (names(direction.from.tag), names(direction.to.tag)) else {
        return text.to_owned();
    };
    let mut result = String::new();
    let mut end = 0;
    for (start, word) in words(text) {
        let Some(at) = name_of(from, word) else { continue };
        let name = to[at].trim_end_matches('*');
        result.push_str(&text[end..start]);
        if ["en", "de"].contains(&direction.to.tag) {
            result.extend(name[..1].to_uppercase().chars().chain(name[1..].chars()));
        } else {
            result.push_str(name);
        }
        end = start + word.len();
    }
    result + &text[end..]
}

fn names(tag: &str) -> Option<&'static Names> {
    CALENDARS.iter().find(|(other, _)| *other == tag).map(|(_, names)| names)
}

/// Which of the names a text has.
fn named(names: &Names, text: &str) -> [bool; NAMES] {
    let mut found = [false; NAMES];
    // English months are written with a capital: `may` and `march`, also at the beginning, are none.
    let verb =
        |at: usize, word: &str| ["may", "march"].contains(&names[at]) && word.starts_with(char::is_lowercase);
    for (place, (_, word)) in words(text).enumerate() {
        if let Some(at) =
            name_of(names, word).filter(|&at| !verb(at, word) && (place > 0 || names[at] != "may"))
        {
            found[at] = true;
        }
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
fn name_of(names: &Names, word: &str) -> Option<usize> {
    let lower = word.to_lowercase();
    names.iter().enumerate().position(|(at, name)| match name.strip_suffix('*') {
        Some(stem) => lower.starts_with(stem),
        // Days have a plural. `mais` is no month.
        None => lower == *name || at < DAYS && lower.strip_suffix('s') == Some(*name),
    })
}

#[cfg(test)]
mod tests {
    use super::super::languages::Language;
    use super::*;

    #[test]
    fn names_are_put_into_the_other_language() {
        let direction = Direction { from: Language::of("de").unwrap(), to: Language::of("en").unwrap() };
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
            let direction = Direction { from: Language::of(from).unwrap(), to: Language::of("en").unwrap() };
            assert_eq!(changed(direction, source, answer).as_deref(), expected, "{source}");
        }
    }
}
