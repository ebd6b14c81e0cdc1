//! A file read in long pieces: each read of a browser's file system takes a third of a millisecond
//! whatever its length, and most tensors are short.

use crate::{Error, Source};

/// Bytes read at a time: all of the file that is ever in memory beside the device's own copy.
const PIECE: usize = 1 << 20;

/// A source with the piece of it that was read last.
pub(crate) struct ReadAhead<'a, S> {
    source: &'a mut S,
    /// Nothing is read from here on.
    end: u64,
    piece: Vec<u8>,
    /// Where the piece begins.
    start: u64,
}

impl<'a, S: Source> ReadAhead<'a, S> {
    /// Nothing read yet, and nothing from `end` on ever.
    pub(crate) fn new(source: &'a mut S, end: u64) -> Self {
        Self { source, end, piece: Vec::new(), start: 0 }
    }

    /// The bytes from `offset` on: at least `least`, which are at most [`PIECE`] and before the
    /// end, and as many more as were read with them.
    pub(crate) fn at(&mut self, offset: u64, least: usize) -> Result<&[u8], Error> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Bytes that tell where they stand.
    fn file() -> Vec<u8> {
        (0..5 * PIECE / 2).map(|i| (i ^ (i >> 8) ^ (i >> 16)).to_le_bytes()[0]).collect()
    }

    #[test]
    fn a_short_file_is_an_error_and_no_bytes() {
        let file = vec![0_u8; 100];
        let mut source = std::io::Cursor::new(&file);
        let mut ahead = ReadAhead::new(&mut source, 200);
        assert!(ahead.at(0, 10).is_err());
        assert!(ahead.at(0, 10).is_err());
    }

    proptest! {
        #[test]
        fn bytes_are_those_of_the_file(reads in prop::collection::vec((0..5 * PIECE / 2 - 300, 1_usize..300), 1..20)) {
            let file = file();
            let mut source = std::io::Cursor::new(&file);
            let mut ahead = ReadAhead::new(&mut source, file.len() as u64);
            for (offset, least) in reads {
                let bytes = ahead.at(offset as u64, least).unwrap();
                prop_assert!(bytes.len() >= least);
                prop_assert_eq!(bytes, &file[offset..offset + bytes.len()]);
            }
        }
    }
}
