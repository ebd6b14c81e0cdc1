use crate::checksum::{Checksum, hex};
use crate::journal::CHUNK;
use sha2::digest::common::hazmat::{SerializableState, SerializedState};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The first line of a list; another format has another one.
const FORMAT: &str = "sotto chunks 1";

/// Bytes that SHA-256 takes in at once: a chunk is many of them, and nothing else.
const BLOCK: u64 = 64;

/// The words of SHA-256 between two blocks.
type State = [u8; 32];

/// What the SHA-256 of a file was at the end of each of its chunks, before it was finished: where it
/// goes on from. So a chunk can be checked by itself, and all of them together are checked as by the
/// hash of the whole. It costs nothing to make while that hash is worked out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChunkList {
    states: Vec<State>,
}

impl ChunkList {
    /// Notes the hash of the file from its beginning to the end of its next chunk.
    pub(crate) fn push(&mut self, hash: &Sha256) {
        let mut state = State::default();
        state.copy_from_slice(&hash.serialize()[..size_of::<State>()]);
        self.states.push(state);
    }

    /// Whether these are the bytes of the chunk that begins at `begin`, of a file of `len` bytes with
    /// this SHA-256. The last chunk may be short.
    #[must_use]
    pub fn is_right(&self, begin: u64, bytes: &[u8], len: u64, sha256: &str) -> bool {
        let end = begin + bytes.len() as u64;
        let Some(hash) = self.before(begin).filter(|_| !bytes.is_empty()) else { return false };
        let hash = hash.chain_update(bytes);
        if end == len {
            return hex(hash) == sha256;
        }
        let mut next = Self::default();
        next.push(&hash);
        end.is_multiple_of(CHUNK) && next.states.first() == self.at(end)
    }

    /// The hash of the file up to a place between two chunks.
    fn before(&self, place: u64) -> Option<Sha256> {
        if place == 0 {
            return Some(Sha256::new());
        }
        // As `serialize` has it: the words, how many blocks there were, and nothing that waits for more.
        let mut serialized: SerializedState<Sha256> = Sha256::new().serialize();
        let (words, rest) = serialized.split_at_mut(size_of::<State>());
        words.copy_from_slice(self.at(place)?);
        rest.get_mut(..size_of::<u64>())?.copy_from_slice(&(place / BLOCK).to_le_bytes());
        Sha256::deserialize(&serialized).ok()
    }

    fn at(&self, end: u64) -> Option<&State> {
        let chunk = usize::try_from((end / CHUNK).checked_sub(1)?).ok()?;
        self.states.get(chunk).filter(|_| end.is_multiple_of(CHUNK))
    }

    /// It as it is stored.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("{FORMAT}\n");
        for state in &self.states {
            state.iter().for_each(|byte| {
                let _ = write!(text, "{byte:02x}");
            });
            text.push('\n');
        }
        let sum = sum(&text);
        text + &sum + "\n"
    }

    /// Reads what was stored; none where that is not as it was.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let text = str::from_utf8(bytes).ok()?.strip_suffix('\n')?;
        let (list, noted) = text.split_at(text.rfind('\n')? + 1);
        if sum(list) != noted {
            return None;
        }
        let lines = list.strip_prefix(FORMAT)?.strip_prefix('\n')?.lines();
        Some(Self { states: lines.map(read_state).collect::<Option<_>>()? })
    }
}

fn sum(text: &str) -> String {
    let mut checksum = Checksum::default();
    checksum.update(text.as_bytes());
    checksum.finish()
}

fn read_state(line: &str) -> Option<State> {
    let mut state = State::default();
    if line.len() != 2 * state.len() || !line.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (at, byte) in state.iter_mut().enumerate() {
        *byte = u8::from_str_radix(line.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(state)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEN: u64 = 2 * CHUNK + 100;

    fn number(bytes: u64) -> usize {
        usize::try_from(bytes).unwrap()
    }

    fn file() -> Vec<u8> {
        (0..LEN).map(|at| u8::try_from(at * at % 251).unwrap_or_default()).collect()
    }

    /// The list of a file, and its SHA-256.
    fn listed(file: &[u8]) -> (ChunkList, String) {
        let (mut list, mut hash) = (ChunkList::default(), Sha256::new());
        for chunk in file.chunks(number(CHUNK)) {
            hash.update(chunk);
            if chunk.len() as u64 == CHUNK {
                list.push(&hash);
            }
        }
        (list, hex(hash))
    }

    #[test]
    fn each_chunk_is_told_right_or_wrong_by_itself() {
        for len in [LEN, 2 * CHUNK] {
            let mut file = file();
            file.truncate(number(len));
            let (list, sha256) = listed(&file);
            assert_eq!(sha256, hex(Sha256::new().chain_update(&file)));
            let right = |file: &[u8]| -> Vec<bool> {
                let chunks = file.chunks(number(CHUNK)).zip((0..).step_by(number(CHUNK)));
                chunks.map(|(chunk, begin)| list.is_right(begin, chunk, len, &sha256)).collect()
            };
            assert!(right(&file).into_iter().all(|right| right));
            file[number(CHUNK) + 3] ^= 1;
            let found = right(&file);
            assert_eq!((found[0], found[1]), (true, false));
            assert!(found[2..].iter().all(|&right| right), "what follows is not blamed");
        }
    }

    #[test]
    fn what_is_no_whole_chunk_is_wrong() {
        let file = file();
        let (list, sha256) = listed(&file);
        let is_right =
            |begin: u64, end: u64| list.is_right(begin, &file[number(begin)..number(end)], LEN, &sha256);
        assert!(is_right(0, CHUNK) && is_right(2 * CHUNK, LEN));
        for (begin, end) in [(0, CHUNK - 1), (0, 0), (1, CHUNK), (2 * CHUNK, LEN - 1), (CHUNK, CHUNK)] {
            assert!(!is_right(begin, end), "{begin}..{end}");
        }
        assert!(!ChunkList::default().is_right(CHUNK, &file[..number(CHUNK)], LEN, &sha256));
    }

    #[test]
    fn a_list_comes_back_as_it_was_or_not_at_all() {
        let (list, _) = listed(&file());
        let text = list.text();
        assert_eq!(ChunkList::parse(text.as_bytes()), Some(list));
        assert_eq!(ChunkList::parse(ChunkList::default().text().as_bytes()), Some(ChunkList::default()));
        for at in 0..text.len() {
            assert_eq!(ChunkList::parse(&text.as_bytes()[..at]), None, "cut at {at}");
            let mut other = text.clone().into_bytes();
            other[at] ^= 1;
            assert_eq!(ChunkList::parse(&other), None, "another byte at {at}");
        }
        let sum = sum("sotto chunks 1\nzz\n");
        assert_eq!(ChunkList::parse(format!("sotto chunks 1\nzz\n{sum}\n").as_bytes()), None);
    }
}
