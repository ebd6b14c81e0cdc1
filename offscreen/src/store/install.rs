use super::download::{self, Download};
use super::inspect::inspect;
use super::opfs::{self, File, Mode};
use super::{ModelFile, Origin, installed_name, note_name};
use crate::{Error, browser};
use catalog::ModelInfo;
use decoder::Scheduler;
use web_sys::FileSystemDirectoryHandle;

/// What a file must be; nothing where nothing is known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Expected {
    /// Its length.
    pub(crate) bytes: Option<u64>,
    /// Its SHA-256, in lower-case hexadecimal.
    pub(crate) sha256: Option<String>,
}

/// Installs a model, checking it on the way. `source` says where it comes from, in words.
///
/// # Errors
/// [`Error::Missing`] when it cannot be fetched, [`Error::Damaged`] when it is not the file that is expected, what is
/// wrong with a file that cannot be run, [`Error::StorageFull`] and [`Error::Storage`] when it cannot be written,
/// [`Error::Stopped`] when `scheduler` says so. Whatever the error, nothing of the file remains.
pub(crate) async fn install(
    origin: &Origin,
    expected: &Expected,
    source: &str,
    scheduler: &impl Scheduler,
) -> Result<ModelInfo, Error> {
    let folder = opfs::models().await?;
    let partial = format!("{}.part", browser::unique().map_err(opfs::refused)?);
    let file = opfs::create(&folder, &partial).await?;
    let written = write(&folder, &file, origin, expected, source, scheduler).await;
    if written.is_err() {
        // The error that counts is the one of the writing; what cannot be removed now is when the engine starts again.
        let _ = opfs::remove(&folder, &partial).await;
    }
    written
}

async fn write(
    folder: &FileSystemDirectoryHandle,
    file: &File,
    origin: &Origin,
    expected: &Expected,
    source: &str,
    scheduler: &impl Scheduler,
) -> Result<ModelInfo, Error> {
    let Download { len, sha256 } = download::download(origin, file, expected.bytes, scheduler).await?;
    let is_other = expected.bytes.is_some_and(|bytes| bytes != len);
    if is_other || expected.sha256.as_ref().is_some_and(|expected| *expected != sha256) {
        return Err(Error::Damaged { file: origin.name() });
    }
    let known = match catalog::find_file(&sha256) {
        Some(model) => model.info.clone(),
        None => {
            let known = inspect(&mut ModelFile::open(file).await?, &sha256, &origin.name(), source)?;
            note(folder, &known).await?;
            known
        }
    };
    opfs::rename(file, &installed_name(&sha256)).await?;
    Ok(known)
}

/// Writes down what is known of a model of the reader's own.
async fn note(folder: &FileSystemDirectoryHandle, known: &ModelInfo) -> Result<(), Error> {
    let file = opfs::create(folder, &note_name(&known.sha256)).await?;
    let text = browser::to_json(known).map_err(opfs::refused)?;
    let mut target = download::Target::new(opfs::open(&file, Mode::ReadWrite).await?);
    target.append(text.as_bytes())?;
    target.finish()?;
    Ok(())
}
