use std::io;

/// Where weights are read from: a file, or storage in the browser.
pub trait Source {
    /// Fills `out` with the bytes at `offset`.
    ///
    /// # Errors
    /// When they cannot be read, or the source ends before `out` is full.
    fn read_at(&mut self, offset: u64, out: &mut [u8]) -> io::Result<()>;
}

impl<S: io::Read + io::Seek> Source for S {
    fn read_at(&mut self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.seek(io::SeekFrom::Start(offset))?;
        self.read_exact(out)
    }
}
