//! From which language into which.

use crate::error::Error;
use crate::languages::{self, Language};
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
        if primary_subtag(from) == primary_subtag(to) {
            return unsupported(&format!("translate into {0}: the text is {0} already", name(to)));
        }
        match (languages::find(from), languages::find(to)) {
            (Some(from), Some(to)) if profile.translate(from.tag, to.tag) > Ability::Unfit => {
                log::debug!("from {} into {}", from.name, to.name);
                Ok(Self { from, to })
            }
            _ => unsupported(&format!("translate from {} into {}", name(from), name(to))),
        }
    }
}

fn unsupported<T>(what: &str) -> Result<T, Error> {
    Err(Error::Unsupported { what: what.to_owned() })
}

/// The English name of a language, or else its tag: pages may declare anything.
fn name(tag: &str) -> String {
    let shown = |tag: &str| tag.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(20).collect();
    languages::find(tag).map_or_else(|| shown(tag), |language| language.name.to_owned())
}
