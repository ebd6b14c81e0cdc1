//! New inputs from old ones, the same for the same seed.

/// Numbers that break arithmetic, and lengths that lie.
const EDGES: [u64; 14] = [
    0,
    1,
    2,
    0x7f,
    0xff,
    1 << 12,
    1 << 16,
    (1 << 24) + 1,
    i32::MAX as u64,
    u32::MAX as u64,
    (u32::MAX as u64) + 2,
    i64::MAX as u64,
    u64::MAX - 31,
    u64::MAX,
];

/// The same as text, with what numbers can also be.
const EDGE_WORDS: [&str; 12] = [
    "0",
    "1",
    "-1",
    "255",
    "65535",
    "4194305",
    "4294967295",
    "18446744073709551615",
    "1e-38",
    "1e39",
    "NaN",
    "-inf",
];

/// Random numbers (xorshift, Marsaglia 2003).
pub struct Random(u64);

impl Random {
    /// Begins with this seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `n`; 0 where there is none.
    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % (n as u64).max(1)).unwrap_or(0)
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }
}

/// Changes an input in a few places: bits, numbers, words, pieces moved, repeated, lost or taken
/// from another input. It does not grow beyond `longest` bytes.
pub fn mutate(random: &mut Random, input: &mut Vec<u8>, other: &[u8], words: &[&str], longest: usize) {
    for _ in 0..=random.below(4) {
        let at = random.below(input.len());
        let end = (at + random.below(64)).min(input.len());
        match random.below(10) {
            0 => {
                if let Some(byte) = input.get_mut(at) {
                    *byte ^= 1 << random.below(8);
                }
            }
            1 => {
                if let Some(byte) = input.get_mut(at) {
                    *byte = random.next().to_le_bytes()[0];
                }
            }
            2 => {
                let edge = random.pick(&EDGES).copied().unwrap_or_default().to_le_bytes();
                let len = [1, 4, 8][random.below(3)].min(input.len() - at);
                input[at..at + len].copy_from_slice(&edge[..len]);
            }
            3 => input.truncate(at),
            4 => drop(input.drain(at..end)),
            5 => {
                let piece = input[at..end].repeat(1 + random.below(8));
                let to = random.below(input.len());
                input.splice(to..to, piece);
            }
            6 => {
                let from = random.below(other.len());
                let piece = &other[from..(from + random.below(256)).min(other.len())];
                input.splice(at..at, piece.iter().copied());
            }
            // A word as it is, or in the place of one.
            7 => insert(input, at..at, random.pick(words)),
            8 => insert(input, word_at(input, at), random.pick(words)),
            _ => insert(input, word_at(input, at), random.pick(&EDGE_WORDS)),
        }
        input.truncate(longest);
    }
}

fn insert(input: &mut Vec<u8>, place: std::ops::Range<usize>, word: Option<&&str>) {
    if let Some(word) = word {
        input.splice(place, word.bytes());
    }
}

/// The letters, digits and points around a place.
fn word_at(input: &[u8], at: usize) -> std::ops::Range<usize> {
    let is_other = |byte: &u8| !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-' | b'+'));
    let start = input[..at].iter().rposition(is_other).map_or(0, |before| before + 1);
    let end = input[at..].iter().position(is_other).map_or(input.len(), |len| at + len);
    start..end
}
