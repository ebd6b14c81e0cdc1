//! Whether a sentence ends where punctuation says so.

use super::lexicon::Roles;
use super::near::{NEAR, beginning, end, is_cased, is_uncased};
use super::notes;
use super::quotations::{ends_with_abbreviation_aside, is_aside, is_inside, is_named_aside, quotes_on};
use super::shapes::{
    is_acronym, is_clipped, is_contracted, is_doubled, is_figure, is_initial, is_letter, is_roman, is_verb,
    is_vowel,
};
use super::signs::OPENERS;

/// Bytes that the words around an end have at most: longer ones are no abbreviations.
const LONGEST_WORD: usize = 64;

/// Abbreviations that make one, at most: `i. d. R.`
const MOST_PARTS: usize = 3;

/// Forms of a company, which go on a name that ends in `!`.
const COMPANIES: &[&str] = &["Inc", "Ltd", "Corp", "Co", "LLC", "Japan"];

/// Words of names that are others where they begin a sentence: `M. Le Pen`.
const PARTICLES: &[&str] = &[
    "Al", "Da", "Dal", "De", "Degli", "Dei", "Del", "Dell", "Della", "Des", "Di", "Do", "Dos", "Du", "El",
    "La", "Las", "Le", "Li", "Lo", "Los", "Van", "Von",
];

/// Abbreviations that end a sentence where a capital follows: no name goes with them.
const CLOSING: &[&str] = &["A.D", "a.C", "d.C", "т.д", "т.п", "н.э", "и пр"];

/// Titles that are streets and coins, too: `Elm Dr. It is old.`
const STREETS: &[&str] = &["Dr", "Fr", "St"];

/// What stands before a figure: `§ 19`, `£4`.
const FIGURE_SIGNS: &[char] = &['§', '$', '€', '£', ' ', '\u{a0}'];

/// What is counted in German addresses.
const FLOORS: &[&str] = &["DG", "Etage", "OG", "Obergeschoss", "Stiege", "Stock", "UG"];

/// Words that begin a sentence which may be no longer.
const ANSWERS: &[&str] =
    &["Ja", "Nein", "Nie", "Niemals", "No", "None", "Never", "Nichts", "Niente", "Rien", "Sí", "Sì", "Yes"];

/// Articles in front of a title, in languages whose words end otherwise: `el Fisc. Jefe`, `il Serg. Ricci`.
const ARTICLES: &[&str] =
    &["al", "del", "dal", "el", "la", "las", "los", "il", "lo", "El", "La", "Las", "Los", "Il"];

/// Letters of a small word in front of a name with a particle, at most: `di A. La Rosa`, but `apéndice C. Las…`.
const LETTERS_BEFORE_NAME: usize = 3;

/// Letters of a number like `S1` at most.
const LONGEST_CODE: usize = 4;

/// Letters of a title that is cut short, at most.
const LONGEST_TITLE: usize = 6;

/// Letters of a word in front of another abbreviation, at most: `Cas. Post. 41`.
const LONGEST_LINK: usize = 5;

/// Letters of a word that a single letter follows, at most: `40 deg. C.`
const LETTERS_BEFORE_LETTER: usize = 4;

/// Letters of a word that may end a sentence before a figure, at least: shorter ones may be abbreviations that nobody
/// listed; those of months have one more.
const LETTERS_BEFORE_FIGURE: usize = 4;

/// True when a sentence goes on from `before`, which ends with white space or punctuation, to
/// `after`.
pub(super) fn goes_on(before: &str, after: &str) -> bool {
    if before.ends_with(['\n', '\u{2029}']) {
        return false;
    }
    let next = after.trim_start_matches(OPENERS);
    let ended = notes::without(before.trim_end());
    // `“Why?” he asked.` and `Yahoo! has`: what goes on in lower case goes on.
    if next.starts_with(char::is_lowercase) && !begins_small(next) && !is_item(before, next) {
        return !(is_ellipsis(ended) && is_short_question(next));
    }
    if quotes_on(ended, after)
        || is_inside(ended, after)
        || is_aside(ended, after)
        || is_named_aside(after)
        || ends_with_abbreviation_aside(ended)
        || ended.ends_with("[...]")
        || ended.ends_with("[…]")
    {
        return true;
    }
    let near = beginning(next, LONGEST_WORD);
    let next_word = near.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if ended.ends_with('!') && COMPANIES.contains(&next_word) {
        return true;
    }
    let is_next_uncased = next.starts_with(is_uncased);
    if is_ellipsis(ended) {
        // `I… I don't know.`
        return is_next_uncased
            || !next_word.is_empty() && last_word(ended.trim_end_matches(['.', '…'])) == next_word;
    }
    // `Yahoo! की`, `A.スミス`: a name in other letters, with a mark of its own.
    let name = ended.strip_suffix('!').or(before.strip_suffix('.'));
    if is_next_uncased && name.is_some_and(|name| name.ends_with(is_cased)) {
        return true;
    }
    let Some(head) = ended.strip_suffix(['.', '．']) else { return false };
    // `.NET` and `.org`: this full stop begins a word.
    let is_apart = |c: char| OPENERS.contains(&c) || is_uncased(c);
    if before.ends_with('.') && (head.is_empty() || head.ends_with(is_apart)) {
        return after.starts_with(char::is_alphanumeric);
    }
    // Sentences that end with `।` have full stops behind abbreviations only.
    let is_uncased = is_next_uncased || head.ends_with(is_uncased);
    is_uncased && beginning(next, NEAR).contains('।') || after_full_stop(head, next, next_word)
}

/// As [`goes_on`], for a full stop behind `head`.
fn after_full_stop(head: &str, next: &str, next_word: &str) -> bool {
    // `1. Chop the leek. 2. Fry it.`
    if is_list_number(head) && is_list_number(next) {
        return false;
    }
    let forms = forms(head);
    let Some(word) = forms.first().map(String::as_str) else { return false };
    let roles = roles(&forms);
    let previous = last_word(&head[..head.len() - word.len()]);
    let after_next = next.strip_prefix(next_word).unwrap_or_default();
    let is_abbreviated = !next_word.is_empty() && after_next.starts_with('.');
    // An initial is no article, an abbreviation no word: `J. A. Smith`, `Sez. Un.`, `Dkt. No. 17`.
    let is_answer =
        || ANSWERS.contains(&next_word) && !after_next[1..].trim_start().starts_with(char::is_numeric);
    let begins = Roles::of(next_word).has(Roles::STARTER) && (!is_abbreviated || is_answer())
        // `Rufen Sie uns an.`
        || next_word.ends_with('n') && after_next.trim_start().starts_with("Sie ");
    let is_street = STREETS.contains(&word)
        && previous.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
        && !previous.ends_with('.')
        && begins;
    if is_street
        || forms.iter().any(|form| CLOSING.contains(&form.as_str())) && next.starts_with(char::is_uppercase)
    {
        return false;
    }
    let goes_on_in_next = |form: &String| {
        let both = Roles::of_abbreviation(&format!("{form}.{next_word}"));
        both.has(Roles::TITLE.and(Roles::MEASURED).and(Roles::OPEN).and(Roles::BEGINNING))
    };
    let is_begun = is_abbreviated && roles.has(Roles::BEGINNING) && forms.iter().any(goes_on_in_next);
    // `(vorm. Gaswerk Halm)`
    let is_opened = head[..head.len() - word.len()].ends_with('(') && word.chars().all(char::is_lowercase);
    let is_marker = head.trim_start() == word && is_letter(word);
    let next_roles = if is_abbreviated { Roles::of_abbreviation(next_word) } else { Roles::default() };
    let is_title = next_roles.has(Roles::TITLE);
    if roles.has(Roles::TITLE)
        || is_begun
        || is_opened
        || is_marker
        || is_short(head, word, next)
        || is_lettered(word, next_word, after_next)
        || is_chained(word, next_word, after_next)
        || is_cut(previous, word, next_word)
        // `Gent. Prof.ssa Abate`
        || head.trim_start() == word && is_abbreviated && is_title && !Roles::of(word).has(Roles::STARTER)
    {
        return true;
    }
    let is_counted = previous.ends_with(char::is_numeric);
    let is_apart = !head[..head.len() - word.len()].ends_with(['\'', '’']);
    let is_contracted = is_contracted(head, word);
    let is_letters = is_apart && is_acronym(word) || is_contracted;
    if roles.has(Roles::MEASURED) {
        // `art. L. 121-1`, `s. V d. C.`, `vol. I, p. 4`; but `No. I, too…`
        let is_first = next_word == "I" && after_next.starts_with([',', ';', ')']);
        let is_letter = is_initial(next_word) && !begins || is_first && !word.eq_ignore_ascii_case("no");
        let is_number = |word: &str| word.ends_with(char::is_numeric) && word.len() <= LONGEST_CODE;
        if is_number(next_word) || next_word.starts_with(char::is_numeric) || is_roman(next_word) || is_letter
        {
            return true;
        }
        // `in 5 min. Bo`, but `il min. Torri`, `Int'l. Holdings`
        if !is_initial(word) && (is_counted || !(roles.has(Roles::OPEN) || is_contracted)) {
            return false;
        }
    }
    if is_initial(word) && !roles.has(Roles::OPEN) {
        // `J. Smith`, but `Plan B. The…`, `App. C` and `الساعة 5 م.`
        let is_label = previous.strip_suffix('.').is_some_and(|label| {
            label.len() > 2
                && Roles::of_abbreviation(label).has(Roles::MEASURED)
                && next_word.starts_with(char::is_uppercase)
        });
        let is_named =
            !previous.starts_with(char::is_lowercase) || previous.chars().count() <= LETTERS_BEFORE_NAME;
        return !(begins || is_label || word.starts_with(is_uncased) && is_counted)
            || is_named && PARTICLES.contains(&next_word);
    }
    if forms.iter().any(|form| form == "a.m" || form == "p.m") {
        // `at 5 p.m. Monday`, `9 a.m. EST`.
        let is_zone = next_word.len() > 1 && next_word.chars().all(char::is_uppercase);
        let is_date = is_abbreviated && Roles::of_abbreviation(next_word).has(Roles::MEASURED);
        return is_zone || is_date || Roles::of(next_word).has(Roles::DAY_OR_MONTH);
    }
    // A unit ends a sentence: `in 3 hrs. Bo`, but `1 Pck. Hefe`.
    let is_clipped = is_clipped(word) && !(is_counted && word.starts_with(char::is_lowercase));
    if roles.has(Roles::OPEN) || is_clipped || word.ends_with("str") || is_letters || is_doubled(word) {
        // `в г. Москву` and `§§ 12 ff. BGB`, but `в 2019 г.` and `Rn. 12 ff. Enteignungen…`
        let is_law = next_word.len() > 1 && next_word.chars().all(char::is_uppercase);
        let is_last = is_counted && (word.chars().nth(1).is_none() || word == "ff" && !is_law);
        return !(begins || is_last || is_verb(next_word));
    }
    let is_ordinal = (1..=2).contains(&word.len()) && is_figure(word);
    if is_ordinal || is_roman(word) {
        let is_month =
            Roles::of(next_word).has(Roles::AFTER_ORDINAL) || is_figure(next_word) && is_abbreviated;
        // `Berlin, 3. Aufl.`, `Ulmenweg 14, 2. OG`
        let is_listed = previous.ends_with([',', '.', ':'])
            && (next_roles.has(Roles::MEASURED) || FLOORS.contains(&next_word));
        let is_before = is_listed || Roles::of(previous).has(Roles::BEFORE_ORDINAL);
        if is_ordinal && is_month || is_before && !begins {
            return true;
        }
    }
    // The number of a list item: `1. Open the door.`
    head.trim_start() == word && (word.len() <= 3 && is_figure(word) || is_roman(word))
}

/// `Cas. Post. 41`, `Joh. Seb., Komponist`: a short name in front of another abbreviation, in the middle of a sentence.
fn is_chained(word: &str, next_word: &str, behind: &str) -> bool {
    let Some(rest) = behind.strip_prefix('.').map(str::trim_start) else { return false };
    let goes_on = rest.starts_with(|c: char| [',', ';', ')'].contains(&c) || c.is_numeric());
    let is_short = |word: &str| word.starts_with(char::is_uppercase) && word.chars().count() <= LONGEST_LINK;
    let known = Roles::of_abbreviation(next_word);
    goes_on
        && is_short(word)
        && is_short(next_word)
        && !is_initial(next_word)
        && !is_roman(word)
        && !known.has(Roles::TITLE.and(Roles::MEASURED))
}

/// Whether a word with an article of a language whose words seldom end so is a title that is cut short.
fn is_cut(previous: &str, word: &str, next_word: &str) -> bool {
    let is_hard = |byte: u8| b"bcdfghkmpqtv".contains(&byte);
    let ends_hard = match word.as_bytes() {
        [.., before, last] => {
            is_hard(*last) || last.is_ascii_alphabetic() && !is_vowel(*last) && is_hard(*before)
        }
        _ => false,
    };
    ARTICLES.contains(&previous)
        && word.starts_with(char::is_uppercase)
        && (3..=LONGEST_TITLE).contains(&word.chars().count())
        && word.chars().skip(1).all(char::is_lowercase)
        && ends_hard
        && next_word.starts_with(char::is_uppercase)
        && !Roles::of(next_word).has(Roles::STARTER)
}

/// `40 deg. C. by noon`: a letter that something short is named with.
fn is_lettered(word: &str, next_word: &str, behind: &str) -> bool {
    if !is_initial(next_word) {
        return false;
    }
    // `subpt. B, app. A`
    if behind.starts_with([',', ';', ')']) {
        return word.starts_with(char::is_lowercase) && word.chars().count() <= LONGEST_TITLE;
    }
    let Some(rest) = behind.strip_prefix('.') else { return false };
    let rest = beginning(rest.trim_start(), LONGEST_WORD);
    let mut letters = rest.split_whitespace().next().unwrap_or_default().chars();
    let first = letters.next();
    let is_name = || {
        // `J. von Neumann`
        let capital: String = first.iter().flat_map(|first| first.to_uppercase()).collect();
        PARTICLES.contains(&&*(capital + letters.as_str()))
    };
    word.ends_with(char::is_alphabetic)
        && word.chars().count() <= LETTERS_BEFORE_LETTER
        && (first.is_none_or(|first| first.is_lowercase() && !is_name())
            || word.starts_with(char::is_lowercase)
                && Roles::of(rest.split(' ').next().unwrap_or_default()).has(Roles::STARTER))
}

/// Whether what follows an end begins with a small letter and is yet a sentence of its own: `iPhone sales fell`.
fn begins_small(next: &str) -> bool {
    let mut letters = next.chars();
    letters.next().is_some_and(char::is_lowercase)
        && letters.take_while(|c| c.is_alphanumeric()).any(char::is_uppercase)
}

/// The small letter of an item of a list, and what stands behind it: `b) Boil it.`, `b. Boil it.`
fn item(text: &str) -> Option<(char, char)> {
    let mut letters = text.chars();
    let letter = letters.next().filter(|letter| letter.is_lowercase())?;
    let mark = letters.next().filter(|mark| [')', '.'].contains(mark))?;
    letters.next().filter(|space| *space == ' ').map(|_| (letter, mark))
}

/// Whether `next` is an item of its own: the one behind `before`, or no part of a reference, `apdo. b)`.
fn is_item(before: &str, next: &str) -> bool {
    let Some((letter, mark)) = item(next) else { return false };
    let is_next = item(before.trim_start())
        .is_some_and(|(last, same)| same == mark && u32::from(last) + 1 == u32::from(letter));
    is_next || mark == ')' && !counts(before.trim_end_matches(['.', '!', '?', '…', ' ']))
}

/// Whether an end may stand before a small letter, as Unicode's rules never have it.
pub(super) fn may_begin_small(next: &str) -> bool {
    begins_small(next) || item(next).is_some()
}

/// Whether a sentence that ended with `head` may be followed by one that begins with a figure: `He owed $20. 30 days later…`
pub(super) fn begins_with_figure(head: &str, next: &str) -> bool {
    let next = next.trim_start_matches(FIGURE_SIGNS);
    let figure = beginning(next, LONGEST_WORD).split_whitespace().next().unwrap_or_default();
    // `am 24. 12. 2019`
    figure.starts_with(char::is_numeric)
        && !figure.ends_with('.')
        && !(head.ends_with(char::is_numeric) && before_last_word(head).ends_with('.'))
}

/// `2. Fry it.`, `2) Fry it.`
fn is_list_number(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < text.len() && rest.starts_with(['.', ')'])
}

/// Whether `word`, the last one of `head`, is too short to be told from an abbreviation where the
/// figure `next` follows: `ст. 158`, `3 genn. 2019`, but `14 Uhr. 3 Fahrer`.
fn is_short(head: &str, word: &str, next: &str) -> bool {
    let figure = next.trim_start_matches(FIGURE_SIGNS);
    let after = figure.trim_start_matches(char::is_numeric);
    let is_measured = head[..head.len() - word.len()].trim_end().ends_with(char::is_numeric);
    let may_be_month = is_measured && figure.len() - after.len() == 4;
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    // No sentence is figures and a comma: `Sched. 3, cl. 4`.
    let behind = after.trim_start_matches(|c: char| c.is_numeric() || c == ' ');
    let is_parted = behind.starts_with([',', ';', ')']) && !behind[1..].starts_with(char::is_numeric)
        || behind.starts_with('.')
            && behind.len() + 1 < after.len()
            && !behind[1..].starts_with(char::is_numeric);
    // `meldete Insolvenz an. 300 Leute…`
    let mut rest = word.chars();
    let capital: String = rest.next().iter().flat_map(|first| first.to_uppercase()).collect();
    let is_word = word.len() > 1
        && Roles::of(&(capital + rest.as_str())).has(Roles::STARTER)
        && !Roles::of(word).has(Roles::TITLE.and(Roles::MEASURED).and(Roles::OPEN));
    after.len() < figure.len()
        && (is_parted || !is_word)
        && word.ends_with(char::is_alphabetic)
        && !word.contains(char::is_numeric)
        && (letters < LETTERS_BEFORE_FIGURE + usize::from(may_be_month) || is_parted)
        && !(is_measured && after.trim_start().starts_with(char::is_uppercase))
        && !after.starts_with(']')
}

/// Whether a figure that follows `head` and a full stop belongs to the word before: `No.3`.
pub(super) fn counts(head: &str) -> bool {
    let forms = forms(head);
    roles(&forms).has(Roles::TITLE.and(Roles::MEASURED).and(Roles::OPEN))
        || forms.first().is_some_and(|word| is_initial(word) || is_acronym(word) || word.contains(['/', '@']))
}

fn roles(forms: &[String]) -> Roles {
    // `Gen.-Lt.`, `LAbg.`
    let last = forms.first().and_then(|word| {
        let is_inner = |(at, c): &(usize, char)| *at > 0 && c.is_uppercase();
        let start = word.char_indices().rfind(is_inner).map(|(at, _)| at);
        let start = start.filter(|at| word.len() > at + 2);
        let joint = word.rfind(['-', '/']).map(|at| at + 1);
        joint.or(start).map(|at| &word[at..]).filter(|_| word.starts_with(char::is_alphabetic))
    });
    let all = forms.iter().map(String::as_str).chain(last);
    all.fold(Roles::default(), |roles, form| roles.and(Roles::of_abbreviation(form)))
}

/// The end of a text as abbreviations are listed: its last word, with the abbreviations before it
/// (`z.B`), and with the word before it (`ad es`).
fn forms(head: &str) -> Vec<String> {
    let near = end(head, LONGEST_WORD);
    let mut words = near
        .rsplit(|c: char| c.is_whitespace() || c != '-' && OPENERS.contains(&c))
        .filter(|word| !word.is_empty());
    let Some(last) = words.next() else { return Vec::new() };
    if !near.ends_with(last) {
        return Vec::new();
    }
    let mut forms = vec![last.to_owned()];
    for word in words.take(MOST_PARTS - 1) {
        let latest = &forms[forms.len() - 1];
        if !word.ends_with('.') {
            forms.push(format!("{word} {latest}"));
            break;
        }
        forms.push(format!("{word}{latest}"));
    }
    forms
}

fn last_word(text: &str) -> &str {
    end(text, LONGEST_WORD).split_whitespace().next_back().unwrap_or_default().trim_start_matches(OPENERS)
}

fn before_last_word(text: &str) -> &str {
    text.strip_suffix(last_word(text)).unwrap_or_default().trim_end()
}

pub(super) fn is_ellipsis(text: &str) -> bool {
    text.ends_with('…') || text.ends_with("...")
}

/// `what?`: after an ellipsis, a question of its own.
pub(super) fn is_short_question(text: &str) -> bool {
    let question = beginning(text, LONGEST_WORD)
        .split_inclusive(['.', '!', '?', '…', ',', ';', ':'])
        .next()
        .unwrap_or_default();
    question.ends_with('?') && question.split_whitespace().filter(|word| *word != "?").count() == 1
}
