//! What the files in the storage are, taken together.

use crate::{Presence, Stored, StoredFile};
use catalog::{ModelInfo, Translator, TranslatorFile};
use protocol::ModelId;

/// The files of a model, as they should be.
pub(crate) fn files_of(info: &ModelInfo) -> Vec<StoredFile> {
    match catalog::find_translator(&info.sha256) {
        None => vec![StoredFile { sha256: info.sha256.clone(), bytes: info.bytes }],
        Some(translator) => {
            let file = |part: &TranslatorFile| StoredFile { sha256: part.sha256.clone(), bytes: part.bytes };
            translator.files.iter().map(file).collect()
        }
    }
}

/// The version of a translator that is used: the newest, as long as it is not so that only an older
/// one is there.
pub(crate) fn used(newest: &'static Translator, files: &[StoredFile]) -> &'static ModelInfo {
    let is_whole = |info: &&ModelInfo| stored(info, files) == Stored::Whole;
    let older = catalog::older_translators().iter().filter(|older| older.info.id == newest.info.id);
    let mut versions = [newest].into_iter().chain(older).map(|one| &one.info);
    versions.find(is_whole).unwrap_or(&newest.info)
}

/// Leaves of a measured model, where two versions of it are here, the one that is used: the newest,
/// unless only the older can be.
pub(crate) fn leave_one_version(models: &mut Vec<(ModelInfo, Presence)>) {
    let is_newest = |info: &ModelInfo| catalog::find_file(&info.sha256).is_some();
    let here = |newest: bool| -> Vec<ModelId> {
        let here = models.iter().filter(|(info, presence)| is_newest(info) == newest && presence.is_here());
        here.map(|(info, _)| info.id.clone()).collect()
    };
    let (newest, older) = (here(true), here(false));
    models.retain(|(info, _)| match catalog::find(&info.id) {
        None => true,
        Some(_) if is_newest(info) => newest.contains(&info.id) || !older.contains(&info.id),
        Some(_) => !newest.contains(&info.id),
    });
}

/// Leaves of a model of the library of which an older version is here one card: the older's, until the
/// newest is here too.
pub(crate) fn leave_one_published(models: &mut Vec<(ModelInfo, Presence)>) {
    let is_here = |newer: &ModelInfo| {
        models.iter().any(|(info, presence)| info.sha256 == newer.sha256 && presence.is_here())
    };
    let left_out = models.iter().filter_map(|(info, _)| {
        let newer = catalog::newer_published(info)?;
        Some(if is_here(newer) { info.sha256.clone() } else { newer.sha256.clone() })
    });
    let left_out: Vec<String> = left_out.collect();
    models.retain(|(info, _)| !left_out.contains(&info.sha256));
}

/// How much of a model is stored.
pub(crate) fn stored(info: &ModelInfo, files: &[StoredFile]) -> Stored {
    let one = |wanted: StoredFile| match files.iter().find(|file| file.sha256 == wanted.sha256) {
        None => Stored::No,
        Some(file) if file.bytes == wanted.bytes => Stored::Whole,
        Some(_) => Stored::Damaged,
    };
    let parts: Vec<Stored> = files_of(info).into_iter().map(one).collect();
    let is_any = |stored| parts.contains(&stored);
    // One of which some files are missing was not installed to its end: the others are fetched then.
    match () {
        () if is_any(Stored::No) => Stored::No,
        () if is_any(Stored::Damaged) => Stored::Damaged,
        () => Stored::Whole,
    }
}
