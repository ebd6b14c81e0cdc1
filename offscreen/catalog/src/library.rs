//! The library: models for instructions that others publish, each known by the SHA-256 of one file.
//! Nobody measured here what they do, and how long a file is shows once it is fetched: until then a
//! length is worked out from the model's published numbers. `library.json` holds the facts.

use crate::ModelInfo;
use serde::Deserialize;
use std::sync::LazyLock;

/// What is said of a model that answers, and was not measured.
pub const NOT_MEASURED: &str = "Not measured: every result is checked, but it is an experiment.";

/// Weights that the formats of Q4_K_M pack together: rows that are no multiple are packed in others.
const PACKED: u64 = 256;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Published {
    name: String,
    family: String,
    licence: String,
    /// As its maker states them.
    languages: String,
    quantisation: Quantisation,
    parameters: u64,
    /// Rows of the embedding table, which is the output's too.
    vocabulary: u64,
    /// Columns of it.
    width: u64,
    context: u32,
    cached_values: u32,
    url: String,
    sha256: String,
}

/// How a file's weights are packed, as llama.cpp names the mixtures.
#[derive(Clone, Copy, Deserialize)]
enum Quantisation {
    Q4_0,
    #[serde(rename = "Q4_K_M")]
    Q4KM,
}

static LIBRARY: LazyLock<Vec<ModelInfo>> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
    let published: Vec<Published> =
        serde_json::from_str(include_str!("../library.json")).expect("library.json");
    published.into_iter().map(Published::info).collect()
});

/// The models of the library, the smallest first. Their ids are the addresses that they are
/// installed from, as those of other models that are on their way; their lengths are estimates.
#[must_use]
pub fn library() -> &'static [ModelInfo] {
    &LIBRARY
}

/// The model of the library whose file has this SHA-256 (lower-case hexadecimal).
#[must_use]
pub fn find_published(sha256: &str) -> Option<&'static ModelInfo> {
    library().iter().find(|info| info.sha256 == sha256)
}

/// What the library has by now at the address that a model was installed from, if that is another file.
#[must_use]
pub fn newer_published(info: &ModelInfo) -> Option<&'static ModelInfo> {
    library().iter().find(|published| published.source == info.source && published.sha256 != info.sha256)
}

impl ModelInfo {
    /// What was found in an installed file, with what is published of it in words, if it is of the
    /// library.
    #[must_use]
    pub fn or_published(self) -> Self {
        let Some(published) = find_published(&self.sha256) else { return self };
        let Self { name, licence, languages, .. } = published.clone();
        Self { name, licence, languages, ..self }
    }
}

impl Published {
    fn info(self) -> ModelInfo {
        ModelInfo {
            id: self.url.clone(),
            bytes: rounded(estimate(self.quantisation, self.parameters, self.vocabulary, self.width)),
            name: self.name,
            family: self.family,
            licence: Some(self.licence),
            languages: self.languages,
            good_for: NOT_MEASURED.to_owned(),
            sha256: self.sha256,
            parameters: self.parameters,
            chats: true,
            context: self.context,
            cached_values: self.cached_values,
            source: self.url,
        }
    }
}

/// About how many bytes a file has: the mixtures keep a table that is the output's too in more bits
/// than the rest, and all of it where rows cannot be packed as they would like.
fn estimate(quantisation: Quantisation, parameters: u64, vocabulary: u64, width: u64) -> u64 {
    let is_packed = width.is_multiple_of(PACKED);
    // Bytes of a hundred weights.
    let table = if is_packed { 82 } else { 106 };
    let rest = match quantisation {
        Quantisation::Q4_0 => 56,
        Quantisation::Q4KM if is_packed => 60,
        Quantisation::Q4KM => 69,
    };
    let in_table = vocabulary * width;
    (in_table * table + parameters.saturating_sub(in_table) * rest) / 100
}

/// With two digits that mean something.
fn rounded(bytes: u64) -> u64 {
    let unit = 10_u64.pow(bytes.checked_ilog10().unwrap_or(0).saturating_sub(1));
    (bytes + unit / 2) / unit * unit
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{GEMMA3, find_file, find_translator, measured};
    use protocol::Ability;
    use std::collections::HashSet;

    #[test]
    fn every_file_is_known_by_its_hash_alone_and_by_one_address() {
        let mut seen = HashSet::new();
        for info in library() {
            let is_digit = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
            assert!(info.sha256.len() == 64 && info.sha256.chars().all(is_digit), "{}", info.name);
            assert!(info.source.starts_with("https://") && info.source.ends_with(".gguf"), "{}", info.name);
            assert!(seen.insert(&info.sha256) && seen.insert(&info.source) && seen.insert(&info.name));
            assert!(find_file(&info.sha256).is_none() && find_translator(&info.sha256).is_none());
            assert_eq!(info.id, info.source, "what is on its way from there is told on its card");
        }
        assert_eq!(library().len(), 11);
        assert!(library().is_sorted_by_key(|info| info.bytes));
    }

    #[test]
    fn nothing_of_it_was_measured() {
        for info in library() {
            let abilities = info.profile().abilities();
            assert_eq!(abilities.summarize, Ability::Experimental, "{}", info.name);
            assert!(abilities.translate.iter().all(|direction| direction.ability < Ability::Good));
        }
    }

    #[test]
    fn lengths_are_about_those_of_files() {
        let known = &measured(GEMMA3).info;
        let estimate = estimate(Quantisation::Q4KM, known.parameters, 262_144, 640);
        assert!(estimate.abs_diff(known.bytes) < known.bytes / 20, "{estimate}, not {}", known.bytes);
        assert_eq!([1_234_567, 99_600, 0].map(rounded), [1_200_000, 100_000, 0]);
        let named = |name: &str| library().iter().find(|info| info.name == name).unwrap().bytes;
        assert_eq!((named("Qwen3-0.6B"), named("SmolLM3-3B")), (390_000_000, 1_900_000_000));
    }

    #[test]
    fn an_installed_file_has_its_own_numbers_and_the_librarys_words() {
        let published = &library()[0];
        let own = ModelInfo { name: "file.gguf".to_owned(), licence: None, bytes: 7, ..published.clone() };
        let found = own.clone().or_published();
        assert_eq!((found.name.as_str(), found.bytes), (published.name.as_str(), 7));
        assert_eq!(found.licence, published.licence);
        let other = ModelInfo { sha256: "0".repeat(64), ..own };
        assert_eq!(other.clone().or_published(), other);
        assert_eq!((newer_published(&other), newer_published(published)), (Some(published), None));
    }
}
