use super::opfs::{self, File, Mode};
use crate::{Error, browser};
use decoder::Pace;
use js_sys::Uint8Array;
use sha2::{Digest, Sha256};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    FileSystemReadWriteOptions, FileSystemSyncAccessHandle, ReadableStreamDefaultReader, Response,
};

/// What was written.
pub(super) struct Download {
    /// Bytes.
    pub(super) len: u64,
    /// SHA-256 of them, in lower-case hexadecimal.
    pub(super) sha256: String,
}

/// Streams what is at `url` into `file`, piece by piece; at most `max` bytes. On the disk when this returns.
pub(super) async fn download(
    url: &str,
    name: &str,
    file: &File,
    max: u64,
    pace: &impl Pace,
) -> Result<Download, Error> {
    let missing = |exception: JsValue| Error::missing(name, browser::error_text(&exception));
    let response: Response = browser::worker().fetch_with_str(url).await.map_err(missing)?.unchecked_into();
    if !response.ok() {
        return Err(Error::missing(name, format!("status {}", response.status())));
    }
    let body = response.body().ok_or_else(|| Error::missing(name, "the answer is empty".to_owned()))?;
    let body = ReadableStreamDefaultReader::new(&body).map_err(missing)?;
    let mut target = Target::new(opfs::open(file, Mode::ReadWrite).await?);
    while let Some(piece) = next(&body).await.map_err(missing)? {
        target.append(&piece)?;
        if target.len > max {
            return Err(Error::Damaged { file: name.to_owned() });
        }
        if pace.pause(target.len as f32 / max as f32).await.is_break() {
            return Err(Error::Stopped);
        }
    }
    target.finish()
}

/// The next piece of a body; none at its end.
async fn next(body: &ReadableStreamDefaultReader) -> Result<Option<Vec<u8>>, JsValue> {
    let next: js_sys::IteratorNext = body.read().await?.unchecked_into();
    if next.done() {
        return Ok(None);
    }
    let piece: Uint8Array = next.value().unchecked_into();
    Ok(Some(piece.to_vec()))
}

/// The file being written; closed when dropped.
struct Target {
    handle: FileSystemSyncAccessHandle,
    hash: Sha256,
    len: u64,
}

impl Target {
    fn new(handle: FileSystemSyncAccessHandle) -> Self {
        Self { handle, hash: Sha256::new(), len: 0 }
    }

    fn append(&mut self, piece: &[u8]) -> Result<(), Error> {
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

    fn finish(self) -> Result<Download, Error> {
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
