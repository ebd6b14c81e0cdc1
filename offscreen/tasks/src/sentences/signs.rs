//! Signs around sentences.

/// What may stand before a word.
pub(super) const OPENERS: &[char] =
    &['"', '\'', '’', '“', '”', '‘', '«', '»', '„', '(', '[', ' ', '\u{a0}', '\u{202f}', '*', '—', '–', '-'];

/// What stands before what a speaker says: `— Non.`
pub(super) const DASHES: &[char] = &['—', '–', '-'];

/// What opens a quotation or an aside where text follows directly.
pub(super) const OPENING: &[char] = &['(', '[', '{', '（', '「', '『', '《', '【', '“', '‘', '«', '„'];

/// White space within a line.
pub(super) const SPACES: &[char] = &[' ', '\u{a0}', '\u{202f}'];

/// What closes a quotation behind its last mark.
pub(super) const CLOSERS: &[char] = &['“', '”', '»', '"'];
