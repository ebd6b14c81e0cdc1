//! What a word looks like: figures, initials, abbreviations that nobody listed.

use super::near::{end, is_uncased};

/// Two consonants that end words of languages in Latin letters.
const SPOKEN: &[&str] = &[
    "bb", "bs", "bt", "cc", "ch", "ck", "cs", "ct", "dd", "dh", "ds", "dt", "ff", "fs", "ft", "gg", "gh",
    "gn", "gs", "gt", "hd", "hl", "hm", "hn", "hr", "hs", "ht", "js", "kh", "kk", "ks", "kt", "lb", "lc",
    "ld", "lf", "lg", "lk", "ll", "lm", "ln", "lp", "ls", "lt", "lv", "lz", "mb", "mm", "mn", "mp", "ms",
    "mt", "nc", "nd", "ng", "nh", "nk", "nn", "ns", "nt", "nx", "nz", "pf", "ph", "pp", "ps", "pt", "rb",
    "rc", "rd", "rf", "rg", "rh", "rk", "rl", "rm", "rn", "rp", "rq", "rr", "rs", "rt", "rv", "rx", "rz",
    "sc", "sh", "sk", "sm", "sp", "sq", "ss", "st", "sw", "tc", "th", "ts", "tt", "tz", "vs", "wd", "wk",
    "wl", "wn", "ws", "xt", "zt", "zz",
];

/// Characters of a part of an abbreviation in a script without capitals, at most: `ग्रा`.
const LONGEST_SYLLABLE: usize = 4;

/// Ends of verbs that begin a sentence with their capital, in languages that need no pronoun: `Volvió en 2004.`
const VERB_ENDS: &[&str] = &["aron", "ieron", "ó", "arono", "irono", "avano", "evano"];

pub(super) fn is_figure(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// `XIV`; a single letter is rather an initial.
pub(super) fn is_roman(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|byte| b"IVXLCDM".contains(&byte))
}

pub(super) fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|c| c.is_uppercase() || is_uncased(c)) && chars.next().is_none() && word != "I"
}

/// `U.S`, `a.m`, `J.-C`, `मि.ग्रा`: letters, or syllables, with full stops between them; or `d` of `d. R.`
pub(super) fn is_acronym(word: &str) -> bool {
    let is_part = |part: &str| {
        let (first, last) = (part.chars().next(), part.chars().next_back());
        let most = if part.starts_with(is_uncased) && word.contains('.') { LONGEST_SYLLABLE } else { 1 };
        part.chars().count() <= most && [first, last].into_iter().flatten().all(char::is_alphabetic)
    };
    (word.contains('.') || word.starts_with(char::is_lowercase))
        && word.split(['.', '-']).filter(|part| !part.is_empty()).all(is_part)
}

pub(super) fn is_letter(word: &str) -> bool {
    word.starts_with(char::is_alphabetic) && word.chars().nth(1).is_none()
}

/// `EE` of `EE. UU.`, doubled for the plural; but `Ramses II`.
pub(super) fn is_doubled(word: &str) -> bool {
    matches!(word.as_bytes(), [first, second] if first == second && first.is_ascii_uppercase() && !b"IX".contains(first))
}

/// `Btl`, `sgt`, `mündl`: a Latin word, longer than most units and `ss`, without a vowel or with an end that nobody speaks.
pub(super) fn is_clipped(word: &str) -> bool {
    let is_inner = |c: char| c.is_ascii_lowercase() && !is_vowel(c as u8);
    let has_no_vowel =
        || word.starts_with(|c: char| is_inner(c.to_ascii_lowercase())) && word.chars().skip(1).all(is_inner);
    let is_unspoken = || {
        let end = end(word, 2);
        end.chars().filter(|c| is_inner(*c)).count() == 2 && !SPOKEN.contains(&end)
    };
    word.chars().nth(2).is_some()
        && word.chars().all(char::is_alphabetic)
        && (has_no_vowel() || is_unspoken())
}

pub(super) fn is_vowel(byte: u8) -> bool {
    b"aeiouy".contains(&byte)
}

/// `Int'l`, `Dep't`: the end of a word whose middle is left out.
pub(super) fn is_contracted(head: &str, word: &str) -> bool {
    let lead = head.strip_suffix(word).and_then(|lead| lead.strip_suffix(['\'', '’'])).unwrap_or_default();
    match word {
        "l" | "r" | "y" | "n" => lead.ends_with(char::is_lowercase),
        "t" => lead.ends_with(|c: char| c.is_lowercase() && c != 'n'),
        _ => false,
    }
}

/// Whether a word with a capital is a verb by its end.
pub(super) fn is_verb(word: &str) -> bool {
    VERB_ENDS.iter().any(|end| word.ends_with(end)) && word.chars().nth(4).is_some()
}
