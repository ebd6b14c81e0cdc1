use super::download::Target;
use super::names::partial_name;
use super::opfs::{self, File, Mode};
use crate::Error;
use web_sys::FileSystemDirectoryHandle;

/// Writes a small file beside its place and renames it into it: so it is the old one or the new one
/// whatever happens.
pub(super) async fn replace(
    folder: &FileSystemDirectoryHandle,
    name: &str,
    bytes: &[u8],
) -> Result<File, Error> {
    let file = opfs::create(folder, &partial_name()?).await?;
    let mut target = Target::new(opfs::open(&file, Mode::ReadWrite).await?);
    target.append(bytes)?;
    target.finish()?;
    opfs::rename(&file, name).await?;
    Ok(file)
}
