//! Which directions which model translates how well, as measured (`tests/translations/README.md`).
//!
//! Good is a direction in which the model's sentences reach a chrF of 65 and, read by a person, at least two of three say what
//! the original says: enough to understand a page. Experimental is what comes nearer to the reference than the untranslated text.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_measured_is_good() {
        let gemma = Capability { profile: Profile::Gemma3Base };
        assert_eq!(gemma.translate("de-CH", "en-US"), Ability::Good);
        assert_eq!(gemma.translate("en", "de"), Ability::Experimental);
        for (from, to) in [("de", "fr"), ("en", "en"), ("ja", "en"), ("", "en")] {
            assert_eq!(gemma.translate(from, to), Ability::Unfit, "{from} {to}");
        }
        let all = gemma.translations();
        assert_eq!((all.len(), all[0].ability, all[9].ability), (10, Ability::Good, Ability::Experimental));
        assert!(Capability { profile: Profile::SmolLm2 }.translations().is_empty());
    }
}
