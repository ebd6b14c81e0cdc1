//! Names, numbers and links: what a rewrite may not change.

use crate::align::too_long;
use crate::languages;
use crate::sentences;
use crate::shorten::verify::number;
use crate::words::{Analyzer, Word};
use catalog::primary_subtag;
use std::collections::HashSet;

/// Signs that say what a number counts.
const SIGNS: [char; 6] = ['$', '€', '£', '¥', '₹', '%'];

/// Reads the facts of texts in one language.
pub(super) struct Facts {
    pub(super) analyzer: Analyzer,
    /// Whether a capital tells a name: not where all nouns have one.
    capitals: bool,
}

impl Facts {
    /// For texts of a language (BCP 47).
    pub(super) fn of(tag: Option<&str>) -> Self {
        let known = tag.unwrap_or_default();
        let capitalised_nouns = match languages::find(known) {
            Some(language) => language.capitalised_nouns,
            // Luxembourgish writes them as German does; more is not known of it.
            None => primary_subtag(known) == "lb",
        };
        Self { analyzer: Analyzer::of(tag), capitals: !capitalised_nouns }
    }

    /// The facts of `source` that `answer` lost, as they are written, each once. A name must still
    /// be written as one.
    pub(super) fn lost(&self, source: &str, answer: &str) -> Vec<String> {
        self.missing(source, answer, |name| name.capitalised())
    }

    /// The facts that `answer` lost with all else that stands between the same two commas, dashes or brackets of `source`.
    pub(super) fn lost_aside(&self, source: &str, answer: &str) -> Vec<String> {
        // Not within `9,000`.
        let is_break =
            |(at, sign): &(usize, &str)| *sign != "," || source[at + 1..].starts_with(char::is_whitespace);
        let breaks: Vec<usize> =
            source.match_indices([',', '(', ')', '–', '—']).filter(is_break).map(|(at, _)| at).collect();
        let answer_words = self.analyzer.words(answer);
        // Each aside is held against all of the answer.
        if too_long(self.analyzer.spellings(source).count(), answer_words.len()) {
            return Vec::new();
        }
        let kept = |word: &Word<'_>| word.content && answer_words.iter().any(|other| other.is_form_of(word));
        let asides = breaks.windows(2).map(|pair| &source[pair[0]..pair[1]]);
        let gone = asides.filter(|aside| !self.analyzer.words(aside).iter().any(kept));
        // What stands before a name tells it from a sentence's beginning.
        gone.flat_map(|aside| self.lost(&format!("a {aside}"), answer)).collect()
    }

    /// The facts of `answer` that `source` does not have.
    pub(super) fn invented(&self, source: &str, answer: &str) -> Vec<String> {
        self.missing(answer, source, |_| true)
    }

    fn missing(&self, text: &str, other: &str, is_name: impl Fn(&Word<'_>) -> bool) -> Vec<String> {
        let (plain, plain_other) = (without_links(text), without_links(other));
        let own = self.analyzer.words(&plain);
        let others = self.analyzer.words(&plain_other);
        let others_links: HashSet<&str> = links(other).collect();
        let mut missing: Vec<String> =
            links(text).filter(|link| !others_links.contains(link)).map(str::to_owned).collect();
        let numbers: HashSet<String> = others.iter().filter_map(number).collect();
        let known: HashSet<&str> = others
            .iter()
            .filter(|word| is_name(word) || word.numeric())
            .map(|word| word.key.as_str())
            .collect();
        let unknown_number = |word: &Word<'_>| number(word).is_some_and(|value| !numbers.contains(&value));
        let names: HashSet<usize> = self.names(&plain).into_iter().collect();
        for word in own {
            let unknown_name = names.contains(&word.start) && !known.contains(word.key.as_str());
            if unknown_number(&word) || unknown_name && number(&word).is_none() {
                missing.push(word.text.to_owned());
            }
        }
        let percent = plain_other.to_lowercase();
        let known = |sign: &char| {
            plain_other.contains(*sign)
                || *sign == '%' && (percent.contains("percent") || percent.contains("per cent"))
        };
        missing
            .extend(SIGNS.iter().filter(|sign| plain.contains(**sign) && !known(sign)).map(char::to_string));
        let mut seen = HashSet::new();
        missing.retain(|fact| seen.insert(fact.clone()));
        missing
    }

    /// Where the names of `text` begin. What is capitalised for its place in a sentence or a
    /// heading is none.
    fn names(&self, text: &str) -> Vec<usize> {
        let mut names = Vec::new();
        let mut at = 0;
        for sentence in sentences::split(text) {
            let words = self.analyzer.words(sentence);
            let content = words.iter().filter(|word| word.content && !word.numeric()).count();
            let capitals = words.iter().filter(|word| word.content && word.capitalised()).count();
            let heading = words.len() > 2 && content > 2 && capitals * 4 > content * 3;
            if self.capitals && !heading {
                let is_name = |i: usize| {
                    let word: &Word<'_> = &words[i];
                    let inner = word.text.chars().skip(1).any(char::is_uppercase);
                    let capital = word.content && word.capitalised();
                    let followed = || words.get(i + 1).is_some_and(|next| next.content && next.capitalised());
                    inner && word.content || capital && (i > 0 || followed())
                };
                names.extend((0..words.len()).filter(|&i| is_name(i)).map(|i| at + words[i].start));
            }
            at += sentence.len();
        }
        names
    }
}

/// The web and mail addresses of `text`, without the punctuation around them.
pub(super) fn links(text: &str) -> impl Iterator<Item = &str> {
    let tokens = text.split(|c: char| c.is_whitespace() || "<>()[]{}\"“”«»".contains(c));
    tokens.map(|token| token.trim_matches([',', '.', ';', ':', '!', '?', '\'', '’', '*', '_'])).filter(
        |token| {
            let mail =
                token.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
            token.contains("://") || token.starts_with("www.") || mail
        },
    )
}

/// `text` with spaces in the place of its links, byte by byte.
pub(super) fn without_links(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut at = 0;
    for link in links(text) {
        // A link is a slice of the text: its place is where it begins.
        let start = link.as_ptr().addr() - text.as_ptr().addr();
        plain.push_str(&text[at..start]);
        plain.extend(std::iter::repeat_n(' ', link.len()));
        at = start + link.len();
    }
    plain + &text[at..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing(text: &str, other: &str) -> Vec<String> {
        Facts::of(Some("en")).lost(text, other)
    }

    #[test]
    fn names_numbers_and_links_are_facts() {
        let text = "Maria Lopez sold 1,200 bikes in Rome at $30 each: see https://example.org/a?b=1.";
        assert_eq!(
            missing(text, "She sold bikes."),
            ["https://example.org/a?b=1", "Maria", "Lopez", "1,200", "Rome", "30", "$"]
        );
        assert_eq!(missing(text, text), Vec::<String>::new());
        let same = "In Rome 1200 bikes were sold by Maria Lopez at $30. (https://example.org/a?b=1)";
        assert_eq!(missing(text, same), Vec::<String>::new());
        assert_eq!(missing("It rose by 5%.", "It rose by five percent."), Vec::<String>::new());
        assert_eq!(
            missing("Write to me@example.org, please.", "Write to you@example.org."),
            ["me@example.org"]
        );
    }

    #[test]
    fn what_goes_with_an_aside_is_told_from_what_is_missing() {
        let source = "The town, a port with 9,000 people near Rome, will get 2 stations in May, Ann said.";
        let aside = |answer| Facts::of(Some("en")).lost_aside(source, answer);
        assert_eq!(aside("The town will get 2 stations in May, Ann said."), ["9,000", "Rome"]);
        assert_eq!(aside("The town, a port, will get 2 stations."), Vec::<String>::new());
        assert_eq!(aside(source), Vec::<String>::new());
    }

    #[test]
    fn capitals_of_the_place_are_no_names() {
        assert_eq!(missing("Workers left. Nobody knew.", "They went."), Vec::<String>::new());
        assert_eq!(missing("New Rules For Old Houses", "New rules"), Vec::<String>::new());
        assert_eq!(missing("She met Ann on Monday.", "She met ann."), ["Ann", "Monday"]);
        let invented =
            Facts::of(Some("en")).invented("we met ann on monday", "We met Ann on Monday in Rome.");
        assert_eq!(invented, ["Rome"]);
        assert_eq!(Facts::of(Some("de")).lost("Das Haus hat 3 Türen.", "Es hat Türen."), ["3"]);
    }
}
