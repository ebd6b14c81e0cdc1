//! From which language into which.

use crate::error::Error;
use crate::languages::{self, Language};
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
        let known = |tag: &&str| !["", "und"].contains(&primary_subtag(tag).as_str());
        let Some(from) = chosen.filter(known).or(detected.filter(known)) else {
            return unsupported("tell which language this is: choose it");
        };
        needed(from, to)?;
        match (languages::find(from), languages::find(to)) {
            (Some(from), Some(to)) if profile.translate(from.tag, to.tag) > Ability::Unfit => {
                log::debug!("from {} into {}", from.name, to.name);
                Ok(Self { from, to })
            }
            _ => unsupported(&format!("translate from {} into {}", name(from), name(to))),
        }
    }

    /// Whether a part of the text is not to be translated: it is in the language that is wanted, or
    /// in one that is neither.
    pub(super) fn passes_over(self, part: &str) -> bool {
        detect(part).is_some_and(|tag| tag != self.from.tag)
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
