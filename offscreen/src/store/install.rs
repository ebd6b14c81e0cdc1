use super::download::{self, Download};
use super::opfs::{self, File, Mode};
use super::stream::Remote;
use super::{ModelFile, installed_name, note_name};
use crate::{Error, browser};
use catalog::ModelInfo;
use decoder::Scheduler;
use session::{Expected, InstallRequest};
use web_sys::FileSystemDirectoryHandle;

/// Installs a model, checking it on the way. `package_address` tells where the package has a file.
///
/// # Errors
/// [`Error::Missing`] when it cannot be fetched, [`Error::Damaged`] when it is not the file that is
/// expected, what is wrong with a file that cannot be run, [`Error::StorageFull`] and
/// [`Error::Storage`] when it cannot be written, [`Error::Stopped`] when `scheduler` says so.
/// Whatever the error, nothing of the file remains.
pub(crate) async fn install(
    request: &InstallRequest<web_sys::File>,
    package_address: impl Fn(&str) -> String,
    scheduler: &impl Scheduler,
) -> Result<(), Error> {
    let remote = Remote::of(request, package_address);
    let folder = opfs::models().await?;
    let partial = format!("{}.part", browser::unique().map_err(opfs::refused)?);
    let file = opfs::create(&folder, &partial).await?;
    let InstallRequest { expected, source, .. } = request;
    let written = write(&folder, &file, &remote, expected, source, scheduler).await;
    if written.is_err() {
        // The error that counts is the one of the writing; what cannot be removed now is when the
        // engine starts again.
        let _ = opfs::remove(&folder, &partial).await;
    }
    written
}

async fn write(
    folder: &FileSystemDirectoryHandle,
    file: &File,
    remote: &Remote,
    expected: &Expected,
    source: &str,
    scheduler: &impl Scheduler,
) -> Result<(), Error> {
    let Download { len, sha256 } = download::download(remote, file, expected.bytes, scheduler).await?;
    let is_other = expected.bytes.is_some_and(|bytes| bytes != len);
    if is_other || expected.sha256.as_ref().is_some_and(|expected| *expected != sha256) {
        return Err(Error::Damaged { file: remote.name.clone() });
    }
    if catalog::find_file(&sha256).is_none() {
        let mut written = ModelFile::open(file).await?;
        let info = session::inspect(&mut written, len, &sha256, &remote.name, source)?;
        drop(written);
        note(folder, &info).await?;
    }
    opfs::rename(file, &installed_name(&sha256)).await
}

/// Writes down what is known of a model of the reader's own.
async fn note(folder: &FileSystemDirectoryHandle, info: &ModelInfo) -> Result<(), Error> {
    let file = opfs::create(folder, &note_name(&info.sha256)).await?;
    let text = browser::to_json(info).map_err(opfs::refused)?;
    let mut target = download::Target::new(opfs::open(&file, Mode::ReadWrite).await?);
    target.append(text.as_bytes())?;
    target.finish()?;
    Ok(())
}
