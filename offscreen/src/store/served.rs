//! Which models of servers the reader has added: a small file for each.

use super::opfs;
use super::replace::replace;
use crate::Error;
use futures_util::future::join_all;
use session::Served;
use web_sys::FileSystemDirectoryHandle;

/// Ending of the name of such a file.
const SERVED: &str = ".server";

/// Keeps one.
///
/// # Errors
/// When the browser's storage refuses.
pub(crate) async fn keep(served: &Served) -> Result<(), Error> {
    let folder = opfs::models().await?;
    replace(&folder, &name(&served.id()), served.to_json().as_bytes()).await?;
    Ok(())
}

/// Forgets one.
///
/// # Errors
/// When the browser's storage refuses.
pub(crate) async fn forget(id: &str) -> Result<(), Error> {
    let folder = opfs::models().await?;
    if opfs::find(&folder, &name(id)).await?.is_some() {
        opfs::remove(&folder, &name(id)).await?;
    }
    Ok(())
}

/// Whether a file of this name could be one.
pub(super) fn is_served(name: &str) -> bool {
    name.ends_with(SERVED)
}

/// Those among these files that can be read and are what their names say.
pub(super) async fn all(folder: &FileSystemDirectoryHandle, names: &[String]) -> Vec<Served> {
    let read = async |id: &str| {
        let note = opfs::read(folder, &name(id)).await?;
        Served::from_json(&note).filter(|served| served.id() == id)
    };
    // Side by side: each waits for other processes of the browser several times.
    let ids = names.iter().filter_map(|name| name.strip_suffix(SERVED));
    join_all(ids.map(read)).await.into_iter().flatten().collect()
}

fn name(id: &str) -> String {
    format!("{id}{SERVED}")
}
