use super::ModelFile;
use super::companion::{self, Companion};
use super::download::{self, Download};
use super::names::{model_name, partial_name};
use super::opfs::{self, File};
use super::stream::Remote;
use crate::Error;
use decoder::Scheduler;
use session::{Format, InstallRequest};
use web_sys::FileSystemDirectoryHandle;

/// Installs a model, checking it on the way. Gives its SHA-256. `package_address` tells where the
/// package has a file.
///
/// # Errors
/// [`Error::Missing`] when it cannot be fetched, [`Error::Stalled`] when nothing of it comes any
/// more, [`Error::Damaged`] when it is not the file that is expected, what is wrong with a file that
/// cannot be run, [`Error::StorageFull`] and [`Error::Storage`] when it cannot be written,
/// [`Error::Stopped`] when `scheduler` says so. Whatever the error, nothing of the file remains.
pub(crate) async fn install(
    request: &InstallRequest<web_sys::File>,
    package_address: impl Fn(&str) -> String,
    scheduler: &impl Scheduler,
) -> Result<String, Error> {
    let remote = Remote::of(request, package_address);
    let folder = opfs::models().await?;
    let partial = partial_name()?;
    let file = opfs::create(&folder, &partial).await?;
    let written = write(&folder, &file, &remote, request, scheduler).await;
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
    InstallRequest { expected, format, source, .. }: &InstallRequest<web_sys::File>,
    scheduler: &impl Scheduler,
) -> Result<String, Error> {
    let written = download::download(remote, file, *format, expected.bytes, scheduler).await?;
    let Download { len, sha256, checksum } = written;
    let is_other = expected.bytes.is_some_and(|bytes| bytes != len);
    if is_other || expected.sha256.as_ref().is_some_and(|expected| *expected != sha256) {
        return Err(Error::Damaged { file: remote.name.clone() });
    }
    if *format == Format::Gguf && catalog::find_file(&sha256).is_none() {
        let mut written = ModelFile::open(file).await?;
        let info = session::inspect(&mut written, len, &sha256, &remote.name, source)?;
        drop(written);
        companion::write_note(folder, &info).await?;
    }
    companion::write(folder, Companion::Checksum, &sha256, checksum.as_bytes()).await?;
    // Last, because nothing is there before the model is: what stands beside no model is removed.
    opfs::rename(file, &model_name(&sha256)).await?;
    Ok(sha256)
}
