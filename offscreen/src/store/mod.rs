//! Model files in the browser's own file system (OPFS), checked once and trusted from then on.
//!
//! [`install`] streams a packaged file into the folder `models/`: to `<sha256>.part` while its length and hash are not
//! known to be right, then renamed to `<sha256>.gguf`. The rename is one transaction of the file system, so a file of
//! that name is complete whatever happens and whenever; what an interrupted installation leaves is a `.part`, which is
//! never opened and is removed by the next one. [`ModelFile`] reads an installed file in place.

pub(crate) mod catalog;
mod download;
mod file;
mod install;
mod opfs;
#[cfg(feature = "bench")]
mod scratch;

pub(crate) use catalog::CatalogEntry;
pub(crate) use file::ModelFile;
pub(crate) use install::install;
#[cfg(feature = "bench")]
pub(crate) use scratch::scratch;

use crate::Error;

/// Opens a model's file, if it is installed.
///
/// # Errors
/// When the browser's storage refuses.
pub(crate) async fn open(entry: &CatalogEntry) -> Result<Option<ModelFile>, Error> {
    let folder = opfs::models().await?;
    let Some(handle) = opfs::find(&folder, &installed_name(entry)).await? else {
        return Ok(None);
    };
    ModelFile::open(&handle).await.map(Some)
}

fn installed_name(entry: &CatalogEntry) -> String {
    format!("{}.gguf", entry.sha256)
}

fn partial_name(entry: &CatalogEntry) -> String {
    format!("{}.part", entry.sha256)
}
