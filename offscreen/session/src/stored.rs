//! What the files in the storage are, taken together.

use crate::{Stored, StoredFile};
use catalog::ModelInfo;

/// How much of a model is stored.
pub(crate) fn stored(info: &ModelInfo, files: &[StoredFile]) -> Stored {
    let file = |sha256: &str, bytes: u64| match files.iter().find(|file| file.sha256 == sha256) {
        None => Stored::No,
        Some(file) if file.bytes == bytes => Stored::Whole,
        Some(_) => Stored::Damaged,
    };
    let Some(translator) = catalog::find_translator(&info.sha256) else {
        return file(&info.sha256, info.bytes);
    };
    let parts: Vec<Stored> = translator.files.iter().map(|part| file(&part.sha256, part.bytes)).collect();
    let is_any = |stored| parts.contains(&stored);
    // One of which some files are missing was not installed to its end: the others are fetched then.
    match () {
        () if is_any(Stored::No) => Stored::No,
        () if is_any(Stored::Damaged) => Stored::Damaged,
        () => Stored::Whole,
    }
}

/// Stands for a stored file of which nothing is known and nothing can be found out: so that it can
/// be removed.
pub(crate) fn unreadable(StoredFile { sha256, bytes }: StoredFile) -> ModelInfo {
    ModelInfo {
        id: sha256.clone(),
        name: "A model file that cannot be read".to_owned(),
        family: String::new(),
        licence: None,
        languages: String::new(),
        good_for: String::new(),
        bytes,
        sha256,
        parameters: 0,
        chats: false,
        context: 0,
        cached_values: 0,
        source: String::new(),
    }
}
