//! Model files in the browser's own file system (OPFS).
//!
//! [`install()`] streams a file into the folder `models/`: to `<number>.part` while it is not known
//! to be right, then renamed to `<sha256>.gguf`. The rename is one transaction of the file system,
//! so a file of that name is complete whatever happens and whenever; what an interrupted
//! installation leaves is a `.part`, which is no model and is removed when the engine starts again
//! ([`remove_partial`]). But one from an address is `<sha256 of that>.part`, with a
//! [`session::Journal`] beside it (`.journal`): it stays, and the next request for the same address
//! goes on with it, as far as it is as the journal says (`part`, `fetch`). Beside a model stand its
//! `companion`s: `<sha256>.sum`, by which `verify` sees whenever it is opened that it is still the
//! same; `<sha256>.chunks`, by which [`check()`] sees where it is not, so that [`mend()`] fetches
//! nothing else; `<sha256>.speed`, how fast it was; for a translator, of which there may be a newer
//! version some day, and a model of the reader's own `<sha256>.json`, what is known of it; and
//! `<sha256>.loading` while it is being loaded or prepared, which an engine that ends meanwhile leaves
//! for its successor to find. [`ModelFile`] reads an installed file in place. A model on a
//! server of the reader's is a `<its id>.server` (`served`). Which
//! GPUs passed their test stands beside the folder (`trusted`).

mod check;
mod companion;
mod download;
mod fetch;
mod file;
mod install;
mod mend;
mod names;
mod opfs;
mod packaged;
mod part;
mod replace;
#[cfg(feature = "bench")]
mod scratch;
mod served;
mod stream;
mod trusted;
mod verify;

pub(crate) use check::check;
pub(crate) use file::ModelFile;
pub(crate) use install::install;
pub(crate) use mend::mend;
pub(crate) use packaged::read_packaged;
#[cfg(feature = "bench")]
pub(crate) use scratch::{fetch_scratch, open_scratch};
pub(crate) use served::{forget as forget_served, keep as keep_served};
pub(crate) use stream::exists;
pub(crate) use trusted::{is_trusted, trust};

use crate::Error;
use companion::Companion;
use decoder::Scheduler;
use names::{JOURNAL, MODEL, PARTIAL, model_name, part_stem};
use session::{Contents, Speed, StoredFile, Stray};

/// Opens a model's file, if it is installed, once it is sure that it is as it was then.
///
/// # Errors
/// [`Error::Damaged`] when it is not, [`Error::Stopped`] when `scheduler` says so, or when the
/// browser's storage refuses.
pub(crate) async fn open(sha256: &str, scheduler: &impl Scheduler) -> Result<Option<ModelFile>, Error> {
    let folder = opfs::models().await?;
    let Some(handle) = opfs::find(&folder, &model_name(sha256)).await? else {
        return Ok(None);
    };
    let mut file = ModelFile::open(&handle).await?;
    verify::verify(&folder, &mut file, sha256, scheduler).await?;
    Ok(Some(file))
}

/// Notes that a model begins to be loaded or prepared, or that it is.
///
/// # Errors
/// When the browser's storage refuses.
pub(crate) async fn note_loading(sha256: &str, begins: bool) -> Result<(), Error> {
    let folder = opfs::models().await?;
    if !begins {
        return companion::remove(&folder, Companion::Loading, sha256).await;
    }
    opfs::create(&folder, &Companion::Loading.name(sha256)).await?;
    Ok(())
}

/// What is written down of installed models.
///
/// # Errors
/// When the browser's storage refuses.
pub(crate) async fn notes() -> Result<Vec<Vec<u8>>, Error> {
    let folder = opfs::models().await?;
    let mut notes = Vec::new();
    for sha256 in opfs::names(&folder).await?.iter().filter_map(|name| Companion::Note.model_of(name)) {
        notes.extend(companion::read(&folder, Companion::Note, sha256).await?);
    }
    Ok(notes)
}

/// Writes down what is known of an installed model.
///
/// # Errors
/// When the browser's storage refuses.
pub(crate) async fn note(sha256: &str, text: &str) -> Result<(), Error> {
    let folder = opfs::models().await?;
    companion::write(&folder, Companion::Note, sha256, text.as_bytes()).await
}

/// Writes down how fast a model is.
///
/// # Errors
/// When the browser's storage refuses.
pub(crate) async fn note_speed(sha256: &str, speed: &Speed) -> Result<(), Error> {
    let folder = opfs::models().await?;
    companion::write(&folder, Companion::Speed, sha256, speed.text().as_bytes()).await
}

/// Looks at what is installed.
///
/// # Errors
/// When the browser's storage refuses.
pub(crate) async fn contents() -> Result<Contents, Error> {
    let folder = opfs::models().await?;
    let names = opfs::names(&folder).await?;
    let mut contents = Contents::default();
    for sha256 in names.iter().filter_map(|name| name.strip_suffix(MODEL)) {
        let Some(bytes) = opfs::size(&folder, &model_name(sha256)).await? else { continue };
        contents.files.push(StoredFile { sha256: sha256.to_owned(), bytes });
        if catalog::find_file(sha256).is_none() && !catalog::is_of_translator(sha256) {
            contents.own.extend(companion::read_note(&folder, sha256).await?);
        }
    }
    let loading = names.iter().filter_map(|name| Companion::Loading.model_of(name));
    for sha256 in names.iter().filter_map(|name| Companion::Speed.model_of(name)) {
        let noted = companion::read(&folder, Companion::Speed, sha256).await?;
        contents.speeds.extend(noted.map(|noted| (sha256.to_owned(), Speed::parse(&noted))));
    }
    contents.parts = part::journals(&folder, &names).await;
    contents.served = served::all(&folder, &names).await;
    contents.interrupted = loading.map(str::to_owned).collect();
    for name in names.iter().filter(|name| !is_known(name)) {
        let bytes = opfs::size(&folder, name).await?;
        contents.strays.extend(bytes.map(|bytes| Stray { name: name.clone(), bytes }));
    }
    Ok(contents)
}

/// Whether a file of this name is one that this version writes.
fn is_known(name: &str) -> bool {
    [MODEL, PARTIAL, JOURNAL].iter().any(|ending| name.ends_with(ending))
        || companion::is_companion(name)
        || served::is_served(name)
}

/// Removes a file of which nothing is known.
///
/// # Errors
/// When the browser's storage refuses.
pub(crate) async fn remove_stray(name: &str) -> Result<(), Error> {
    opfs::remove_unused(&opfs::models().await?, name).await?;
    Ok(())
}

/// Removes all files that nobody uses, but for what was added of servers: that is no model. Gives how
/// many bytes that were.
///
/// # Errors
/// When the browser's storage refuses.
pub(crate) async fn clear() -> Result<u64, Error> {
    let folder = opfs::models().await?;
    let mut freed = 0;
    for name in opfs::names(&folder).await?.into_iter().filter(|name| !served::is_served(name)) {
        let bytes = opfs::size(&folder, &name).await?;
        if opfs::remove_unused(&folder, &name).await? {
            freed += bytes.unwrap_or_default();
        }
    }
    Ok(freed)
}

/// Removes what interrupted installations left that cannot be gone on with, and what stands beside
/// no model.
///
/// # Errors
/// When the browser's storage refuses.
pub(crate) async fn remove_partial() -> Result<(), Error> {
    let folder = opfs::models().await?;
    let names = opfs::names(&folder).await?;
    let kept: Vec<_> =
        part::journals(&folder, &names).await.iter().map(|part| part_stem(&part.address)).collect();
    let is_left = |name: &&String| {
        let stem = name.strip_suffix(PARTIAL).or_else(|| name.strip_suffix(JOURNAL));
        stem.is_some_and(|stem| !kept.iter().any(|kept| kept == stem))
    };
    for name in names.iter().filter(is_left).chain(companion::orphans(&names)) {
        opfs::remove_unused(&folder, name).await?;
    }
    Ok(())
}

/// Removes what has come of a file from an address.
///
/// # Errors
/// When the browser's storage refuses.
pub(crate) async fn discard(address: &str) -> Result<(), Error> {
    part::remove(&opfs::models().await?, address).await
}

/// Removes a model.
///
/// # Errors
/// When the browser's storage refuses.
pub(crate) async fn remove(sha256: &str) -> Result<(), Error> {
    let folder = opfs::models().await?;
    let name = model_name(sha256);
    if opfs::find(&folder, &name).await?.is_some() {
        opfs::remove(&folder, &name).await?;
    }
    companion::remove_all(&folder, sha256).await
}
