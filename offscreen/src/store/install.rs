use super::download::{self, Download};
use super::{CatalogEntry, installed_name, opfs, partial_name};
use crate::Error;
use decoder::Pace;
use web_sys::FileSystemDirectoryHandle;

/// Installs a model from the folder at `models_url`, checking it on the way.
///
/// # Errors
/// [`Error::Missing`] when it cannot be fetched, [`Error::Damaged`] when it is not the file that was published,
/// [`Error::StorageFull`] and [`Error::Storage`] when it cannot be written, [`Error::Stopped`] when `pace` says so.
/// Whatever the error, nothing of the file remains.
pub(crate) async fn install(entry: &CatalogEntry, models_url: &str, pace: &impl Pace) -> Result<(), Error> {
    let folder = opfs::models().await?;
    remove_partial(&folder).await?;
    let written = write(&folder, entry, models_url, pace).await;
    if written.is_err() {
        // The error that counts is the one of the writing; the next installation tries again to clean up.
        let _ = remove_partial(&folder).await;
    }
    written
}

async fn write(
    folder: &FileSystemDirectoryHandle,
    entry: &CatalogEntry,
    models_url: &str,
    pace: &impl Pace,
) -> Result<(), Error> {
    let file = opfs::create(folder, &partial_name(entry)).await?;
    let url = format!("{models_url}{}", entry.file);
    let Download { len, sha256 } = download::download(&url, entry.file, &file, entry.bytes, pace).await?;
    if (len, sha256.as_str()) != (entry.bytes, entry.sha256) {
        return Err(Error::Damaged { file: entry.file.to_owned() });
    }
    opfs::rename(&file, &installed_name(entry)).await
}

/// Removes what interrupted installations left.
async fn remove_partial(folder: &FileSystemDirectoryHandle) -> Result<(), Error> {
    for name in opfs::names(folder).await? {
        if name.ends_with(".part") {
            opfs::remove(folder, &name).await?;
        }
    }
    Ok(())
}
