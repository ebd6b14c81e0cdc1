//! Whether a sentence ends where punctuation says so.

use super::lexicon::Roles;
use super::near::{NEAR, beginning, end, is_cased, is_uncased};
use super::notes;
use super::quotations::{is_inside, quotes_on};
use super::signs::OPENERS;

/// Bytes that the words around an end have at most: longer ones are no abbreviations.
const LONGEST_WORD: usize = 64;

/// Characters of a part of an abbreviation in a script without capitals, at most: `ग्रा`.
const LONGEST_SYLLABLE: usize = 4;

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
    if next.starts_with(char::is_lowercase) && !begins_small(next) {
        return !(is_ellipsis(ended) && is_short_question(next));
    }
    if quotes_on(ended, after)
        || is_inside(ended, after)
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
    // An initial is no article: `J. A. Smith`.
    let begins = Roles::of(next_word).has(Roles::STARTER) && !(is_initial(next_word) && is_abbreviated);
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
    let is_aside = head[..head.len() - word.len()].ends_with('(') && word.chars().all(char::is_lowercase);
    if roles.has(Roles::TITLE) || is_begun || is_aside || is_short(head, word, next) {
        return true;
    }
    if roles.has(Roles::MEASURED) {
        // `art. L. 121-1`
        let is_letter = is_initial(next_word) && is_abbreviated;
        if next_word.starts_with(char::is_numeric) || is_roman(next_word) || is_letter {
            return true;
        }
        if !is_initial(word) {
            return false;
        }
    }
    let is_counted = previous.ends_with(char::is_numeric);
    if is_initial(word) && !roles.has(Roles::OPEN) {
        // `J. Smith`, but `Plan B. The…` and `الساعة 5 م.`
        return !(begins || word.starts_with(is_uncased) && is_counted) || PARTICLES.contains(&next_word);
    }
    if forms.iter().any(|form| form == "a.m" || form == "p.m") {
        // `at 5 p.m. Monday`, `9 a.m. EST`.
        let is_zone = next_word.len() > 1 && next_word.chars().all(char::is_uppercase);
        let is_date = is_abbreviated && Roles::of_abbreviation(next_word).has(Roles::MEASURED);
        return is_zone || is_date || Roles::of(next_word).has(Roles::DAY_OR_MONTH);
    }
    let is_clipped = is_clipped(word) && !is_counted;
    if roles.has(Roles::OPEN) || is_clipped || word.ends_with("str") || is_acronym(word) {
        // `в г. Москву`, but `в 2019 г.`.
        return !(begins || is_counted && word.chars().nth(1).is_none());
    }
    let is_ordinal = (1..=2).contains(&word.len()) && is_figure(word);
    if is_ordinal || is_roman(word) {
        let is_month =
            Roles::of(next_word).has(Roles::AFTER_ORDINAL) || is_figure(next_word) && is_abbreviated;
        // `Berlin, 3. Aufl.`
        let is_listed =
            previous.ends_with([',', '.', ':']) && Roles::of_abbreviation(next_word).has(Roles::MEASURED);
        let is_before = is_listed || Roles::of(previous).has(Roles::BEFORE_ORDINAL);
        if is_ordinal && is_month || is_before && !begins {
            return true;
        }
    }
    // The number of a list item: `1. Open the door.`
    head.trim_start() == word && (word.len() <= 3 && is_figure(word) || is_roman(word))
}

/// Whether what follows an end begins with a small letter and is yet a sentence of its own: `iPhone sales fell`, `b) Boil it`.
pub(super) fn begins_small(next: &str) -> bool {
    let mut letters = next.chars();
    letters.next().is_some_and(char::is_lowercase)
        && (letters.as_str().starts_with(')')
            || letters.take_while(|c| c.is_alphanumeric()).any(char::is_uppercase))
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
    after.len() < figure.len()
        && word.ends_with(char::is_alphabetic)
        && !word.contains(char::is_numeric)
        && letters < LETTERS_BEFORE_FIGURE + usize::from(may_be_month)
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
    // `Gen.-Lt.`
    let parts = forms.first().and_then(|word| word.rsplit_once('-'));
    let last = parts.filter(|(lead, _)| lead.starts_with(char::is_alphabetic)).map(|(_, last)| last);
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

fn is_figure(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// `XIV`; a single letter is rather an initial.
fn is_roman(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|byte| b"IVXLCDM".contains(&byte))
}

fn last_word(text: &str) -> &str {
    end(text, LONGEST_WORD).split_whitespace().next_back().unwrap_or_default().trim_start_matches(OPENERS)
}

fn before_last_word(text: &str) -> &str {
    text.strip_suffix(last_word(text)).unwrap_or_default().trim_end()
}

fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|c| c.is_uppercase() || is_uncased(c)) && chars.next().is_none() && word != "I"
}

/// `U.S`, `a.m`, `J.-C`, `मि.ग्रा`: letters, or syllables, with full stops between them; or `d` of `d. R.`
fn is_acronym(word: &str) -> bool {
    let is_part = |part: &str| {
        let (first, last) = (part.chars().next(), part.chars().next_back());
        let most = if part.starts_with(is_uncased) && word.contains('.') { LONGEST_SYLLABLE } else { 1 };
        part.chars().count() <= most && [first, last].into_iter().flatten().all(char::is_alphabetic)
    };
    (word.contains('.') || word.starts_with(char::is_lowercase))
        && word.split(['.', '-']).filter(|part| !part.is_empty()).all(is_part)
}

/// `Btl`, `sgt`: a Latin word without a vowel, longer than most units and `ss`.
fn is_clipped(word: &str) -> bool {
    let is_inner = |c: char| c.is_ascii_lowercase() && !"aeiouy".contains(c);
    word.starts_with(|c: char| is_inner(c.to_ascii_lowercase()))
        && word.chars().nth(2).is_some()
        && word.chars().skip(1).all(is_inner)
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
