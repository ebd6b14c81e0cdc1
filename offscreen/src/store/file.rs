use super::opfs::{self, File, Mode};
use crate::{Error, browser};
use decoder::Source;
use std::io;
use web_sys::{FileSystemReadWriteOptions, FileSystemSyncAccessHandle};

/// An installed model file, open for reading; closed when dropped.
pub(crate) struct ModelFile {
    handle: FileSystemSyncAccessHandle,
    len: u64,
}

impl ModelFile {
    pub(super) async fn open(file: &File) -> Result<Self, Error> {
        let handle = opfs::open(file, Mode::ReadOnly).await?;
        let mut opened = Self { handle, len: 0 };
        opened.len = browser::bytes(opened.handle.get_size().map_err(opfs::refused)?) as u64;
        Ok(opened)
    }

    /// Length of the file in bytes.
    pub(crate) fn len(&self) -> u64 {
        self.len
    }

    /// All of a small file.
    pub(super) fn read_all(&mut self) -> Result<Vec<u8>, Error> {
        let mut bytes = vec![0; usize::try_from(self.len).unwrap_or(usize::MAX)];
        self.read_at(0, &mut bytes).map_err(|error| Error::Storage(error.to_string()))?;
        Ok(bytes)
    }
}

impl Source for ModelFile {
    fn read_at(&mut self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let options = FileSystemReadWriteOptions::new();
        let mut done = 0;
        while done < out.len() {
            options.set_at((offset + done as u64) as f64);
            let read = self.handle.read_with_u8_array_and_options(&mut out[done..], &options);
            match read.map(browser::bytes) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(read) => done += read,
                Err(exception) => return Err(io::Error::other(browser::error_text(&exception))),
            }
        }
        Ok(())
    }
}

impl Drop for ModelFile {
    fn drop(&mut self) {
        self.handle.close();
    }
}
