//! A translation dressed as its source: quotes around it, the case it begins with, how it ends.

use super::direction::Direction;

const QUOTES: [char; 9] = ['"', '“', '”', '„', '«', '»', '‘', '’', '\''];
const ENDS: [char; 5] = ['.', '!', '?', ':', '…'];

/// The answer without what small models add or forget: quotes that the source lacks, a full stop on
/// a heading, a capital in the middle of a sentence.
pub(super) fn tidy(direction: Direction, source: &str, answer: &str) -> String {
    let mut text = answer.trim();
    if text.starts_with(QUOTES) && text.ends_with(QUOTES) && !source.starts_with(QUOTES) {
        text = text.trim_matches(QUOTES);
    }
    let mut text = begun(direction, source, text);
    match source.chars().next_back().filter(|end| ENDS.contains(end)) {
        Some(end) if !text.ends_with(ENDS) && text.ends_with(char::is_alphanumeric) => text.push(end),
        Some(':') if text.ends_with('.') => {
            text.pop();
            text.push(':');
        }
        None if source.ends_with(char::is_alphanumeric) && ends_as_sentence(&text) => {
            text.pop();
        }
        _ => {}
    }
    text
}

/// Whether a full stop ends `text`, not an abbreviation.
fn ends_as_sentence(text: &str) -> bool {
    text.strip_suffix('.').and_then(|body| body.rsplit(' ').next()).is_some_and(|word| !word.contains('.'))
}

/// `text` beginning with a capital where `source` does, and without one where `source` has none and
/// the first word is no name.
fn begun(direction: Direction, source: &str, text: &str) -> String {
    let Some(first) = text.chars().next() else { return String::new() };
    let rest = &text[first.len_utf8()..];
    let Some(model) = source.chars().next() else { return text.to_owned() };
    let word = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if model.is_uppercase() && first.is_lowercase() && !source.starts_with(word) {
        return first.to_uppercase().chain(rest.chars()).collect();
    }
    if model.is_lowercase()
        && first.is_uppercase()
        && word != "I"
        && direction.to.is_function(&word.to_lowercase())
    {
        return first.to_lowercase().chain(rest.chars()).collect();
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::languages;

    #[test]
    fn answers_look_like_their_source() {
        let direction =
            Direction { from: languages::find("de").unwrap(), to: languages::find("en").unwrap() };
        for (source, answer, expected) in [
            ("Ein Dach voller Löcher", "A roof full of holes.", "A roof full of holes"),
            ("Es regnet.", "“It rains.”", "It rains."),
            ("„Ja“, sagte er.", "“Yes,” he said.", "“Yes,” he said."),
            ("ein Saal", "A hall", "a hall"),
            ("Drei neue Räume:", "Three new rooms.", "Three new rooms:"),
            ("Er kommt", "he comes", "He comes"),
            ("iPhones sind teuer.", "iPhones are expensive", "iPhones are expensive."),
            ("bis 8 Uhr", "until 8 a.m.", "until 8 a.m."),
        ] {
            assert_eq!(tidy(direction, source, answer), expected);
        }
    }
}
