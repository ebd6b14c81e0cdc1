//! The small files that stand beside a model's: each is written whole beside its place and renamed
//! into it, so that it is the old one or the new one whatever happens.

use super::ModelFile;
use super::names::model_name;
use super::opfs;
use super::replace::replace;
use crate::{Error, browser};
use catalog::ModelInfo;
use session::Sums;
use web_sys::FileSystemDirectoryHandle;

/// What can stand beside a model file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Companion {
    /// What is known of a model of the reader's own.
    Note,
    /// The checksum of the file, to see whether it is still the same.
    Checksum,
    /// What its hash was at the end of each chunk, to see which of them is not.
    Chunks,
    /// How fast it was in its last jobs.
    Speed,
    /// There while the model is being loaded or prepared.
    Loading,
}

impl Companion {
    const ALL: [Self; 5] = [Self::Note, Self::Checksum, Self::Chunks, Self::Speed, Self::Loading];

    fn ending(self) -> &'static str {
        match self {
            Self::Note => ".json",
            Self::Checksum => ".sum",
            Self::Chunks => ".chunks",
            Self::Speed => ".speed",
            Self::Loading => ".loading",
        }
    }

    pub(super) fn name(self, sha256: &str) -> String {
        format!("{sha256}{}", self.ending())
    }

    /// The SHA-256 of the model that a file of this name would be beside.
    pub(super) fn model_of(self, name: &str) -> Option<&str> {
        name.strip_suffix(self.ending())
    }
}

/// Removes all that stands beside a model.
pub(super) async fn remove_all(folder: &FileSystemDirectoryHandle, sha256: &str) -> Result<(), Error> {
    for companion in Companion::ALL {
        remove(folder, companion, sha256).await?;
    }
    Ok(())
}

pub(super) async fn remove(
    folder: &FileSystemDirectoryHandle,
    companion: Companion,
    sha256: &str,
) -> Result<(), Error> {
    let name = companion.name(sha256);
    if opfs::find(folder, &name).await?.is_some() {
        opfs::remove(folder, &name).await?;
    }
    Ok(())
}

/// Those of `names` that stand beside no model.
pub(super) fn orphans(names: &[String]) -> impl Iterator<Item = &String> {
    names.iter().filter(|name| {
        let model = Companion::ALL.iter().find_map(|companion| companion.model_of(name));
        model.is_some_and(|sha256| !names.contains(&model_name(sha256)))
    })
}

/// Whether a file of this name could be one.
pub(super) fn is_companion(name: &str) -> bool {
    Companion::ALL.iter().any(|companion| companion.model_of(name).is_some())
}

pub(super) async fn read(
    folder: &FileSystemDirectoryHandle,
    companion: Companion,
    sha256: &str,
) -> Result<Option<Vec<u8>>, Error> {
    match opfs::find(folder, &companion.name(sha256)).await? {
        Some(file) => ModelFile::open(&file).await?.read_all().map(Some),
        None => Ok(None),
    }
}

pub(super) async fn write(
    folder: &FileSystemDirectoryHandle,
    companion: Companion,
    sha256: &str,
    bytes: &[u8],
) -> Result<(), Error> {
    replace(folder, &companion.name(sha256), bytes).await?;
    Ok(())
}

/// Writes down what was worked out of a model's file.
pub(super) async fn write_sums(
    folder: &FileSystemDirectoryHandle,
    sha256: &str,
    sums: &Sums,
) -> Result<(), Error> {
    write(folder, Companion::Chunks, sha256, sums.chunks().text().as_bytes()).await?;
    write(folder, Companion::Checksum, sha256, sums.checksum().as_bytes()).await
}

/// Writes down what is known of a model of the reader's own.
pub(super) async fn write_note(folder: &FileSystemDirectoryHandle, info: &ModelInfo) -> Result<(), Error> {
    let text = browser::to_json(info).map_err(opfs::refused)?;
    write(folder, Companion::Note, &info.sha256, text.as_bytes()).await
}

/// What is known of a model of the reader's own. What cannot be read (of another version of Sotto,
/// or lost) is found out from the file once more; none where that says nothing either.
pub(super) async fn read_note(
    folder: &FileSystemDirectoryHandle,
    sha256: &str,
) -> Result<Option<ModelInfo>, Error> {
    let note = read(folder, Companion::Note, sha256).await?.unwrap_or_default();
    if let Some(info) = browser::from_json::<ModelInfo>(&note).filter(|info| info.sha256 == sha256) {
        return Ok(Some(info));
    }
    let Some(file) = opfs::find(folder, &model_name(sha256)).await? else { return Ok(None) };
    let source = browser::json_text(&note, "source").unwrap_or_else(|| "a file".to_owned());
    let mut model = ModelFile::open(&file).await?;
    let bytes = model.len();
    let Ok(info) = session::inspect(&mut model, bytes, sha256, &source, &source) else { return Ok(None) };
    drop(model);
    write_note(folder, &info).await?;
    Ok(Some(info))
}
