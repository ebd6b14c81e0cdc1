//! What gives a sentence away.

use super::list::List;

/// Words and phrases that say whether a sentence stands alone and matters, all in lower case but
/// for [`Self::connectives`].
pub(crate) struct Cues {
    /// `this mechanism`: which one was said before.
    pub(crate) demonstratives: List,
    /// `this year`: nothing said before.
    pub(crate) dates: List,
    /// Words that need a noun said before them.
    pub(crate) pronouns: List,
    /// Other words that a sentence begins with when it hangs on the one before it: `another`, and
    /// what commands a step.
    pub(crate) openings: List,
    /// Openings that join a sentence to the one before it, with the space after them.
    pub(crate) connectives: List,
    /// Near its beginning, they say that a sentence turns away from the one before it, or draws its conclusion.
    pub(crate) turns: List,
    /// They say so among its first words.
    pub(crate) contrasts: List,
    /// Phrases that point outside the sentence, wherever they stand.
    pub(crate) pointers: List,
    /// Near its beginning, they add to something said before.
    pub(crate) echoes: List,
    pub(crate) first_person: List,
    /// Followed by a number, parts of a text or a book.
    pub(crate) references: List,
    /// Headings of what does not belong to the text.
    pub(crate) appendices: List,
    /// Phrases of a finding.
    pub(crate) findings: List,
    /// Headings of what sums a text up.
    pub(crate) conclusions: List,
    /// Phrases of what serves the site, not the reader.
    pub(crate) furniture: List,
    /// What by-lines, captions and the like begin with.
    pub(crate) beginnings: List,
}

impl Cues {
    /// Where nothing is listed.
    pub(crate) const NONE: Self = Self {
        demonstratives: List(""),
        dates: List(""),
        pronouns: List(""),
        openings: List(""),
        connectives: List(""),
        turns: List(""),
        contrasts: List(""),
        pointers: List(""),
        echoes: List(""),
        first_person: List(""),
        references: List(""),
        appendices: List(""),
        findings: List(""),
        conclusions: List(""),
        furniture: List(""),
        beginnings: List(""),
    };
}
