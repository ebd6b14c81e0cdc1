//! The models that can be had and those that are there.

use crate::{Failure, ModelId, RewriteOperation, ServedModel};
use serde::{Deserialize, Serialize};

/// A model as a person chooses it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ModelCard {
    pub id: ModelId,
    pub kind: ModelKind,
    pub name: String,
    /// Its architecture, such as `llama`.
    pub family: String,
    /// Licence of the weights, as far as it is known.
    pub licence: Option<String>,
    /// The languages it knows, in words.
    pub languages: String,
    /// What it is good for, in a sentence.
    pub good_for: String,
    /// Length of its files as they are fetched and kept.
    pub bytes: f64,
    /// SHA-256 of the file with its weights, in lower-case hexadecimal.
    pub sha256: String,
    /// Memory it takes on the processor, in bytes.
    pub memory: f64,
    /// Whether there is as much, and what the engine needs besides.
    pub fit: Fit,
    /// Whether `bytes` and `memory` are estimates: the length of its file is not known before it is
    /// fetched.
    pub estimated: bool,
    /// Tokens it was made to read at once.
    pub context: u32,
    /// Where its file comes from: an address, a file's name, or `package`; or where its server is asked.
    pub source: String,
    /// Whether its file comes with the extension: it is installed from there when it is first
    /// needed.
    pub packaged: bool,
    /// Whether a job can use it without asking the reader first: it is installed, `packaged`, or on a
    /// server that the reader has added.
    pub here: bool,
    /// Whether the engine ended while it loaded this model the last time: it is loaded when a job
    /// needs it, and not ahead of one.
    pub interrupted: bool,
    pub state: ModelCardState,
    /// What it can be trusted with.
    pub abilities: Abilities,
    /// How fast it was here in its last jobs, once there was one: tokens a second that it wrote, of a
    /// translator words a second that it read.
    pub speed: Option<f64>,
    /// Length of the files of a newer version, where there is one: until those are here and right, this
    /// one is used.
    pub update: Option<f64>,
}

/// Whether a model has room here, as far as that is known before it is loaded.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "fit", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Fit {
    /// On every device.
    Fits,
    /// Not in the processor's memory; on a GPU, if that has as much.
    OnGpu {
        /// Bytes that it needs.
        needs: f64,
        /// Bytes that the processor can give.
        has: f64,
    },
    /// Nowhere.
    TooLarge {
        /// Bytes that it needs.
        needs: f64,
        /// Bytes that the processor can give.
        has: f64,
    },
}

/// What a model is made for.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum ModelKind {
    /// It writes any text.
    Language,
    /// It translates one language into one other, and does nothing else.
    Translator,
}

/// Where a model stands.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "state", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ModelCardState {
    /// Not installed.
    Available,
    /// Being installed.
    Installing {
        /// Bytes that are there.
        bytes: f64,
        /// Bytes that it will be, where that is known.
        total: Option<f64>,
        step: InstallStep,
    },
    /// Of its file a part has come; another request to install it goes on there.
    Paused {
        /// Bytes that are there.
        bytes: f64,
        /// Bytes that it will be, where that is known.
        total: Option<f64>,
        /// Whether its address is to be entered once more: a name, password, query or fragment in
        /// it, which may be a key, is not kept.
        needs_address: bool,
        /// Why, if it was not the reader's wish or the end of the engine.
        failure: Option<Failure>,
    },
    /// In the browser's storage.
    Installed {
        /// Whether this engine has looked through all of it, and found it as it was installed.
        checked: bool,
    },
    /// In the browser's storage; all of it is being looked through.
    Checking {
        /// Bytes that were.
        bytes: f64,
        /// Bytes that it has.
        total: f64,
    },
    /// In the browser's storage, and not as it was when it was installed.
    Damaged {
        /// How it was seen, and what to do.
        failure: Failure,
        /// Bytes to fetch so that it is whole again, where it is known which they are and where to
        /// fetch them.
        repair: Option<f64>,
    },
    /// In the browser's storage; what is damaged of it is being fetched. No job can use it meanwhile.
    Repairing {
        /// Bytes that have come.
        bytes: f64,
        /// Bytes that are to come.
        total: f64,
        step: InstallStep,
    },
    /// On a server of the reader's, which writes in the place of this device.
    OnServer { served: ServedModel },
    /// The installation failed.
    Failed {
        /// Why, and what to do.
        failure: Failure,
    },
}

/// What is being done to install a model.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum InstallStep {
    /// Its file is on its way.
    Fetching,
    /// What came of it before is checked.
    Checking,
    /// The connection was lost, and is tried again in a moment.
    Waiting,
}

/// What a model can be trusted with, as measured.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Abilities {
    pub summarize: Ability,
    /// Each way of rewriting.
    pub rewrite: Vec<RewriteAbility>,
    /// The directions of translation that were measured; others are [`Ability::Unfit`].
    pub translate: Vec<TranslateAbility>,
}

/// How far a model can be trusted with something.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Ability {
    /// It fails: not offered.
    #[default]
    Unfit,
    /// It often works, or was not measured: offered as an experiment.
    Experimental,
    /// It mostly works.
    Good,
}

/// How well a model rewrites in one way.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct RewriteAbility {
    pub operation: RewriteOperation,
    pub ability: Ability,
}

/// How well a model translates in one direction.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct TranslateAbility {
    /// The language of the text (primary subtag of BCP 47).
    pub from: String,
    pub to: String,
    pub ability: Ability,
}
