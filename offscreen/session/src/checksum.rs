use sha2::{Digest, Sha256};

/// A SHA-256 in lower-case hexadecimal, as the catalogue writes them.
#[must_use]
pub fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A checksum that finds what storage does to a file: bits that flip, pieces that are swapped, zeros
/// for data. It is read at the speed of memory, so that a file of gigabytes can be looked through
/// whenever it is opened; it is no protection from anybody's will.
#[derive(Clone, Debug)]
pub struct Checksum {
    lanes: [u64; LANES],
    /// What does not fill a step yet.
    rest: [u8; STEP],
    filled: usize,
    len: u64,
}

/// Independent of each other, so that a processor works on all of them at once.
const LANES: usize = 4;

/// Bytes taken in at once.
const STEP: usize = 8 * LANES;

/// Odd, so that multiplication loses nothing; its bits are those of the golden ratio.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

impl Default for Checksum {
    fn default() -> Self {
        // Different from the start: pieces that move to another lane change the sum.
        Self { lanes: [1, 2, 3, 4], rest: [0; STEP], filled: 0, len: 0 }
    }
}

impl Checksum {
    /// Takes in what comes next; how a file is cut into pieces makes no difference.
    pub fn update(&mut self, mut bytes: &[u8]) {
        self.len = self.len.wrapping_add(bytes.len() as u64);
        if self.filled > 0 {
            let (head, tail) = bytes.split_at(bytes.len().min(STEP - self.filled));
            self.rest[self.filled..self.filled + head.len()].copy_from_slice(head);
            self.filled += head.len();
            if self.filled < STEP {
                return;
            }
            let rest = self.rest;
            self.step(&rest);
            self.filled = 0;
            bytes = tail;
        }
        let (steps, rest) = bytes.as_chunks::<STEP>();
        for step in steps {
            self.step(step);
        }
        self.rest[..rest.len()].copy_from_slice(rest);
        self.filled = rest.len();
    }

    /// The sum of everything, as 16 hexadecimal digits.
    #[must_use]
    pub fn finish(mut self) -> String {
        let mut rest = self.rest;
        rest[self.filled..].fill(0);
        self.step(&rest);
        let sum = self.lanes.iter().fold(self.len, |sum, &lane| mixed(sum, lane));
        format!("{sum:016x}")
    }

    fn step(&mut self, bytes: &[u8; STEP]) {
        let (words, _) = bytes.as_chunks::<8>();
        for (lane, word) in self.lanes.iter_mut().zip(words) {
            *lane = mixed(*lane, u64::from_le_bytes(*word));
        }
    }
}

/// For a given `sum` another one for each `word`: what differs in one word alone is always seen.
fn mixed(sum: u64, word: u64) -> u64 {
    (sum ^ word).wrapping_mul(FACTOR).rotate_left(29)
}

#[cfg(test)]
mod tests {
    use super::Checksum;
    use proptest::prelude::*;

    fn sum(bytes: &[u8]) -> String {
        let mut checksum = Checksum::default();
        checksum.update(bytes);
        checksum.finish()
    }

    proptest! {
        #[test]
        fn it_does_not_matter_how_a_file_is_cut(
            pieces in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..100), 0..8),
        ) {
            let mut checksum = Checksum::default();
            pieces.iter().for_each(|piece| checksum.update(piece));
            prop_assert_eq!(checksum.finish(), sum(&pieces.concat()));
        }

        #[test]
        fn a_flipped_bit_is_seen_and_so_is_a_byte_more_or_less(
            bytes in proptest::collection::vec(any::<u8>(), 1..300),
            at in any::<prop::sample::Index>(),
            bit in 0..8_u32,
        ) {
            let whole = sum(&bytes);
            let mut flipped = bytes.clone();
            flipped[at.index(bytes.len())] ^= 1 << bit;
            prop_assert_ne!(&sum(&flipped), &whole);
            prop_assert_ne!(&sum(&bytes[..bytes.len() - 1]), &whole);
            prop_assert_ne!(&sum(&[bytes.as_slice(), &[0]].concat()), &whole);
        }
    }

    #[test]
    fn pieces_that_are_swapped_are_seen() {
        let piece = |byte: u8| [byte; 8];
        let (a, b) = ([piece(1), piece(2)].concat(), [piece(2), piece(1)].concat());
        assert_ne!(sum(&a), sum(&b));
        assert_ne!(sum(&[a.repeat(2), b.clone()].concat()), sum(&[b, a.repeat(2)].concat()));
    }
}
