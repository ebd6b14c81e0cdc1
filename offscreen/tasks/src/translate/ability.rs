//! Which directions which model translates how well, as measured (`tests/translations/README.md`).

use super::languages::{LANGUAGES, Language};
use crate::{Capability, Profile};
use protocol::{Ability, TranslateAbility};

impl Capability {
    /// How well it translates from one language into another (BCP 47 tags).
    #[must_use]
    pub fn translate(self, from: &str, to: &str) -> Ability {
        let (Some(from), Some(to)) = (Language::of(from), Language::of(to)) else { return Ability::Unfit };
        match (self.profile, from.tag, to.tag) {
            (_, from, to) if from == to => Ability::Unfit,
            (Profile::Gemma3Base, _, "en") => Ability::Good,
            (Profile::Gemma3Base, "en", _) => Ability::Experimental,
            // Larger models that answer were not measured.
            (Profile::Chat, _, _) => Ability::Experimental,
            _ => Ability::Unfit,
        }
    }

    /// Every direction that it translates at all, the best first.
    #[must_use]
    pub fn translations(self) -> Vec<TranslateAbility> {
        let pairs = LANGUAGES.iter().flat_map(|from| LANGUAGES.iter().map(move |to| (from.tag, to.tag)));
        let mut abilities: Vec<TranslateAbility> = pairs
            .map(|(from, to)| (from, to, self.translate(from, to)))
            .filter(|&(_, _, ability)| ability > Ability::Unfit)
            .map(|(from, to, ability)| TranslateAbility { from: from.to_owned(), to: to.to_owned(), ability })
            .collect();
        abilities.sort_by_key(|direction| std::cmp::Reverse(direction.ability));
        abilities
    }
}
