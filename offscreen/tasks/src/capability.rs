//! Which model can do what. What the profiles can be trusted with stands with each task; here is what is common to all.

use crate::words::primary_subtag;
use protocol::Ability;

/// Models with at least so many parameters write summaries; smaller ones invent (SmolLM2-135M: names and loops, whatever
/// the prompt), but can shorten a sentence.
const WRITES_FROM: u64 = 400_000_000;

/// How a summary is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Choose sentences and leave them as they are.
    Quote,
    /// Choose sentences without the model, let it shorten each, keep what stays true.
    Shorten,
    /// Let the model write points about each part of the page, keep what is grounded.
    Write,
}

/// Models that behave alike. The first two were measured; of the others only the kind is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// SmolLM2-135M-Instruct: English only.
    SmolLm2,
    /// Gemma 3 270M as it was trained, without instructions: continues texts in many languages.
    Gemma3Base,
    /// Any other tiny model that answers.
    TinyChat,
    /// Any larger model that answers.
    Chat,
    /// Any other model that only continues texts.
    Base,
}

/// What a model can be trusted with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capability {
    /// The kind of model.
    pub profile: Profile,
}

impl Capability {
    /// Of a model by its name (a file's `general.name` or file name), its number of parameters and whether it has a chat
    /// template.
    #[must_use]
    pub fn of(name: &str, parameters: u64, chats: bool) -> Self {
        let name = name.to_lowercase();
        let tiny = parameters < WRITES_FROM;
        let profile = match (chats, tiny) {
            (true, true) if name.contains("smollm2") => Profile::SmolLm2,
            (false, true) if name.contains("gemma") => Profile::Gemma3Base,
            (true, true) => Profile::TinyChat,
            (true, false) => Profile::Chat,
            (false, _) => Profile::Base,
        };
        Self { profile }
    }

    /// How it summarises.
    #[must_use]
    pub fn method(self) -> Method {
        match self.profile {
            Profile::SmolLm2 | Profile::TinyChat => Method::Shorten,
            Profile::Chat => Method::Write,
            Profile::Gemma3Base | Profile::Base => Method::Quote,
        }
    }

    /// How well it summarises.
    #[must_use]
    pub fn summarize(self) -> Ability {
        match self.profile {
            Profile::SmolLm2 => Ability::Good,
            Profile::TinyChat | Profile::Chat => Ability::Experimental,
            Profile::Gemma3Base | Profile::Base => Ability::Unfit,
        }
    }

    /// True when the model knows the language of this BCP 47 tag. Pages that declare none are taken for English.
    #[must_use]
    pub fn speaks(self, tag: Option<&str>) -> bool {
        let primary = tag.map(primary_subtag).filter(|primary| !primary.is_empty());
        self.profile != Profile::SmolLm2 || primary.as_deref().unwrap_or("en") == "en"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_are_told_apart() {
        let of = |name, parameters, chats| Capability::of(name, parameters, chats);
        let smol = of("SmolLM2 135M Instruct", 134_515_008, true);
        assert_eq!((smol.profile, smol.method()), (Profile::SmolLm2, Method::Shorten));
        assert!(smol.speaks(Some("en-US")) && smol.speaks(None) && smol.speaks(Some("")));
        assert!(!smol.speaks(Some("de")));
        let gemma = of("Gemma 3 270m", 268_098_176, false);
        assert_eq!((gemma.profile, gemma.summarize()), (Profile::Gemma3Base, Ability::Unfit));
        assert!(gemma.speaks(Some("de")));
        let qwen = of("Qwen2.5 0.5B Instruct", 494_032_768, true);
        assert_eq!((qwen.profile, qwen.method()), (Profile::Chat, Method::Write));
    }
}
