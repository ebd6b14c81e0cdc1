//! Whether a sentence ends where punctuation says so.

use super::lexicon::Roles;
use super::notes;
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
const CLOSING: &[&str] = &["A.D", "a.C", "d.C", "ecc", "kg", "т.д", "т.п", "руб", "н.э"];

/// Titles that are streets and coins, too: `Elm Dr. It is old.`
const STREETS: &[&str] = &["Dr", "Fr", "St"];

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
    if quotes_on(before, after) || ended.ends_with("[...]") || ended.ends_with("[…]") {
        return true;
    }
    let near = &next[..next.floor_char_boundary(LONGEST_WORD)];
    let next_word = near.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if ended.ends_with('!') && COMPANIES.contains(&next_word) {
        return true;
    }
    if is_ellipsis(ended) {
        // `I… I don't know.`
        return !next_word.is_empty() && last_word(ended.trim_end_matches(['.', '…'])) == next_word;
    }
    let Some(head) = ended.strip_suffix('.') else { return false };
    // `.NET` and `.org`: this full stop begins a word.
    let is_apart = |c: char| OPENERS.contains(&c) || c.is_alphabetic() && !is_cased(c);
    if before.ends_with('.') && (head.is_empty() || head.ends_with(is_apart)) {
        return after.starts_with(char::is_alphanumeric);
    }
    after_full_stop(head, next, next_word)
}

/// As [`goes_on`], for a full stop behind `head`.
fn after_full_stop(head: &str, next: &str, next_word: &str) -> bool {
    let forms = forms(head);
    let Some(word) = forms.first().map(String::as_str) else { return false };
    let roles = roles(&forms);
    let previous = last_word(&head[..head.len() - word.len()]);
    let is_street = STREETS.contains(&word)
        && previous.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
        && !previous.ends_with('.')
        && Roles::of(next_word).has(Roles::STARTER);
    if is_street
        || forms.iter().any(|form| CLOSING.contains(&form.as_str())) && next.starts_with(char::is_uppercase)
    {
        return false;
    }
    let after_next = next.strip_prefix(next_word).unwrap_or_default();
    let is_abbreviated = !next_word.is_empty() && after_next.starts_with('.');
    let goes_on_in_next = |form: &String| {
        let both = Roles::of_abbreviation(&format!("{form}.{next_word}"));
        both.has(Roles::TITLE.and(Roles::MEASURED).and(Roles::OPEN).and(Roles::BEGINNING))
    };
    let is_begun = is_abbreviated && roles.has(Roles::BEGINNING) && forms.iter().any(goes_on_in_next);
    if roles.has(Roles::TITLE) || is_begun {
        return true;
    }
    if roles.has(Roles::MEASURED) {
        if next_word.starts_with(char::is_numeric) || is_roman(next_word) {
            return true;
        }
        if !is_initial(word) {
            return false;
        }
    }
    // An initial is no article: `J. A. Smith`.
    let begins = Roles::of(next_word).has(Roles::STARTER) && !(is_initial(next_word) && is_abbreviated);
    if is_initial(word) && !roles.has(Roles::OPEN) {
        // `J. Smith`, but `Plan B. The…`.
        return !begins || PARTICLES.contains(&next_word);
    }
    if forms.iter().any(|form| form == "a.m" || form == "p.m") {
        // `at 5 p.m. Monday`, `9 a.m. EST`.
        let is_zone = next_word.len() > 1 && next_word.chars().all(char::is_uppercase);
        return is_zone || Roles::of(next_word).has(Roles::DAY_OR_MONTH);
    }
    if roles.has(Roles::OPEN) || is_acronym(word) {
        // `в г. Москву`, but `в 2019 г.`.
        let counted = head.strip_suffix(word).is_some_and(|rest| rest.trim_end().ends_with(char::is_numeric));
        return !(begins || counted && word.chars().nth(1).is_none());
    }
    let is_ordinal = (1..=2).contains(&word.len()) && is_figure(word);
    if is_ordinal || is_roman(word) {
        let is_month =
            Roles::of(next_word).has(Roles::AFTER_ORDINAL) || is_figure(next_word) && is_abbreviated;
        if is_ordinal && is_month || Roles::of(previous).has(Roles::BEFORE_ORDINAL) && !begins {
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
        && letters.next().is_some_and(|c| c.is_uppercase() || c == ')')
}

/// Whether a sentence that ended with `head` may be followed by one that begins with a figure: `He owed $20. 30 days later…`
pub(super) fn begins_with_figure(head: &str, next: &str) -> bool {
    let after = next.trim_start_matches(char::is_numeric);
    if after.len() == next.len() || after.starts_with('.') {
        return false;
    }
    let word = last_word(head);
    let before = head.strip_suffix(word).unwrap_or_default().trim_end();
    // `am 24. 12. 2019`, `3 genn. 2019`
    if word.ends_with(char::is_numeric) {
        return !before.ends_with('.');
    }
    let may_be_month = before.ends_with(char::is_numeric) && next.len() - after.len() == 4;
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters >= LETTERS_BEFORE_FIGURE + usize::from(may_be_month) && !word.ends_with("str")
}

/// Whether a figure that follows `head` and a full stop belongs to the word before: `No.3`.
pub(super) fn counts(head: &str) -> bool {
    let forms = forms(head);
    roles(&forms).has(Roles::TITLE.and(Roles::MEASURED).and(Roles::OPEN))
        || forms.first().is_some_and(|word| is_initial(word) || is_acronym(word) || word.contains(['/', '@']))
}

fn roles(forms: &[String]) -> Roles {
    forms.iter().fold(Roles::default(), |roles, form| roles.and(Roles::of_abbreviation(form)))
}

/// The end of a text as abbreviations are listed: its last word, with the abbreviations before it
/// (`z.B`), and with the word before it (`ad es`).
fn forms(head: &str) -> Vec<String> {
    let near = &head[head.ceil_char_boundary(head.len().saturating_sub(LONGEST_WORD))..];
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

/// Whether a letter is of a script with capitals.
fn is_cased(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase()
}

fn is_figure(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// `XIV`; a single letter is rather an initial.
fn is_roman(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|byte| b"IVXLCDM".contains(&byte))
}

fn last_word(text: &str) -> &str {
    let near = &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST_WORD))..];
    near.split_whitespace().next_back().unwrap_or_default().trim_start_matches(OPENERS)
}

fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none() && word != "I"
}

/// `U.S`, `a.m`, `J.-C`: letters with full stops between them.
fn is_acronym(word: &str) -> bool {
    let mut parts = word.split(['.', '-']).filter(|part| !part.is_empty());
    word.contains('.') && parts.all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
}

pub(super) fn is_ellipsis(text: &str) -> bool {
    text.ends_with('…') || text.ends_with("...")
}

/// `what?`: after an ellipsis, a question of its own.
pub(super) fn is_short_question(text: &str) -> bool {
    let near = &text[..text.floor_char_boundary(LONGEST_WORD)];
    let question = near.split_inclusive(['.', '!', '?', '…', ',', ';', ':']).next().unwrap_or_default();
    question.ends_with('?') && question.split_whitespace().filter(|word| *word != "?").count() == 1
}

/// Whether what stands in quotation marks is part of the sentence, in scripts without capitals:
/// `「行こう。」と彼は言った。` and `“走吧。”他说。`
fn quotes_on(before: &str, after: &str) -> bool {
    const PARTICLES: &[char] = &['と', 'っ', 'を', 'が', 'に', 'は', 'へ'];
    const SAYING: &[char] = &['说', '說', '道', '问', '問', '喊', '答', '叫'];
    const SAYING_WORDS: &[&str] = &["कहा", "पूछा", "बोला", "बोली", "قال", "سأل"];
    before.trim_end().ends_with(['」', '』', '”', '»'])
        && (after.starts_with(PARTICLES)
            || after.chars().take(4).any(|c| SAYING.contains(&c))
            || after
                .split_whitespace()
                .take(2)
                .any(|word| SAYING_WORDS.iter().any(|saying| word.starts_with(saying))))
}
