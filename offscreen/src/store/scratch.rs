use super::stream::Remote;
use super::{ModelFile, download, opfs};
use crate::Error;
use decoder::Scheduler;
use session::Format;

/// What is left of it counts as an interrupted installation and is removed as one.
const NAME: &str = "scratch.part";

/// Fetches any model file, in place of the one fetched before, for [`open_scratch`].
///
/// # Errors
/// As [`super::install`], without the check of the hash.
pub(crate) async fn fetch_scratch(url: &str, scheduler: &impl Scheduler) -> Result<(), Error> {
    let folder = opfs::models().await?;
    if opfs::find(&folder, NAME).await?.is_some() {
        opfs::remove(&folder, NAME).await?;
    }
    let file = opfs::create(&folder, NAME).await?;
    download::download(&Remote::at(url), &file, Format::Gguf, None, &|_| {}, scheduler).await?;
    Ok(())
}

/// Opens what was fetched last, by this worker or another.
///
/// # Errors
/// When the browser's storage refuses.
pub(crate) async fn open_scratch() -> Result<ModelFile, Error> {
    let folder = opfs::models().await?;
    ModelFile::open(&opfs::create(&folder, NAME).await?).await
}
