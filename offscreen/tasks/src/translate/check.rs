//! Is what a model wrote a translation? What can be told without another model.

use super::calendar;
use super::direction::Direction;
use super::numbers;
use crate::languages::{LANGUAGES, Language};
use crate::rejection::Rejection;
use crate::sentences::split;
use crate::text_language::detect;
use std::collections::HashMap;
use unicode_segmentation::UnicodeSegmentation;

/// A translation may be so much longer than its source, in characters, and so many characters more
/// …
const LONGEST: (f32, f32) = (2.2, 12.0);

/// … or so much shorter, and so many characters less. Shorter ones mostly lost a clause.
const SHORTEST: (f32, f32) = (0.6, 8.0);

/// Judges a translation of `source`, both one line; `verbatim` are the parts of `source` to be
/// carried over letter by letter.
pub(super) fn check(
    direction: Direction,
    source: &str,
    verbatim: &[String],
    answer: &str,
) -> Result<(), Rejection> {
    if !answer.chars().any(char::is_alphanumeric) {
        return Err(Rejection::Empty);
    }
    if is_echo(direction.from, source, answer) {
        return Err(Rejection::Echo);
    }
    let labels = [direction.from.name, direction.to.name].map(|name| format!("{name}:"));
    let labelled = labels.iter().any(|label| answer.contains(label) && !source.contains(label));
    if labelled || split(answer).len() > split(source).len() + 1 {
        return Err(Rejection::RunsOn);
    }
    if let Some(address) =
        ["://", "www.", "@"].iter().find(|part| answer.contains(**part) && !source.contains(**part))
    {
        return Err(Rejection::Invented(vec![(*address).to_owned()]));
    }
    if answer.contains(|c: char| "*#`<>|_[]{}\\".contains(c) && !source.contains(c)) {
        return Err(Rejection::Form);
    }
    let (from, to) = (words(source), words(answer));
    if repeats(&to) > repeats(&from) + 1 {
        return Err(Rejection::Loop);
    }
    let length = |text: &str| {
        let letters = text.chars();
        if direction.is_described() { letters.count() } else { letters.map(breadth).sum() }
    };
    let length = |text: &str| length(text) as f32;
    let (had, has) = (length(source), length(answer));
    if has > LONGEST.0 * had + LONGEST.1 || has < SHORTEST.0 * had - SHORTEST.1 {
        return Err(Rejection::Length);
    }
    // Each as often as the source has it: one may be a part of another.
    if let Some(lost) = verbatim.iter().find(|text| count(answer, text) != count(source, text)) {
        return Err(Rejection::Verbatim(lost.clone()));
    }
    if let Some(number) = numbers::changed(direction, source, answer) {
        return Err(Rejection::Number(number));
    }
    if let Some(name) = calendar::changed(direction, source, answer) {
        return Err(Rejection::Date(name));
    }
    if direction.to.is_described() && direction.from.denies(&from) && !direction.to.may_deny(&to) {
        return Err(Rejection::Denial);
    }
    let other = if direction.is_described() {
        speaks_other(direction, &to)
    } else {
        detect(answer) == Some(direction.from.tag)
    };
    if other { Err(Rejection::Language(direction.to.name)) } else { Ok(()) }
}

/// How many letters of Latin script say as much as a letter of this one, roughly.
fn breadth(letter: char) -> usize {
    match letter {
        '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => 3,
        '\u{3040}'..='\u{30ff}' | '\u{ac00}'..='\u{d7a3}' => 2,
        _ => 1,
    }
}

/// How often `part` stands in `text`.
fn count(text: &str, part: &str) -> usize {
    if part.is_empty() { 0 } else { text.matches(part).count() }
}

/// The source over again; names and a lone word may be the same in both languages.
fn is_echo(language: &Language, source: &str, answer: &str) -> bool {
    let (source, answer) = (words(source), words(answer));
    source == answer && (source.len() > 2 || source.iter().any(|word| language.is_function(word)))
}

/// Whether a text is in another language than the one wanted, by its function words.
fn speaks_other(Direction { from, to }: Direction, words: &[String]) -> bool {
    let own = |language: &Language, other: &Language| {
        words.iter().filter(|word| language.is_function(word) && !other.is_function(word)).count()
    };
    let (source, target) = (own(from, to), own(to, from));
    if source > target {
        return words.len() >= 3;
    }
    let all = |language: &Language| words.iter().filter(|word| language.is_function(word)).count();
    words.len() >= 6
        && LANGUAGES.iter().any(|other| all(other) > all(to) + 1 && own(other, to) > own(to, other))
}

/// How often groups of three words come again.
fn repeats(words: &[String]) -> usize {
    let mut seen: HashMap<&[String], usize> = HashMap::new();
    words.windows(3).for_each(|group| *seen.entry(group).or_default() += 1);
    let single = words.windows(3).filter(|group| group[0] == group[1] && group[1] == group[2]).count();
    seen.values().map(|count| count - 1).sum::<usize>() + single
}

/// The words in lower case, at apostrophes apart: `l'école` is two. `isn't` is `is` and `not`.
fn words(text: &str) -> Vec<String> {
    let text = text.replace("n't", " not").replace("n’t", " not");
    let parts = text.unicode_words().flat_map(|word| word.split(['\'', '’']));
    parts.filter(|part| !part.is_empty()).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::languages;

    fn german() -> Direction {
        Direction { from: languages::find("de").unwrap(), to: languages::find("en").unwrap() }
    }

    #[test]
    fn translations_pass() {
        for (source, answer) in [
            ("Die Stadt hat den Bahnhof gekauft.", "The town has bought the station."),
            ("Sport", "Sport"),
            ("Jonas Wild", "Jonas Wild"),
            ("Es gibt dort keine Arbeit.", "There isn't any work."),
            ("Ein Dach voller Löcher", "A roof full of holes"),
            ("Ja, ja, ja, ja!", "Yes, yes, yes, yes!"),
        ] {
            assert_eq!(check(german(), source, &[], answer), Ok(()), "{source}");
        }
    }

    #[test]
    fn of_languages_known_by_name_only_what_can_be_told_is_judged() {
        let between = |from: &str, to: &str| Direction {
            from: languages::find_named(from).unwrap(),
            to: languages::find_named(to).unwrap(),
        };
        for (from, to, source, answer) in [
            (
                "en",
                "ru",
                "On Monday he did not come with the twenty.",
                "В понедельник он не пришёл с двадцатью.",
            ),
            ("ru", "en", "В понедельник он не пришёл.", "He did not come on Monday."),
            ("en", "pl", "He was there in May and it is to be done.", "On tam był w maju i to do niego."),
            (
                "zh",
                "en",
                "市政府已经决定在明年关闭这所学校。",
                "The city government has decided to close this school next year.",
            ),
            (
                "en",
                "zh",
                "The city government has decided to close the school next year.",
                "市政府已决定明年关闭学校。",
            ),
            ("hi", "en", "इसकी कीमत १,२०० रुपये है।", "It costs 1,200 rupees."),
            ("en", "ja", "About 12 million people live there.", "約1200万人が住んでいます。"),
            ("cs", "en", "Bylo tam 1 234,5 lidí.", "There were 1,234.5 people."),
        ] {
            assert_eq!(check(between(from, to), source, &[], answer), Ok(()), "{source}");
        }
        let ru = between("en", "ru");
        for (source, answer, rejection) in [
            ("It costs 1,200 roubles.", "Это стоит 1300 рублей.", Rejection::Number("1,200".to_owned())),
            (
                "The city has bought the old station and the square.",
                "The city has bought the old station and a square.",
                Rejection::Language("Russian"),
            ),
            (
                "The city has bought the old station and the square.",
                "Город купил город купил город купил город.",
                Rejection::Loop,
            ),
        ] {
            assert_eq!(check(ru, source, &[], answer), Err(rejection), "{answer}");
        }
    }

    #[test]
    fn each_rule_rejects() {
        let source = "Im Internet genügt das Wort bahnhof-28 auf der Seite der Stadt.";
        for (answer, rejection) in [
            (" …", Rejection::Empty),
            (source, Rejection::Echo),
            (
                "On the Internet the word bahnhof-28 the word bahnhof-28 the word bahnhof-28 is enough.",
                Rejection::Loop,
            ),
            ("The word bahnhof-28 is enough. German: Er ging. English: He went.", Rejection::RunsOn),
            ("Internet, bahnhof-28. Yes. No. Fine.", Rejection::RunsOn),
            ("bahnhof-28", Rejection::Length),
            (
                "On the Internet the word bahnhof-29 is enough on the town's page.",
                Rejection::Verbatim("bahnhof-28".to_owned()),
            ),
            (
                "Auf der Seite der Stadt genügt im Internet das Wort bahnhof-28.",
                Rejection::Language("English"),
            ),
            (
                "En la página de la ciudad es suficiente con la palabra bahnhof-28 en Internet.",
                Rejection::Language("English"),
            ),
        ] {
            assert_eq!(
                check(german(), source, &["bahnhof-28".to_owned()], answer),
                Err(rejection),
                "{answer}"
            );
        }
        let denial =
            check(german(), "Er will die Uhr nicht ersetzen.", &[], "He wants to replace the clock.");
        assert_eq!(denial, Err(Rejection::Denial));
        let number = check(german(), "Es hat 240 Plätze und ein Dach.", &[], "It has 250 seats and a roof.");
        assert_eq!(number, Err(Rejection::Number("240".to_owned())));
    }
}
