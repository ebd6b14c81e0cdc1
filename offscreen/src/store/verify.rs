use super::ModelFile;
use super::companion::{self, Companion};
use super::names::model_name;
use crate::Error;
use decoder::{Scheduler, Source};
use session::{Checksum, hex};
use sha2::{Digest, Sha256};
use web_sys::FileSystemDirectoryHandle;

/// Bytes read at once: little beside memory, much beside a call.
const PIECE: usize = 1 << 20;

/// Sees that a file is as it was installed. Its checksum, noted then, takes as long as reading it;
/// where there is none, or it is another one, the SHA-256 decides.
///
/// # Errors
/// [`Error::Damaged`] when it is not, [`Error::Stopped`] when `scheduler` says so, or when the
/// browser's storage refuses.
pub(super) async fn verify(
    folder: &FileSystemDirectoryHandle,
    file: &mut ModelFile,
    sha256: &str,
    scheduler: &impl Scheduler,
) -> Result<(), Error> {
    let damaged = || Error::Damaged { file: model_name(sha256) };
    // Seen at once, without reading.
    if catalog::find_file(sha256).is_some_and(|model| model.info.bytes != file.len()) {
        return Err(damaged());
    }
    let mut checksum = Checksum::default();
    read(file, scheduler, |piece| checksum.update(piece)).await?;
    let (checksum, noted) = (checksum.finish(), companion::read(folder, Companion::Checksum, sha256).await?);
    if noted.as_deref() == Some(checksum.as_bytes()) {
        return Ok(());
    }
    let mut hash = Sha256::new();
    read(file, scheduler, |piece| hash.update(piece)).await?;
    if hex(hash) != sha256 {
        return Err(damaged());
    }
    companion::write(folder, Companion::Checksum, sha256, checksum.as_bytes()).await
}

async fn read(
    file: &mut ModelFile,
    scheduler: &impl Scheduler,
    mut take: impl FnMut(&[u8]),
) -> Result<(), Error> {
    let mut piece = vec![0; PIECE];
    let (len, mut done) = (file.len(), 0);
    while done < len {
        let rest = usize::try_from(len - done).unwrap_or(usize::MAX);
        let piece = &mut piece[..rest.min(PIECE)];
        file.read_at(done, piece).map_err(|error| Error::Storage(error.to_string()))?;
        take(piece);
        done += piece.len() as u64;
        if scheduler.yield_now(done as f32 / len as f32).await.is_break() {
            return Err(Error::Stopped);
        }
    }
    Ok(())
}
