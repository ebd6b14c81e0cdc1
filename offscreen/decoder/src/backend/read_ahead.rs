//! A file read in long pieces: each read of a browser's file system takes a third of a millisecond whatever its length, and
//! most tensors are short.

use crate::{Error, Source};

/// Bytes read at a time: all of the file that is ever in memory beside the device's own copy.
const PIECE: usize = 1 << 20;

/// A source with the piece of it that was read last.
pub(super) struct ReadAhead<'a, S> {
    source: &'a mut S,
    /// Nothing is read from here on.
    end: u64,
    piece: Vec<u8>,
    /// Where the piece begins.
    start: u64,
}

impl<'a, S: Source> ReadAhead<'a, S> {
    /// Nothing read yet, and nothing from `end` on ever.
    pub(super) fn new(source: &'a mut S, end: u64) -> Self {
        Self { source, end, piece: Vec::new(), start: 0 }
    }

    /// The bytes from `offset` on: at least `least`, which are at most [`PIECE`] and before the end, and as many more as were
    /// read with them.
    pub(super) fn at(&mut self, offset: u64, least: usize) -> Result<&[u8], Error> {
        if offset < self.start || offset + least as u64 > self.start + self.piece.len() as u64 {
            let rest = usize::try_from(self.end - offset).unwrap_or(usize::MAX);
            self.piece.resize(rest.min(PIECE), 0);
            self.start = offset;
            if let Err(error) = self.source.read_at(offset, &mut self.piece) {
                self.piece.clear();
                return Err(error.into());
            }
        }
        // Within the piece, and so no longer than it.
        Ok(&self.piece[usize::try_from(offset - self.start).unwrap_or(usize::MAX)..])
    }
}
