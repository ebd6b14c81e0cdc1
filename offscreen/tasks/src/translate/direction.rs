//! From which language into which.

use crate::error::Error;
use crate::languages::{self, Language, find_named};
use crate::text_language::{detect, name};
use catalog::{Profile, primary_subtag};
use protocol::Ability;

/// A pair of languages.
#[derive(Clone, Copy)]
pub(super) struct Direction {
    pub(super) from: &'static Language,
    pub(super) to: &'static Language,
}

impl Direction {
    /// Of what was chosen, or else detected, and what is wanted (BCP 47 tags).
    pub(super) fn of(
        profile: &Profile,
        chosen: Option<&str>,
        detected: Option<&str>,
        to: &str,
    ) -> Result<Self, Error> {
        let from = source(chosen, detected)?;
        needed(from, to)?;
        match (languages::find(from), languages::find(to)) {
            (Some(from), Some(to)) if profile.translate(from.tag, to.tag) > Ability::Unfit => {
                log::debug!("from {} into {}", from.name, to.name);
                Ok(Self { from, to })
            }
            _ => unsupported(&format!("translate from {} into {}", name(from), name(to))),
        }
    }

    /// As [`Self::of`], where translators of their own kind lead from one of `path` to the next.
    pub(super) fn along(
        path: &[&str],
        chosen: Option<&str>,
        detected: Option<&str>,
        to: &str,
    ) -> Result<Self, Error> {
        let from = source(chosen, detected)?;
        let (known, wanted) = (find_named(from), find_named(to));
        match (known, wanted) {
            (Some(from), Some(to)) if from.tag == to.tag => {
                return Err(Error::Already { language: to.name.to_owned() });
            }
            _ => needed(from, to)?,
        }
        let end = |tag: Option<&&str>| tag.and_then(|tag| find_named(tag)).map(|language| language.tag);
        let ends = [end(path.first()), end(path.last())];
        match (known, wanted) {
            (Some(from), Some(to)) if ends == [Some(from.tag), Some(to.tag)] => {
                log::debug!("from {} into {}", from.name, to.name);
                Ok(Self { from, to })
            }
            _ => {
                let name = |tag: &str, found: Option<&Language>| {
                    found.map_or_else(|| name(tag), |language| language.name.to_owned())
                };
                unsupported(&format!("translate from {} into {}", name(from, known), name(to, wanted)))
            }
        }
    }

    /// Whether more than the names of both languages is known.
    pub(super) fn is_described(self) -> bool {
        self.from.is_described() && self.to.is_described()
    }

    /// Whether a part of the text is not to be translated: it is in the language that is wanted, or
    /// in one that is neither. A language of which little is known is easily taken for a neighbour.
    pub(super) fn passes_over(self, part: &str) -> bool {
        detect(part).is_some_and(|tag| {
            if self.from.is_described() { tag != self.from.tag } else { tag == self.to.tag }
        })
    }
}

/// The language of a text: that which was chosen, or else detected.
fn source<'t>(chosen: Option<&'t str>, detected: Option<&'t str>) -> Result<&'t str, Error> {
    let known = |tag: &&str| !["", "und"].contains(&primary_subtag(tag).as_str());
    match chosen.filter(known).or(detected.filter(known)) {
        Some(from) => Ok(from),
        None => unsupported("tell which language this is: choose it"),
    }
}

/// Whether there is anything to translate between two languages (BCP 47 tags).
pub(super) fn needed(from: &str, to: &str) -> Result<(), Error> {
    if primary_subtag(from) == primary_subtag(to) {
        return Err(Error::Already { language: name(to) });
    }
    Ok(())
}

fn unsupported<T>(what: &str) -> Result<T, Error> {
    Err(Error::Unsupported { what: what.to_owned() })
}
