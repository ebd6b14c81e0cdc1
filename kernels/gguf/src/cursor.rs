//! A reading position in the part of a file that is at hand.

use crate::Error;

/// The largest header accepted, in bytes. The largest vocabularies in use need about 15 MB.
pub const MAX_HEADER: u64 = 128 << 20;

/// Reads little-endian values and tells what is merely not at hand from what the file cannot
/// contain.
pub(crate) struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
    file_len: u64,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(prefix: &'a [u8], file_len: u64) -> Self {
        let len = usize::try_from(file_len).unwrap_or(usize::MAX).min(prefix.len());
        Self { bytes: &prefix[..len], at: 0, file_len }
    }

    /// Bytes read so far.
    pub(crate) fn at(&self) -> u64 {
        self.at as u64
    }

    /// Fails unless the file has `len` more bytes and they fit a header, whether or not they are at
    /// hand.
    pub(crate) fn expect(&self, len: u64) -> Result<u64, Error> {
        let needed = self.at().saturating_add(len);
        if needed > self.file_len {
            Err(Error::PastEnd { needed, file_len: self.file_len })
        } else if needed > MAX_HEADER {
            Err(Error::TooLong { what: "a header", len: needed, max: MAX_HEADER })
        } else {
            Ok(needed)
        }
    }

    /// The next `len` bytes.
    pub(crate) fn take(&mut self, len: u64) -> Result<&'a [u8], Error> {
        let needed = self.expect(len)?;
        let bytes = usize::try_from(needed).ok().and_then(|end| self.bytes.get(self.at..end));
        let bytes = bytes.ok_or(Error::Truncated { needed })?;
        self.at += bytes.len();
        Ok(bytes)
    }

    /// The next `N` bytes: a number's.
    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let mut out = [0; N];
        out.copy_from_slice(self.take(N as u64)?);
        Ok(out)
    }

    pub(crate) fn u32(&mut self) -> Result<u32, Error> {
        self.array().map(u32::from_le_bytes)
    }

    pub(crate) fn u64(&mut self) -> Result<u64, Error> {
        self.array().map(u64::from_le_bytes)
    }

    /// A string with its length before it.
    pub(crate) fn str(&mut self, what: &'static str, max: u64) -> Result<&'a str, Error> {
        let at = self.at();
        let len = self.u64()?;
        if len > max {
            return Err(Error::TooLong { what, len, max });
        }
        str::from_utf8(self.take(len)?).map_err(|_| Error::Utf8 { at })
    }
}
