//! Model files in the browser's own file system (OPFS), checked once and trusted from then on.
//!
//! [`install`] streams a file into the folder `models/`: to `<number>.part` while it is not known
//! to be right, then renamed to `<sha256>.gguf`. The rename is one transaction of the file system,
//! so a file of that name is complete whatever happens and whenever; what an interrupted
//! installation leaves is a `.part`, which is never opened and is removed when the engine starts
//! again ([`remove_partial`]). A model of the reader's own has `<sha256>.json` beside it: what is
//! known of it. [`ModelFile`] reads an installed file in place.

mod download;
mod file;
mod install;
mod opfs;
#[cfg(feature = "bench")]
mod scratch;
mod stream;

pub(crate) use file::ModelFile;
pub(crate) use install::install;
#[cfg(feature = "bench")]
pub(crate) use scratch::{fetch_scratch, open_scratch};
pub(crate) use stream::exists;

use crate::{Error, browser};
use session::Contents;

/// Opens a model's file, if it is installed.
///
/// # Errors
/// When the browser's storage refuses.
pub(crate) async fn open(sha256: &str) -> Result<Option<ModelFile>, Error> {
    let folder = opfs::models().await?;
    let Some(handle) = opfs::find(&folder, &installed_name(sha256)).await? else {
        return Ok(None);
    };
    ModelFile::open(&handle).await.map(Some)
}

/// Looks at what is installed.
///
/// # Errors
/// When the browser's storage refuses.
pub(crate) async fn contents() -> Result<Contents, Error> {
    let folder = opfs::models().await?;
    let names = opfs::names(&folder).await?;
    let files: Vec<String> =
        names.iter().filter_map(|name| name.strip_suffix(".gguf")).map(str::to_owned).collect();
    let mut own = Vec::new();
    for sha256 in &files {
        if let Some(note) = opfs::find(&folder, &note_name(sha256)).await?
            // A note that cannot be read is one of another version of Sotto: the file is installed
            // again.
            && let Some(info) = browser::from_json(&ModelFile::open(&note).await?.read_all()?)
        {
            own.push(info);
        }
    }
    Ok(Contents { files, own })
}

/// Removes what interrupted installations left.
///
/// # Errors
/// When the browser's storage refuses.
pub(crate) async fn remove_partial() -> Result<(), Error> {
    let folder = opfs::models().await?;
    for name in opfs::names(&folder).await? {
        if name.ends_with(".part") {
            opfs::remove(&folder, &name).await?;
        }
    }
    Ok(())
}

/// Removes a model.
///
/// # Errors
/// When the browser's storage refuses.
pub(crate) async fn remove(sha256: &str) -> Result<(), Error> {
    let folder = opfs::models().await?;
    for name in [installed_name(sha256), note_name(sha256)] {
        if opfs::find(&folder, &name).await?.is_some() {
            opfs::remove(&folder, &name).await?;
        }
    }
    Ok(())
}

fn installed_name(sha256: &str) -> String {
    format!("{sha256}.gguf")
}

fn note_name(sha256: &str) -> String {
    format!("{sha256}.json")
}
