//! Why an answer cannot stand.

use std::fmt;

/// Why a model's answer cannot stand: the first rule that it breaks.
///
/// Displayed as the end of a note to the reader, without its full stop; several rules have one
/// reason. What the rule found is in the debug format, which the trace shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// Nothing was written.
    Empty,
    /// Talks to the reader, or about the text instead of saying it.
    Chatter,
    /// The text again, where something else was wanted.
    Unchanged,
    /// The text again instead of its translation.
    Echo,
    /// The same words over and over.
    Loop,
    /// Goes on with other sentences or examples.
    RunsOn,
    /// Broken off, or of another form than the text.
    Form,
    /// Does not end as a sentence, or is more than one.
    NotASentence,
    /// No shorter, or not noticeably.
    NotShorter,
    /// No longer.
    NotLonger,
    /// Much longer or shorter than a translation can be.
    Length,
    /// In another language than this one.
    Language(&'static str),
    /// A number that its source does not have.
    NewNumber(String),
    /// A name that its source does not have.
    NewName(String),
    /// Names, numbers or links that its source does not have.
    Invented(Vec<String>),
    /// Names, numbers or links of its source are gone.
    Lost(Vec<String>),
    /// A number of its source is gone or another one.
    Number(String),
    /// A day or month that only one of both has.
    Date(String),
    /// What is to be carried over letter by letter was not.
    Verbatim(String),
    /// What is to be carried over letter by letter has no place of its own.
    Unplaced,
    /// A *not* is gone.
    Denial,
    /// More new words than can be trusted.
    NewWords(String),
    /// A word that turns a meaning round was added, lost or moved: which.
    Operator(String),
    /// Speaks of something else than its source does, or drops who says it.
    Subject,
    /// The words stand in another order.
    Reordered,
    /// Words were left out that belong to others: from where on.
    Torn(String),
    /// Too little is left of the source.
    Gutted,
    /// Says something else.
    Meaning,
    /// Says what another point says already.
    Repeated,
    /// Resembles no sentence of the page.
    Ungrounded,
    /// The sentence is too long to be asked about.
    TooLong,
}

impl Rejection {
    /// The rule that was broken, for tables: `not-a-sentence`.
    #[must_use]
    pub fn rule(&self) -> String {
        let name = format!("{self:?}");
        let mut rule = String::new();
        for c in name.chars().take_while(|c| c.is_alphabetic()) {
            if c.is_uppercase() && !rule.is_empty() {
                rule.push('-');
            }
            rule.push(c.to_ascii_lowercase());
        }
        rule
    }

    /// What the reader is told, up to the particulars.
    pub(crate) fn reason(&self) -> &'static str {
        match self {
            Self::Empty => "the model wrote nothing",
            Self::Chatter => "the model talked about the text instead of rewriting it",
            Self::Unchanged => "the model changed nothing",
            Self::Echo => "the model repeated the text instead of translating it",
            Self::Loop => "the model repeated itself",
            Self::RunsOn => "the model went on with other sentences",
            Self::Form | Self::NotASentence => "the model broke off or changed the form",
            Self::NotShorter => "the model's version was not shorter",
            Self::NotLonger => "the model's version was not longer",
            Self::Length => "the model's version had a wrong length",
            Self::Language(_) => "the model's version was not",
            Self::NewNumber(_) | Self::NewName(_) | Self::Invented(_) => "the model added",
            Self::Lost(_) => "the model lost",
            Self::Number(_) => "the model's version changed or lost the number",
            Self::Date(_) => "the model's version has another day or month:",
            Self::Verbatim(_) => "the model's version changed",
            Self::Unplaced => "what is to stay as it is could not be found again",
            Self::Denial => "the model's version lost a “not”",
            Self::NewWords(_)
            | Self::Operator(_)
            | Self::Subject
            | Self::Reordered
            | Self::Torn(_)
            | Self::Gutted
            | Self::Meaning => "the model changed the meaning",
            Self::Repeated => "the model made a point twice",
            Self::Ungrounded => "the page does not say so",
            Self::TooLong => "the sentence is too long for the model",
        }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.reason())?;
        match self {
            Self::Language(what) => write!(f, " {what}"),
            Self::NewNumber(what) | Self::NewName(what) | Self::Number(what) | Self::Date(what) => {
                write!(f, " {what}")
            }
            Self::Invented(what) | Self::Lost(what) => write!(f, " {}", what.join(", ")),
            Self::Verbatim(what) => write!(f, " “{what}”"),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rejection_is_a_rule_for_tables_and_a_reason_for_readers() {
        let (number, lost) = (Rejection::NewNumber("7".to_owned()), vec!["Rome".to_owned(), "5".to_owned()]);
        assert_eq!(
            (number.rule().as_str(), number.to_string().as_str()),
            ("new-number", "the model added 7")
        );
        assert_eq!(Rejection::NotASentence.rule(), "not-a-sentence");
        assert_eq!(Rejection::Lost(lost).to_string(), "the model lost Rome, 5");
        assert_eq!(Rejection::Language("German").to_string(), "the model's version was not German");
        assert_eq!(number.reason(), Rejection::Invented(Vec::new()).reason());
    }
}
