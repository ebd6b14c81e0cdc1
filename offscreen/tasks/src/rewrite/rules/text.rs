//! A sentence as words and signs, of which some may not be touched.

use crate::rewrite::facts::links;
use std::ops::Range;

/// A word or a sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// The white space before it.
    pub(super) before: String,
    pub(super) text: String,
    /// In lower case, apostrophes straight.
    pub(super) lower: String,
    /// It stays as it is: part of a quotation, a link, code, or no word of letters.
    pub(super) kept: bool,
}

impl Token {
    pub(super) fn new(before: &str, text: &str) -> Self {
        let lower = text.to_lowercase().replace('’', "'");
        Self { before: before.to_owned(), text: text.to_owned(), lower, kept: false }
    }

    pub(super) fn is_word(&self) -> bool {
        self.text.contains(char::is_alphanumeric)
    }

    pub(super) fn is_sign(&self, signs: &[char]) -> bool {
        let mut chars = self.text.chars();
        !self.kept && chars.next().is_some_and(|c| signs.contains(&c)) && chars.next().is_none()
    }

    pub(super) fn is_capitalised(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// Begins it with a capital.
    pub(super) fn capitalise(&mut self) {
        let mut chars = self.text.chars();
        if let (false, Some(first)) = (self.kept, chars.next()) {
            self.text = first.to_uppercase().chain(chars).collect();
        }
    }
}

/// The tokens of `text`. Written one after the other they are `text` without the white space at its end.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut kept = quotations(text);
    kept.extend(links(text).map(|link| {
        // A link is a slice of the text: its place is where it begins.
        let start = link.as_ptr().addr() - text.as_ptr().addr();
        start..start + link.len()
    }));
    kept.sort_by_key(|range| range.start);
    let mut tokens: Vec<Token> = Vec::new();
    let (mut at, mut next_kept) = (0, 0);
    while let Some(gap) = text[at..].find(|c: char| !c.is_whitespace()) {
        let start = at + gap;
        let end = start + length(text, start);
        while kept.get(next_kept).is_some_and(|range| range.end <= start) {
            next_kept += 1;
        }
        let mut token = Token::new(&text[at..start], &text[start..end]);
        let tagged =
            gap == 0 && tokens.last().is_some_and(|last| ["@", "#", "$"].contains(&last.text.as_str()));
        let inside =
            kept[next_kept..].iter().take_while(|range| range.start < end).any(|range| range.end > start);
        token.kept = tagged || inside || is_verbatim(&token);
        tokens.push(token);
        at = end;
    }
    tokens
}

/// Whether a sentence starts with token `at`.
pub(super) fn starts(tokens: &[Token], at: usize) -> bool {
    match tokens[..at].last() {
        None => true,
        Some(last) if last.is_sign(&['.', '!', '?', '…', ':']) => true,
        Some(last) => !last.kept && !last.is_word() && !tokens[..at].iter().any(Token::is_word),
    }
}

/// Whether a clause ends before token `at`.
pub(super) fn ends(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_none_or(|token| token.is_sign(&['.', ',', ';', ':', '!', '?', ')', '–', '—', '…']))
}

/// Writes tokens one after the other.
pub(super) fn written(tokens: &[Token]) -> String {
    tokens.iter().flat_map(|token| [token.before.as_str(), token.text.as_str()]).collect()
}

/// Signs that join letters and figures to one word.
const JOINTS: &str = "'’-./_@:\\&+=#";

/// Words that begin with an apostrophe.
const CLIPPED: [&str; 3] = ["em", "til", "cause"];

/// Bytes of the token that begins at `start`.
fn length(text: &str, start: usize) -> usize {
    let mut chars = text[start..].char_indices().peekable();
    let Some((_, first)) = chars.next() else { return 0 };
    if "'’".contains(first) {
        let rest = &text[start + first.len_utf8()..];
        let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
        let clipped = CLIPPED.contains(&word) && !text[..start].ends_with(char::is_alphanumeric);
        return first.len_utf8() + if clipped { word.len() } else { 0 };
    }
    if !first.is_alphanumeric() {
        return first.len_utf8();
    }
    let mut end = first.len_utf8();
    while let Some((at, c)) = chars.next() {
        let joins = JOINTS.contains(c) && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        // Marks of the letter before it are part of the word.
        if !(c.is_alphanumeric() || joins || is_mark(c)) {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{fe0f}')
}

/// Words with a sign that no English word has (`10:30`, `index.html`, `and/or`), or with figures.
fn is_verbatim(token: &Token) -> bool {
    let sign = |c: char| JOINTS.contains(c) && !"'’-".contains(c);
    let known = ["w/o", "b/c"].contains(&token.lower.as_str());
    token.is_word() && !known && token.text.contains(|c: char| sign(c) || c.is_numeric() || is_mark(c))
}

/// Where the quotations and the code of `text` stand. Where a mark has no other one, all behind it (or before it) is one.
pub(super) fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for mark in ['"', '`'] {
        let mut open = None;
        for (at, c) in text.char_indices().filter(|(_, c)| *c == mark) {
            match open.take() {
                None => open = Some(at),
                Some(start) => found.push(start..at + c.len_utf8()),
            }
        }
        found.extend(open.map(|start| start..text.len()));
    }
    for (opening, closing) in [('“', '”'), ('„', '“'), ('«', '»'), ('‘', '’')] {
        let mut open = None;
        for (at, c) in text.char_indices() {
            let apostrophe = c == '’' && text[at + c.len_utf8()..].starts_with(char::is_alphanumeric);
            if c == opening && open.is_none() {
                open = Some(at);
            } else if c == closing && !apostrophe {
                match open.take() {
                    Some(start) => found.push(start..at + c.len_utf8()),
                    None if c == '”' => found.push(0..at + c.len_utf8()),
                    None => {}
                }
            }
        }
        found.extend(open.filter(|_| opening != '‘' && opening != '„').map(|start| start..text.len()));
    }
    // 'Single' ones that stand apart from letters.
    let mut open = None;
    for (at, _) in text.match_indices('\'') {
        let (before, after) = (&text[..at], &text[at + 1..]);
        let opens = !before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric);
        let closes = !after.starts_with(char::is_alphanumeric) && !before.ends_with(char::is_whitespace);
        match open {
            None if opens && !CLIPPED.iter().any(|word| after.starts_with(word)) => open = Some(at),
            Some(start) if closes => {
                found.push(start..at + 1);
                open = None;
            }
            _ => {}
        }
    }
    found
}
