use super::ModelFile;
use super::companion;
use super::download;
use super::fetch::fetch;
use super::names::{model_name, partial_name};
use super::opfs::{self, File};
use super::part::{self, Part};
use super::stream::Remote;
use crate::Error;
use crate::patience::Patience;
use decoder::Scheduler;
use session::{Expected, Format, InstallRequest, Journal, Sums, Transfer};
use web_sys::FileSystemDirectoryHandle;

/// Installs a model, checking it on the way. Gives its SHA-256. `package_address` tells where the
/// package has a file.
///
/// # Errors
/// [`Error::Missing`] when it cannot be fetched, [`Error::Stalled`] when nothing of it comes any
/// more, [`Error::Damaged`] when it is not the file that is expected, what is wrong with a file that
/// cannot be run, [`Error::NoRoom`], [`Error::StorageFull`] and [`Error::Storage`] when it cannot be
/// written, those of [`session::Course`] for what comes from an address, [`Error::Stopped`] when
/// `scheduler` says so. Whatever the error, nothing of the file remains but a part that can be gone
/// on with.
pub(crate) async fn install(
    request: &InstallRequest<web_sys::File>,
    package_address: impl Fn(&str) -> String,
    report: &dyn Fn(Transfer),
    scheduler: &impl Scheduler,
) -> Result<String, Error> {
    let remote = Remote::of(request, package_address);
    let folder = opfs::models().await?;
    match request.address() {
        Some(url) => fetched(&folder, url, request, &remote, report, scheduler).await,
        None => copied(&folder, request, &remote, report, scheduler).await,
    }
}

/// Installs a file of the package or of the reader's: what was interrupted begins anew.
async fn copied(
    folder: &FileSystemDirectoryHandle,
    request: &InstallRequest<web_sys::File>,
    remote: &Remote,
    report: &dyn Fn(Transfer),
    scheduler: &impl Scheduler,
) -> Result<String, Error> {
    let InstallRequest { expected, format, .. } = request;
    let partial = partial_name()?;
    let file = opfs::create(folder, &partial).await?;
    let write = async || {
        let written = download::download(remote, &file, *format, expected.bytes, report, scheduler).await?;
        put(folder, &file, written, &remote.name, expected, request).await
    };
    let installed = write().await;
    if installed.is_err() {
        // The error that counts is the one of the writing; what cannot be removed now is when the
        // engine starts again.
        let _ = opfs::remove(folder, &partial).await;
    }
    installed
}

/// Installs a file from an address: what was interrupted goes on.
async fn fetched(
    folder: &FileSystemDirectoryHandle,
    url: &str,
    request: &InstallRequest<web_sys::File>,
    remote: &Remote,
    report: &dyn Fn(Transfer),
    scheduler: &impl Scheduler,
) -> Result<String, Error> {
    let InstallRequest { expected, format, .. } = request;
    let patience = Patience::new(scheduler);
    let fresh = Journal::new(url, expected.sha256.as_deref());
    let address = fresh.address.clone();
    let mut part = Part::open(folder, fresh, report, &patience).await?;
    let fetched = fetch(&mut part, remote, *format, report, &patience).await;
    let has_chunks = !part.journal.chunks.is_empty();
    let installed = match fetched.and_then(|()| part.finish()) {
        Ok((written, journal, file)) => {
            let expected = Expected { sha256: journal.sha256, ..expected.clone() };
            put(folder, &file, written, &remote.name, &expected, request).await
        }
        Err(error) => Err(error),
    };
    let is_kept = has_chunks && installed.as_ref().is_err_and(|error| !error.is_final());
    if !is_kept {
        // As above; of what is installed, only the journal is left.
        let _ = part::remove(folder, &address).await;
    }
    installed
}

/// Gives a file that is complete its place, if it is the right one.
async fn put(
    folder: &FileSystemDirectoryHandle,
    file: &File,
    sums: Sums,
    name: &str,
    expected: &Expected,
    request: &InstallRequest<web_sys::File>,
) -> Result<String, Error> {
    let (len, sha256) = (sums.len(), sums.sha256());
    let is_other = expected.bytes.is_some_and(|bytes| bytes != len);
    if is_other || expected.sha256.as_ref().is_some_and(|expected| *expected != sha256) {
        return Err(Error::Damaged { file: name.to_owned() });
    }
    if request.format == Format::Gguf {
        let info = match catalog::find_file(&sha256) {
            Some(model) => model.info.clone(),
            None => session::inspect(&mut ModelFile::open(file).await?, len, &sha256, name, &request.source)?,
        };
        companion::write_note(folder, &info).await?;
    }
    companion::write_sums(folder, &sha256, &sums).await?;
    // Last, because nothing is there before the model is: what stands beside no model is removed.
    opfs::rename(file, &model_name(&sha256)).await?;
    Ok(sha256)
}
