use crate::{Profile, find_file, unmeasured};
use protocol::ModelId;
use serde::{Deserialize, Serialize};

/// Models with at least so many parameters write summaries; smaller ones invent (SmolLM2-135M:
/// names and loops, whatever the prompt), but can shorten a sentence.
const WRITES_FROM: u64 = 400_000_000;

/// What is known of a model file: published and measured, or brought by the reader and inspected.
///
/// Stored as it is here beside each installed file of the reader's own.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct ModelInfo {
    /// A short name, or the SHA-256 of a file that was not measured.
    pub id: ModelId,
    /// The name shown.
    pub name: String,
    /// Architecture, such as `llama`.
    pub family: String,
    /// Licence of the weights, where it is known.
    pub licence: Option<String>,
    /// The languages it knows, in words.
    pub languages: String,
    /// What it is good for, in a sentence.
    pub good_for: String,
    /// Length of the file.
    pub bytes: u64,
    /// SHA-256 of the file, in lower-case hexadecimal.
    pub sha256: String,
    /// Number of weights.
    pub parameters: u64,
    /// Whether it answers (has a chat template) or only continues texts.
    pub chats: bool,
    /// Tokens it was made to read at once.
    pub context: u32,
    /// Values that the KV cache keeps of a token.
    pub cached_values: u32,
    /// Where the file comes from, in words.
    pub source: String,
}

impl ModelInfo {
    /// What it can be trusted with: what was measured of this very file, else what its kind can.
    #[must_use]
    pub fn profile(&self) -> &'static Profile {
        match find_file(&self.sha256) {
            Some(model) => &model.profile,
            None if !self.chats => &unmeasured().base,
            None if self.parameters < WRITES_FROM => &unmeasured().tiny_chat,
            None => &unmeasured().chat,
        }
    }
}

/// A piece of a model's file, in a package of Python's registry.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The package and its version, as `pip` takes it.
    pub package: String,
    /// The end of the path of the piece inside the package.
    pub member: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{GEMMA3, Method, SMOLLM2, measured};
    use protocol::Ability;

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

    #[test]
    fn a_stored_description_of_an_earlier_version_can_be_read() {
        let stored = r#"{"id":"ab","name":"Own","family":"llama","licence":null,"languages":"",
            "good_for":"","bytes":1,"sha256":"ab","parameters":1,"chats":true,"context":1,
            "cached_values":1,"source":"own.gguf","packaged_as":null}"#;
        assert_eq!(serde_json::from_str::<ModelInfo>(stored).unwrap().source, "own.gguf");
    }
}
