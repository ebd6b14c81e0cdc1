//! The models that are known: facts, and what they were measured to do.
//!
//! `models.json` beside this crate is the one place where a model is written down: what its file
//! is and where it can be fetched, and its [`Profile`]. The engine, the build, the tests and
//! (through the engine's messages) the views read it. A measured profile belongs to one file, known
//! by its SHA-256: a file of the same name, or a finetune of the same model, was not measured. Of
//! any other file only the kind is known, and a kind is trusted with experiments at most.
//!
//! [`translators`] are those that know one direction each, and are fetched where a reader wants them.
//!
//! [`library`] lists models that others publish, of which nothing but the kind is known either.
//!
//! [`best`] is the rule by which models are taken for a task, wherever they are taken or named.

mod choice;
mod data;
mod info;
mod languages;
mod library;
mod profile;
mod translators;

pub use choice::{Route, best};
pub use data::{
    GEMMA3, Model, SMOLLM2, Unmeasured, WRITES_FROM, find, find_file, measured, models, unmeasured,
};
pub use info::{ModelInfo, Part};
pub use languages::{LANGUAGE_NAMES, language_name, primary_subtag};
pub use library::{NOT_MEASURED, find_published, library, newer_published};
pub use profile::{Method, Profile, PromptStyle};
pub use translators::{
    Role, TRANSLATORS, Translator, TranslatorFile, Unpacked, find_translator, is_of_translator,
    newer_translator, older_translators, set_translators, translators,
};

/// The newest version of a model, if this is an older one.
#[must_use]
pub fn newer(info: &ModelInfo) -> Option<&'static ModelInfo> {
    newer_translator(info).map(|newer| &newer.info).or_else(|| newer_published(info))
}
