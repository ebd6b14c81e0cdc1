//! Hostile input of every kind.
//!
//! A [`Target`] is a function of bytes that panics where something is wrong, and nowhere else; a
//! module has those of one room. Bytes are read as the text or the file that the code under test
//! gets, so that a corpus can be read and written by hand. [`TARGETS`] lists them all. They run
//! three ways:
//!
//! - every input of the corpus and some thousand mutations of them with each test run, natively
//!   (`cargo test -p fuzz`), and with 32-bit numbers on demand (`cargo xtask fuzz --wasm`): [`short`];
//! - for as long as one likes, guided by coverage: `cargo xtask fuzz [TARGET]`, by `libfuzzer.rs`.
//!
//! A corpus is `corpus/TARGET/`: a file for each input that once failed or reaches far, small, with
//! a name that says what it is. What can be made in code is a seed instead.

pub mod adapter;
mod answers;
pub mod article;
pub mod ask;
mod corpus;
pub mod document;
pub mod header;
pub mod journal;
pub mod model;
pub mod mutation;
pub mod note;
pub mod protocol;
pub mod rewrite;
pub mod sentences;
pub mod server;
pub mod short;
pub mod summarize;
pub mod template;
mod texts;
pub mod tokenizer;
pub mod translate;

/// Something that must hold for any input.
pub struct Target {
    /// As on the command line; its corpus is the folder of this name.
    pub name: &'static str,
    /// Panics where something is wrong.
    pub run: fn(&[u8]),
    /// Inputs to begin with, made in code.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// What mutations insert: words that mean something to the code under test.
    pub words: &'static [&'static str],
    /// Mutations in the short form: about half a second's, or two of what ships.
    pub mutations: u64,
}

/// All targets.
pub const TARGETS: &[Target] = &[
    header::HEADER,
    header::PLAN,
    model::MODEL,
    adapter::ADAPTER,
    tokenizer::TOKENIZER,
    template::TEMPLATE,
    note::NOTE,
    journal::JOURNAL,
    protocol::MESSAGES,
    protocol::REQUESTS,
    server::SERVER,
    document::DOCUMENT,
    texts::ARTICLE,
    texts::SENTENCES,
    texts::SUMMARIZE,
    texts::ASK,
    texts::REWRITE,
    texts::TRANSLATE,
];

/// The target of this name.
#[must_use]
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// For targets that begin with their corpus alone.
#[must_use]
pub fn no_seeds() -> Vec<Vec<u8>> {
    Vec::new()
}
