//! The table of words, read.
//!
//! `words.txt` is lines of words in sections; what follows `#` at a line's beginning is a remark. In `[plain]`, `[tone]` and
//! `[short]` a line has two sides, each with one wording or more between ` / `:
//!
//! - `kids > children`: more formal, the left becomes the right;
//! - `if < in the event that / provided that`: more casual (or shorter), each wording of the right becomes the left;
//! - `help = assist / aid`: both, towards the first wording of the other side.
//!
//! `v:` before a line says that the first word of both sides is a verb, `n:` that the last one is a noun, so that all their
//! forms are meant; `a:` that letters may be capitals. In a wording, `^` is the beginning of a sentence, `$` the end of a
//! clause, `~` what may stand between a verb and its particle, `(a|b)` before or behind it what must stand there and stays
//! (`(!a|b)` what must not), words in capitals are kinds of words ([`super::pattern::SLOTS`]): on the other side they are
//! repeated. A `?` at a wording's end makes a question of the sentence.

use super::inflect::{BASE, Irregular, PARTICIPLE, PAST, THIRD};
use super::pattern::{Guard, Pattern, SLOTS, Slot};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// A way of saying things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Formal,
    Casual,
    Plain,
    Short,
}

/// What stands in the place of what was matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// These words and signs.
    Words(String),
    /// What stands in the next slot of this kind.
    Slot(Slot),
    /// A pronoun that follows: `throw it away`.
    Pronoun,
}

/// One change.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) pattern: Pattern,
    pub(super) to: Vec<Part>,
    /// The sentence becomes a question.
    pub(super) asks: bool,
}

/// The changes that lead one way.
#[derive(Debug, Default)]
pub(super) struct Entries {
    all: Vec<Entry>,
    /// By the first word.
    by_word: HashMap<String, Vec<usize>>,
    /// Those that begin with any word.
    others: Vec<usize>,
}

impl Entries {
    fn push(&mut self, entry: Entry) {
        let at = self.all.len();
        match entry.pattern.keys() {
            [] => self.others.push(at),
            keys => {
                for key in keys {
                    self.by_word.entry(key.to_lowercase()).or_default().push(at);
                }
            }
        }
        self.all.push(entry);
    }

    /// How many there are.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether any begins with this word.
    pub(super) fn begin_with(&self, lower: &str) -> bool {
        self.by_word.contains_key(lower)
    }

    /// Those that may match where a word stands.
    pub(super) fn at(&self, lower: &str) -> impl Iterator<Item = &Entry> {
        let own = self.by_word.get(lower).map(Vec::as_slice).unwrap_or_default();
        own.iter().chain(&self.others).map(|&at| &self.all[at])
    }
}

/// The table.
#[derive(Default)]
pub(super) struct Table {
    formal: Entries,
    casual: Entries,
    plain: Entries,
    short: Entries,
    /// Participles that are not the past of their verb, or no regular one.
    pub(super) participles: HashSet<&'static str>,
    /// Irregular forms of the past.
    pub(super) pasts: HashSet<&'static str>,
    irregular: Irregular<'static>,
    nouns: HashSet<&'static str>,
}

/// The table as it is packaged.
pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("words.txt")));

/// What a line's first letter says of its words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Words,
    Verb,
    Noun,
    AnyCase,
}

impl Table {
    fn read(text: &'static str) -> Self {
        let mut table = Self::default();
        let mut section = "";
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match section {
                _ if line.starts_with('[') => section = line,
                "[verbs]" => table.read_verb(line),
                "[doubled]" => table.irregular.doubled.extend(line.split(' ')),
                "[plurals]" => table.irregular.plurals.extend(line.split_once(' ')),
                "[nouns]" => table.nouns.extend(line.split(' ')),
                _ => table.read_line(section, line),
            }
        }
        table
    }

    fn read_verb(&mut self, line: &'static str) {
        if let [verb, past, participle] = line.split(' ').collect::<Vec<_>>()[..] {
            self.irregular.verbs.insert(verb, (past, participle));
            self.pasts.insert(past);
            if participle != verb {
                self.participles.insert(participle);
            }
        }
    }

    fn read_line(&mut self, section: &str, line: &str) {
        let (kind, line) = match line.split_once(": ") {
            Some(("v", rest)) => (Kind::Verb, rest),
            Some(("n", rest)) => (Kind::Noun, rest),
            Some(("a", rest)) => (Kind::AnyCase, rest),
            _ => (Kind::Words, line),
        };
        let Some(at) = line.find(['<', '>', '=']) else { return };
        let (left, right) = (line[..at].trim(), line[at + 1..].trim());
        let first = |side: &str| side.split(" / ").next().unwrap_or_default().to_owned();
        let ways: &[Way] = if section == "[short]" { &[Way::Short] } else { &[Way::Casual, Way::Plain] };
        if !line[at..].starts_with('<') {
            let way = if section == "[short]" { Way::Short } else { Way::Formal };
            left.split(" / ").for_each(|from| self.add(way, kind, from, &first(right)));
        }
        if !line[at..].starts_with('>') {
            for &way in ways.iter().filter(|way| **way != Way::Plain || section == "[plain]") {
                right.split(" / ").for_each(|from| self.add(way, kind, from, &first(left)));
            }
        }
    }

    fn add(&mut self, way: Way, kind: Kind, from: &str, to: &str) {
        let (first, rest) = from.split_once(' ').map_or((from, ""), |(first, rest)| (first, rest));
        match kind {
            Kind::Words | Kind::AnyCase => {
                let mut pattern = Pattern::read(from);
                pattern.any_case = kind == Kind::AnyCase;
                self.entries(way).push(entry(pattern, to));
            }
            Kind::Verb => {
                let (other, more) = to.split_once(' ').map_or((to, ""), |(other, more)| (other, more));
                let (own, theirs) = (self.irregular.forms(first), self.irregular.forms(other));
                let ambiguous = self.nouns.contains(first);
                for form in 0..own.len() {
                    let mut pattern = Pattern::read(&format!("{} {rest}", own[form]));
                    let alone = pattern.items.len() == 1;
                    pattern.guard = match form {
                        BASE if own[BASE] == own[PAST] => Guard::Bare,
                        BASE | THIRD if ambiguous && !alone => Guard::Phrase,
                        BASE if ambiguous => Guard::Verb,
                        THIRD if ambiguous => Guard::Third,
                        PARTICIPLE if [&own[PAST], &own[BASE]].contains(&&own[PARTICIPLE]) => Guard::Perfect,
                        _ => Guard::Always,
                    };
                    self.entries(way).push(entry(pattern, &format!("{} {more}", theirs[form])));
                }
                let plurals: &[(&str, usize)] =
                    if first == "be" { &[("are", BASE), ("am", BASE), ("were", PAST)] } else { &[] };
                for (own, form) in plurals {
                    let pattern = Pattern::read(&format!("{own} {rest}"));
                    let theirs = if other == "be" { *own } else { theirs[*form].as_str() };
                    self.entries(way).push(entry(pattern, &format!("{theirs} {more}")));
                }
            }
            Kind::Noun => {
                let many = |words: &str| {
                    let (before, last) =
                        words.rsplit_once(' ').map_or(("", words), |(before, last)| (before, last));
                    format!("{before} {}", self.irregular.plural(last))
                };
                let ambiguous = self.nouns.contains(first);
                let owners =
                    |plural: String| if plural.ends_with('s') { plural } else { format!("{plural}'s") };
                let forms = [
                    (from.to_owned(), to.to_owned()),
                    (many(from), many(to)),
                    (format!("{from}'s"), format!("{to}'s")),
                    // `The kids' museum`.
                    (format!("{} '|’", many(from)), owners(many(to))),
                ];
                for (from, to) in forms {
                    let mut pattern = Pattern::read(&from);
                    pattern.guard = if ambiguous { Guard::Noun } else { Guard::Always };
                    self.entries(way).push(entry(pattern, &to));
                }
            }
        }
    }

    fn entries(&mut self, way: Way) -> &mut Entries {
        match way {
            Way::Formal => &mut self.formal,
            Way::Casual => &mut self.casual,
            Way::Plain => &mut self.plain,
            Way::Short => &mut self.short,
        }
    }

    /// The changes that lead one way.
    pub(super) fn way(&self, way: Way) -> &Entries {
        match way {
            Way::Formal => &self.formal,
            Way::Casual => &self.casual,
            Way::Plain => &self.plain,
            Way::Short => &self.short,
        }
    }
}

/// A change to `to`, whose marks of place say nothing there.
fn entry(pattern: Pattern, to: &str) -> Entry {
    let mut depth = 0;
    let bare: String = to
        .chars()
        .filter(|c| {
            depth += i32::from(*c == '(');
            let inside = depth > 0;
            depth -= i32::from(*c == ')');
            !inside && !"^$".contains(*c)
        })
        .collect();
    let mut parts = Vec::new();
    let mut asks = false;
    for word in bare.split_whitespace() {
        match SLOTS.iter().find(|(name, _)| *name == word) {
            Some((_, slot)) => parts.push(Part::Slot(*slot)),
            None if word == "?" => asks = true,
            None if word == "~" => parts.push(Part::Pronoun),
            None => parts.push(Part::Words(word.split('|').next().unwrap_or_default().to_owned())),
        }
    }
    Entry { pattern, to: parts, asks }
}
