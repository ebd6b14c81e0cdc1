use std::fmt;

/// Why a model's version of a text cannot stand, in the plain words of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Nothing was written.
    Empty,
    /// Talks to the reader or about the text.
    Chatter,
    /// The text again, where something else was wanted.
    Unchanged,
    /// The same words over and over.
    Loop,
    /// Broken off, or of another form than the text.
    Form,
    /// Names, numbers or links that the text does not have.
    Invented(Vec<String>),
    /// Names, numbers or links of the text are gone.
    Lost(Vec<String>),
    /// No shorter.
    NotShorter,
    /// No longer.
    NotLonger,
    /// Says something else.
    Meaning,
}

impl Fault {
    /// True for faults of one kind.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the model wrote nothing"),
            Self::Chatter => f.write_str("the model talked about the text instead of rewriting it"),
            Self::Unchanged => f.write_str("the model changed nothing"),
            Self::Loop => f.write_str("the model repeated itself"),
            Self::Form => f.write_str("the model broke off or changed the form"),
            Self::Invented(what) => write!(f, "the model added {}", what.join(", ")),
            Self::Lost(what) => write!(f, "the model lost {}", what.join(", ")),
            Self::NotShorter => f.write_str("the model's version was not shorter"),
            Self::NotLonger => f.write_str("the model's version was not longer"),
            Self::Meaning => f.write_str("the model changed the meaning"),
        }
    }
}
