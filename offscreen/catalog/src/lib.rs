//! The models that are known: facts, and what they were measured to do.
//!
//! `models.json` beside this crate is the one place where a model is written down: what its file
//! is and where it can be fetched, and its [`Profile`]. The engine, the build, the tests and
//! (through the engine's messages) the views read it. A measured profile belongs to one file, known
//! by its SHA-256: a file of the same name, or a finetune of the same model, was not measured. Of
//! any other file only the kind is known, and a kind is trusted with experiments at most.
//!
//! [`best`] is the rule by which a model is taken for a task, wherever one is taken or named.

mod choice;
mod info;
mod profile;

pub use choice::best;
pub use info::{ModelInfo, Part};
pub use profile::{Method, Profile, PromptStyle, primary_subtag};

use serde::Deserialize;
use std::sync::LazyLock;

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

#[cfg(test)]
mod tests {
    use super::*;
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
}
