use crate::{ModelInfo, Part, Profile, find_translator};
use protocol::ModelKind;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Models with at least so many parameters write summaries; smaller ones invent (SmolLM2-135M:
/// names and loops, whatever the prompt), but can shorten a sentence.
pub const WRITES_FROM: u64 = 400_000_000;

/// The id of the model that comes with the extension: English summaries and rewrites.
pub const SMOLLM2: &str = "smollm2-135m-instruct";

/// The id of the model that translates.
pub const GEMMA3: &str = "gemma-3-270m";

/// A measured model.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// What it is.
    pub info: ModelInfo,
    /// Name of its file, in a cache of models and in the extension's package.
    pub file: String,
    /// Where the pieces lie that make up the file, in order.
    pub parts: Vec<Part>,
    /// Its adapters, by what jobs call them: names of files in `offscreen/adapters/`, and in the
    /// extension's package beside its own.
    #[serde(default)]
    pub adapters: BTreeMap<String, String>,
    /// What it was measured to do: `tests/{summaries,rewrites,translations}/README.md`.
    pub profile: Profile,
}

/// What is expected of a model of which only the kind is known. Nothing of it is
/// [`protocol::Ability::Good`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unmeasured {
    /// It answers, but is too small to write about a page.
    pub tiny_chat: Profile,
    /// It answers.
    pub chat: Profile,
    /// It only continues texts.
    pub base: Profile,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Catalog {
    models: Vec<Model>,
    unmeasured: Unmeasured,
}

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
    serde_json::from_str(include_str!("../models.json")).expect("models.json")
});

/// The measured models, in the order of preference.
#[must_use]
pub fn models() -> &'static [Model] {
    &CATALOG.models
}

/// The profiles of the kinds of model.
#[must_use]
pub fn unmeasured() -> &'static Unmeasured {
    &CATALOG.unmeasured
}

/// The measured model of this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Model> {
    models().iter().find(|model| model.info.id == id)
}

/// The measured model of this id, for whoever knows that there is one.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn measured(id: &str) -> &'static Model {
    find(id).unwrap_or_else(|| panic!("models.json has no {id}"))
}

/// The measured model whose file has this SHA-256 (lower-case hexadecimal).
#[must_use]
pub fn find_file(sha256: &str) -> Option<&'static Model> {
    models().iter().find(|model| model.info.sha256 == sha256)
}

impl ModelInfo {
    /// Its adapters, as [`Model::adapters`]: made for this very file.
    #[must_use]
    pub fn adapters(&self) -> &'static BTreeMap<String, String> {
        static NONE: BTreeMap<String, String> = BTreeMap::new();
        find_file(&self.sha256).map_or(&NONE, |model| &model.adapters)
    }

    /// What it was made for.
    #[must_use]
    pub fn kind(&self) -> ModelKind {
        if find_translator(&self.sha256).is_some() { ModelKind::Translator } else { ModelKind::Language }
    }

    /// What it can be trusted with: what was measured of this very file, else what its kind can.
    #[must_use]
    pub fn profile(&self) -> &'static Profile {
        if let Some(translator) = find_translator(&self.sha256) {
            return &translator.profile;
        }
        match find_file(&self.sha256) {
            Some(model) => &model.profile,
            None if !self.chats => &unmeasured().base,
            None if self.parameters < WRITES_FROM => &unmeasured().tiny_chat,
            None => &unmeasured().chat,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Method;
    use protocol::Ability;
    use std::collections::HashSet;

    #[test]
    fn ids_and_files_are_each_ones_own() {
        for id in [SMOLLM2, GEMMA3] {
            assert_eq!(measured(id).info.id, id);
        }
        let facts = |of: fn(&Model) -> &str| models().iter().map(of).collect::<HashSet<_>>().len();
        assert_eq!(facts(|model| &model.info.id), models().len());
        assert_eq!(facts(|model| &model.info.sha256), models().len());
        assert_eq!(facts(|model| &model.file), models().len());
    }

    #[test]
    fn every_model_has_a_file_that_can_be_fetched_and_checked() {
        for model in models() {
            let info = &model.info;
            assert!(!model.parts.is_empty(), "{}", info.id);
            let is_digit = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
            assert!(info.sha256.len() == 64 && info.sha256.chars().all(is_digit), "{}", info.id);
            assert_eq!(find_file(&info.sha256).map(|found| &found.info.id), Some(&info.id));
        }
    }

    #[test]
    fn what_was_not_measured_is_an_experiment_at_most() {
        let Unmeasured { tiny_chat, chat, base } = unmeasured();
        for profile in [tiny_chat, chat, base] {
            let abilities = profile.abilities();
            let rewrite = abilities.rewrite.iter().map(|way| way.ability);
            let translate = abilities.translate.iter().map(|direction| direction.ability);
            let all = rewrite.chain(translate).chain([abilities.summarize]);
            assert!(all.max() <= Some(Ability::Experimental), "{profile:?}");
        }
    }

    /// A file that was not measured.
    fn own(name: &str, parameters: u64, chats: bool) -> ModelInfo {
        let known = measured(SMOLLM2).info.clone();
        ModelInfo {
            id: "0".repeat(64),
            sha256: "0".repeat(64),
            name: name.to_owned(),
            parameters,
            chats,
            ..known
        }
    }

    #[test]
    fn what_was_measured_belongs_to_the_file() {
        let (smollm2, gemma3) = (measured(SMOLLM2), measured(GEMMA3));
        assert_eq!(smollm2.info.profile(), &smollm2.profile);
        assert_eq!(gemma3.info.profile(), &gemma3.profile);
        let renamed = ModelInfo { name: "Anything".to_owned(), ..smollm2.info.clone() };
        assert_eq!(renamed.profile().summarize, Ability::Good);
    }

    #[test]
    fn a_name_promises_nothing() {
        let finetune = own("my smollm2", 134_515_008, true);
        assert_eq!(finetune.profile(), &unmeasured().tiny_chat);
        assert_eq!(own("Gemma 3 270m", 268_098_176, false).profile(), &unmeasured().base);
    }

    #[test]
    fn kinds_are_told_apart() {
        let method = |parameters, chats| own("Own", parameters, chats).profile().method;
        assert_eq!(method(494_032_768, true), Method::Write);
        assert_eq!(method(134_515_008, true), Method::Shorten);
        assert_eq!(method(494_032_768, false), Method::Quote);
    }
}
