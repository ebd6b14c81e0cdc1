use crate::{Answer, Journal};

/// What an answer means for the part of the file that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// What comes follows it.
    GoesOn,
    /// What comes is the file from its beginning, for the server sends no parts.
    Anew,
    /// What comes is another version of the file, from its beginning.
    AnewOther,
    /// It does not belong to what the server has now: that is to be asked for from its beginning.
    AskAnew,
    /// Another part comes than was asked for.
    WrongRange,
    /// A page for a person comes.
    Page,
    /// Nothing comes now; later it may.
    Busy,
    /// Nothing comes.
    Refused,
}

/// What an answer means to a request for a file from byte `at` on.
pub(crate) fn meaning(journal: &Journal, at: u64, answer: &Answer) -> Meaning {
    let compared =
        is_other(&journal.etag, &answer.etag).or_else(|| is_other(&journal.modified, &answer.modified));
    let is_other = compared.unwrap_or(false);
    // A part of which nobody says what it is of can be believed only where the whole is checked.
    let is_other_part = compared.unwrap_or(journal.sha256.is_none());
    match answer.status {
        200..=299 if answer.is_page => Meaning::Page,
        // All was asked for.
        206 if at == 0 => Meaning::WrongRange,
        206 => match answer.range.as_deref().map(parse_range) {
            // Not shown: then it is told by what is.
            None => {
                let rest = journal.bytes.map(|bytes| bytes.saturating_sub(at));
                if is_other_part || rest.is_none() || rest != answer.length {
                    Meaning::AskAnew
                } else {
                    Meaning::GoesOn
                }
            }
            Some(None) => Meaning::WrongRange,
            Some(Some((_, total))) if is_other_part || is_other_length(journal.bytes, total) => {
                Meaning::AskAnew
            }
            Some(Some((first, _))) => {
                if first == at {
                    Meaning::GoesOn
                } else {
                    Meaning::WrongRange
                }
            }
        },
        200..=299 if at == 0 => Meaning::Anew,
        200..=299 if is_other || is_other_length(journal.bytes, answer.length) => Meaning::AnewOther,
        200..=299 => Meaning::Anew,
        // What was asked for begins behind the end of what the server has.
        416 if at > 0 => Meaning::AskAnew,
        408 | 425 | 429 | 500 | 502..=504 => Meaning::Busy,
        _ => Meaning::Refused,
    }
}

/// Whether two names of a version differ; none where one of them is not known.
fn is_other(one: &Option<String>, other: &Option<String>) -> Option<bool> {
    Some(one.as_ref()? != other.as_ref()?)
}

fn is_other_length(one: Option<u64>, other: Option<u64>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}

/// The first byte of `bytes 5-9/10`, and how many there are in all; none where it makes no sense.
fn parse_range(text: &str) -> Option<(u64, Option<u64>)> {
    let (unit, range) = text.trim().split_once(' ')?;
    let (range, total) = range.trim().split_once('/')?;
    let (first, last) = range.split_once('-')?;
    let (first, last): (u64, u64) = (first.parse().ok()?, last.parse().ok()?);
    let total = if total == "*" { None } else { Some(total.parse().ok()?) };
    let makes_sense =
        unit.eq_ignore_ascii_case("bytes") && first <= last && total.is_none_or(|total| last < total);
    makes_sense.then_some((first, total))
}
