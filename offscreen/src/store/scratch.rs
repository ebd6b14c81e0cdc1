use super::{ModelFile, Origin, download, opfs};
use crate::Error;
use decoder::Pace;

/// Fetches any model file for one use. What is left of it counts as an interrupted installation and is removed as one.
///
/// # Errors
/// As [`super::install`], without the check of the hash.
pub(crate) async fn scratch(url: &str, pace: &impl Pace) -> Result<ModelFile, Error> {
    let folder = opfs::models().await?;
    let file = opfs::create(&folder, "scratch.part").await?;
    download::download(&Origin::Address(url.to_owned()), &file, None, pace).await?;
    ModelFile::open(&file).await
}
