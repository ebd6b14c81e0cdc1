//! SentencePiece's BPE (Kudo and Richardson 2018, <https://arxiv.org/abs/1808.06226>): of all
//! neighbours whose join is a token, those with the best score are joined first. A character that
//! is no token becomes its bytes.
//!
//! Written out here because the library's BPE wants every possible merge as a list: for a
//! vocabulary of 262 thousand that takes 0.8 s and 140 MB to make, and this needs the tokens and
//! their scores alone.

use crate::Error;
use crate::pieces::Pieces;
use crate::vocab::{TokenType, Vocab};
use ahash::RandomState;
use gguf::Gguf;
use hashbrown::HashTable;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Stands for a space in the vocabulary.
const SPACE: char = '\u{2581}';

pub(crate) struct SentencePiece {
    /// Text tokens, found by the bytes they stand for.
    tokens: HashTable<u32>,
    hasher: RandomState,
    scores: Vec<f32>,
    /// The token of each byte, else the unknown token.
    bytes: Vec<Option<u32>>,
    adds_space: bool,
}

/// A part of the text, joined from characters; a list that is linked both ways.
struct Symbol {
    start: usize,
    /// 0 once it is joined to the one before.
    len: usize,
    before: usize,
    after: usize,
}

/// No symbol.
const NONE: usize = usize::MAX;

/// Two neighbours that could be joined. Greater is better: by score, then further left.
struct Join {
    score: f32,
    left: usize,
    right: usize,
    /// Bytes of both: a join whose parts have changed since is void.
    len: usize,
}

impl SentencePiece {
    pub(crate) fn new(gguf: &Gguf, vocab: &Vocab<'_>, pieces: &Pieces) -> Result<Self, Error> {
        let scores = gguf.f32s("tokenizer.ggml.scores")?.to_vec();
        if scores.len() != vocab.len() {
            return Err(Error::Vocab(format!("{} scores for {} tokens", scores.len(), vocab.len())));
        }
        let hasher = RandomState::with_seeds(1, 2, 3, 4);
        let mut tokens = HashTable::with_capacity(vocab.len());
        // A token written with a plain space cannot be told from one written as it should be.
        for (id, _) in vocab.text().filter(|(_, token)| !token.contains(' ')) {
            let hash = |id: &u32| hasher.hash_one(pieces.get(*id));
            tokens.entry(hash(&id), |other| pieces.get(*other) == pieces.get(id), hash).or_insert(id);
        }
        let unknown =
            gguf.u32("tokenizer.ggml.unknown_token_id").ok().filter(|&id| (id as usize) < vocab.len());
        let mut bytes = vec![unknown; 256];
        for (id, _) in vocab.of_type(TokenType::Byte) {
            if let [byte] = pieces.get(id) {
                bytes[usize::from(*byte)] = Some(id);
            }
        }
        let adds_space = gguf.bool("tokenizer.ggml.add_space_prefix").unwrap_or(true);
        Ok(Self { tokens, hasher, scores, bytes, adds_space })
    }

    /// Adds the ids of `text`.
    pub(crate) fn encode(&self, pieces: &Pieces, text: &str, ids: &mut Vec<u32>) {
        let prefix = if self.adds_space { " " } else { "" };
        // The stand-in itself cannot be told from a space.
        let text = format!("{prefix}{text}").replace(SPACE, " ").into_bytes();
        for Symbol { start, len, .. } in self.join(pieces, &text) {
            let part = &text[start..start + len];
            match self.token(pieces, part) {
                Some(id) => ids.push(id),
                None => ids.extend(part.iter().filter_map(|&byte| self.bytes[usize::from(byte)])),
            }
        }
    }

    fn token(&self, pieces: &Pieces, bytes: &[u8]) -> Option<u32> {
        self.tokens.find(self.hasher.hash_one(bytes), |&id| pieces.get(id) == bytes).copied()
    }

    /// The symbols that are left when nothing more can be joined.
    fn join(&self, pieces: &Pieces, text: &[u8]) -> impl Iterator<Item = Symbol> {
        let mut symbols = characters(text);
        let mut joins = BinaryHeap::new();
        let consider = |symbols: &[Symbol], joins: &mut BinaryHeap<Join>, left: usize, right: usize| {
            if left == NONE || right == NONE {
                return;
            }
            let (start, len) = (symbols[left].start, symbols[left].len + symbols[right].len);
            if let Some(id) = self.token(pieces, &text[start..start + len]) {
                joins.push(Join { score: self.scores[id as usize], left, right, len });
            }
        };
        for right in 1..symbols.len() {
            consider(&symbols, &mut joins, right - 1, right);
        }
        while let Some(Join { left, right, len, .. }) = joins.pop() {
            if symbols[left].len == 0
                || symbols[right].len == 0
                || symbols[left].len + symbols[right].len != len
            {
                continue;
            }
            let after = symbols[right].after;
            symbols[right].len = 0;
            symbols[left].len = len;
            symbols[left].after = after;
            if after != NONE {
                symbols[after].before = left;
            }
            consider(&symbols, &mut joins, symbols[left].before, left);
            consider(&symbols, &mut joins, left, after);
        }
        symbols.into_iter().filter(|symbol| symbol.len > 0)
    }
}

/// One symbol for each character of a UTF-8 text.
fn characters(text: &[u8]) -> Vec<Symbol> {
    let is_start = |byte: u8| byte & 0xc0 != 0x80;
    let mut symbols: Vec<Symbol> = Vec::with_capacity(text.len());
    for (start, &byte) in text.iter().enumerate() {
        let index = symbols.len();
        match symbols.last_mut() {
            Some(last) if !is_start(byte) => last.len += 1,
            last => {
                if let Some(last) = last {
                    last.after = index;
                }
                symbols.push(Symbol {
                    start,
                    len: 1,
                    before: index.checked_sub(1).unwrap_or(NONE),
                    after: NONE,
                });
            }
        }
    }
    symbols
}

/// The bytes of a token as the vocabulary writes it.
pub(crate) fn read(token: &str, ty: TokenType) -> Vec<u8> {
    let byte = || u8::from_str_radix(token.strip_prefix("<0x")?.strip_suffix('>')?, 16).ok();
    match ty {
        TokenType::Byte => byte().into_iter().collect(),
        _ => token.replace(SPACE, " ").into_bytes(),
    }
}

impl Ord for Join {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.total_cmp(&other.score).then(other.left.cmp(&self.left))
    }
}

impl PartialOrd for Join {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Join {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Join {}
