//! What stands near an end: so much of a text as is looked at, and the script of its letters.

/// Bytes on either side of an end in which its sentence is looked for: a quotation, an aside, a danda.
pub(super) const NEAR: usize = 256;

/// At most so many bytes that a text begins with.
pub(super) fn beginning(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// At most so many bytes that a text ends with.
pub(super) fn end(text: &str, most: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(most))..]
}

/// Whether a letter is of a script with capitals.
pub(super) fn is_cased(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase()
}

/// Whether a letter is of a script without capitals.
pub(super) fn is_uncased(c: char) -> bool {
    c.is_alphabetic() && !is_cased(c)
}

/// Whether the last word of a text is of a script without capitals.
pub(super) fn ends_uncased(text: &str) -> bool {
    text.trim_end_matches(|c: char| !c.is_alphanumeric()).ends_with(is_uncased)
}
