use super::opfs::{self, File, Mode};
use super::stream::Remote;
use crate::{Error, browser};
use decoder::Scheduler;
use js_sys::Uint8Array;
use sha2::{Digest, Sha256};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{FileSystemReadWriteOptions, FileSystemSyncAccessHandle, ReadableStreamDefaultReader};

/// The largest file that a WebAssembly memory could hold.
const MOST: u64 = 4_000_000_000;

/// What was written.
pub(super) struct Download {
    /// Bytes.
    pub(super) len: u64,
    /// SHA-256 of them, in lower-case hexadecimal.
    pub(super) sha256: String,
}

/// Streams a file into `file`, piece by piece; at most `max` bytes where its length must be that.
/// On the disk when this returns. The scheduler is told the done share, or NaN where the length is
/// not known.
///
/// # Errors
/// [`Error::Missing`] when it cannot be fetched, [`Error::Decoder`] when it is no model file,
/// [`Error::Damaged`] when it is longer than it may be, [`Error::TooLarge`], those of the storage,
/// [`Error::Stopped`] when `scheduler` says so.
pub(super) async fn download(
    remote: &Remote,
    file: &File,
    max: Option<u64>,
    scheduler: &impl Scheduler,
) -> Result<Download, Error> {
    let missing = |exception: JsValue| remote.missing(browser::error_text(&exception));
    let stream = remote.stream().await?;
    let len = max.or(stream.len);
    if len.is_some_and(|len| len > MOST) {
        return Err(Error::TooLarge { file: remote.name.clone() });
    }
    let body = Body(ReadableStreamDefaultReader::new(&stream.body).map_err(missing)?);
    let mut target = Target::new(opfs::open(file, Mode::ReadWrite).await?);
    while let Some(piece) = body.next().await.map_err(missing)? {
        if target.len == 0 && !piece.is_empty() && !b"GGUF".starts_with(&piece[..piece.len().min(4)]) {
            // Seen in its first bytes: no need to fetch the rest.
            return Err(decoder::Error::from(gguf::Error::Magic).into());
        }
        target.append(&piece)?;
        if max.is_some_and(|max| target.len > max) {
            return Err(Error::Damaged { file: remote.name.clone() });
        }
        if target.len > MOST {
            return Err(Error::TooLarge { file: remote.name.clone() });
        }
        let done = len.map_or(f32::NAN, |len| target.len as f32 / len as f32);
        if scheduler.yield_now(done).await.is_break() {
            return Err(Error::Stopped);
        }
    }
    target.finish()
}

/// What comes in; dropped, the rest is not fetched.
struct Body(ReadableStreamDefaultReader);

impl Body {
    /// The next piece; none at its end.
    async fn next(&self) -> Result<Option<Vec<u8>>, JsValue> {
        let next: js_sys::IteratorNext = self.0.read().await?.unchecked_into();
        if next.done() {
            return Ok(None);
        }
        let piece: Uint8Array = next.value().unchecked_into();
        Ok(Some(piece.to_vec()))
    }
}

impl Drop for Body {
    fn drop(&mut self) {
        // Of a stream that has ended or failed, nothing is left to cancel.
        let _ = self.0.cancel();
    }
}

/// The file being written; closed when dropped.
pub(super) struct Target {
    handle: FileSystemSyncAccessHandle,
    hash: Sha256,
    len: u64,
}

impl Target {
    pub(super) fn new(handle: FileSystemSyncAccessHandle) -> Self {
        Self { handle, hash: Sha256::new(), len: 0 }
    }

    pub(super) fn append(&mut self, piece: &[u8]) -> Result<(), Error> {
        let options = FileSystemReadWriteOptions::new();
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
        self.hash.update(piece);
        Ok(())
    }

    pub(super) fn finish(self) -> Result<Download, Error> {
        self.handle.flush().map_err(opfs::refused)?;
        let hash = self.hash.clone().finalize();
        Ok(Download { len: self.len, sha256: hash.iter().map(|byte| format!("{byte:02x}")).collect() })
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        self.handle.close();
    }
}
