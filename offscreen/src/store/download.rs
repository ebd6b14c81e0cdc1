use super::opfs::{self, File, Mode};
use super::patience::Patience;
use super::stream::Remote;
use crate::{Error, browser};
use decoder::Scheduler;
use session::{Checksum, Format, hex};
use sha2::{Digest, Sha256};
use web_sys::{FileSystemReadWriteOptions, FileSystemSyncAccessHandle};

/// The largest file that a WebAssembly memory could hold.
const MOST: u64 = 4_000_000_000;

/// What is written goes to the disk after so many bytes: all of a large file at its end would take
/// a slow disk a minute, in which the engine hears nothing.
const FLUSH_EVERY: u64 = 64 << 20;

/// What was written.
pub(super) struct Download {
    /// Bytes.
    pub(super) len: u64,
    /// SHA-256 of them, in lower-case hexadecimal.
    pub(super) sha256: String,
    /// [`Checksum`] of them.
    pub(super) checksum: String,
}

/// Streams a file into `file`, piece by piece; at most `max` bytes where its length must be that.
/// On the disk when this returns. The scheduler is told the done share, or NaN where the length is
/// not known.
///
/// # Errors
/// [`Error::Missing`] when it cannot be fetched, [`Error::Decoder`] when it is no model file,
/// [`Error::Damaged`] when it is longer than it may be, [`Error::TooLarge`], [`Error::Stalled`] when
/// nothing comes any more, those of the storage, [`Error::Stopped`] when `scheduler` says so.
pub(super) async fn download(
    remote: &Remote,
    file: &File,
    format: Format,
    max: Option<u64>,
    scheduler: &impl Scheduler,
) -> Result<Download, Error> {
    let patience = Patience::new(scheduler);
    let stream = remote.stream(&patience).await?;
    let len = max.or(stream.len);
    if len.is_some_and(|len| len > MOST) {
        return Err(Error::TooLarge { file: remote.name.clone() });
    }
    let mut target = Target::new(opfs::open(file, Mode::ReadWrite).await?);
    while let Some(piece) = stream.next(remote, &patience).await? {
        let magic = format.magic();
        if target.len == 0 && !piece.is_empty() && !magic.starts_with(&piece[..piece.len().min(magic.len())])
        {
            // Seen in its first bytes: no need to fetch the rest.
            return Err(match format {
                Format::Gguf => decoder::Error::from(gguf::Error::Magic).into(),
                Format::Gzip => Error::Damaged { file: remote.name.clone() },
            });
        }
        target.append(&piece)?;
        if max.is_some_and(|max| target.len > max) {
            return Err(Error::Damaged { file: remote.name.clone() });
        }
        if target.len > MOST {
            return Err(Error::TooLarge { file: remote.name.clone() });
        }
        let done = len.map_or(f32::NAN, |len| target.len as f32 / len as f32);
        patience.reached(done).await?;
    }
    target.finish()
}

/// The file being written; closed when dropped.
pub(super) struct Target {
    handle: FileSystemSyncAccessHandle,
    hash: Sha256,
    checksum: Checksum,
    len: u64,
}

impl Target {
    pub(super) fn new(handle: FileSystemSyncAccessHandle) -> Self {
        Self { handle, hash: Sha256::new(), checksum: Checksum::default(), len: 0 }
    }

    pub(super) fn append(&mut self, piece: &[u8]) -> Result<(), Error> {
        let options = FileSystemReadWriteOptions::new();
        let flushed = self.len / FLUSH_EVERY;
        let mut rest = piece;
        while !rest.is_empty() {
            options.set_at(self.len as f64);
            let written =
                self.handle.write_with_u8_array_and_options(rest, &options).map_err(opfs::refused)?;
            let written = browser::bytes(written);
            if written == 0 {
                return Err(Error::StorageFull);
            }
            self.len += written as u64;
            rest = &rest[written..];
        }
        if self.len / FLUSH_EVERY > flushed {
            self.handle.flush().map_err(opfs::refused)?;
        }
        self.hash.update(piece);
        self.checksum.update(piece);
        Ok(())
    }

    pub(super) fn finish(self) -> Result<Download, Error> {
        self.handle.flush().map_err(opfs::refused)?;
        let sha256 = hex(self.hash.clone());
        Ok(Download { len: self.len, sha256, checksum: self.checksum.clone().finish() })
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        self.handle.close();
    }
}
