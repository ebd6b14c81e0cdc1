//! What gives a sentence away.

/// Words and phrases that say whether a sentence stands alone and matters, all in lower case but
/// for [`Self::connectives`].
pub(crate) struct Cues {
    pub(crate) demonstratives: &'static [&'static str],
    /// Words that need a noun said before them.
    pub(crate) pronouns: &'static [&'static str],
    /// Openings that join a sentence to the one before it, with the space after them.
    pub(crate) connectives: &'static [&'static str],
    /// Openings that compare with something said before.
    pub(crate) comparisons: &'static [&'static str],
    /// Among its first words, they say that a sentence turns away from the one before it, or draws its conclusion.
    pub(crate) contrasts: &'static [&'static str],
    /// Wherever they stand, they add to something said before.
    pub(crate) echoes: &'static [&'static str],
    pub(crate) first_person: &'static [&'static str],
    /// Followed by a number, parts of a text or a book.
    pub(crate) references: &'static [&'static str],
    /// Headings of what does not belong to the text.
    pub(crate) appendices: &'static [&'static str],
    /// Phrases of a finding.
    pub(crate) findings: &'static [&'static str],
    /// Headings of what sums a text up.
    pub(crate) conclusions: &'static [&'static str],
    /// Phrases that point outside the sentence.
    pub(crate) pointers: &'static [&'static str],
    /// Phrases of what serves the site, not the reader.
    pub(crate) furniture: &'static [&'static str],
    /// What by-lines, captions and the like begin with.
    pub(crate) beginnings: &'static [&'static str],
}
