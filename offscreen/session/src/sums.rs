use crate::checksum::{Checksum, hex};
use crate::chunk_list::ChunkList;
use crate::journal::CHUNK;
use sha2::{Digest, Sha256};

/// All that is worked out of a file's bytes while they pass.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    hash: Sha256,
    checksum: Checksum,
    chunks: ChunkList,
    len: u64,
}

impl Sums {
    /// Takes in what comes next; how a file is cut into pieces makes no difference.
    pub fn update(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let room = usize::try_from(CHUNK - self.len % CHUNK).unwrap_or(usize::MAX);
            let (now, rest) = bytes.split_at(bytes.len().min(room));
            self.hash.update(now);
            self.checksum.update(now);
            self.len += now.len() as u64;
            if self.len.is_multiple_of(CHUNK) {
                self.chunks.push(&self.hash);
            }
            bytes = rest;
        }
    }

    /// Bytes that have passed.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether none have.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The SHA-256 of them, in lower-case hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> String {
        hex(self.hash.clone())
    }

    /// [`Checksum`] of them.
    #[must_use]
    pub fn checksum(&self) -> String {
        self.checksum.clone().finish()
    }

    /// What the hash was at the end of each chunk.
    #[must_use]
    pub fn chunks(&self) -> &ChunkList {
        &self.chunks
    }
}
