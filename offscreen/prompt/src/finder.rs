use crate::Error;
use aho_corasick::{AhoCorasick, MatchKind};

/// Finds tokens that are written out in a text: the leftmost first, the longest of those.
pub(crate) struct Finder {
    automaton: AhoCorasick,
    /// Pattern `i` is token `ids[i]`.
    ids: Vec<u32>,
    /// What the tokens begin with, each character once.
    firsts: Vec<char>,
}

/// A part of a text.
pub(crate) enum Part<'t> {
    /// Between tokens.
    Text(&'t str),
    /// A token that is written out.
    Token(u32),
}

/// The longest token that is found, and all of them, in bytes: an automaton takes up to a kilobyte of
/// memory for a byte. Published vocabularies have some thousand, of a hundred kilobytes together.
const LONGEST: usize = 512;
const ALL: usize = 1 << 20;

impl Finder {
    /// # Errors
    /// [`Error::Vocab`] for more or longer tokens than any honest vocabulary has.
    pub(crate) fn new<'a>(tokens: impl Iterator<Item = (u32, &'a str)>) -> Result<Self, Error> {
        let (mut ids, mut texts, mut bytes) = (Vec::new(), Vec::new(), 0);
        for (id, text) in tokens {
            bytes += text.len();
            if text.len() > LONGEST || bytes > ALL {
                return Err(Error::Vocab("its control and user-defined tokens are too long".to_owned()));
            }
            ids.push(id);
            texts.push(text);
        }
        let mut firsts: Vec<char> = texts.iter().filter_map(|text| text.chars().next()).collect();
        firsts.sort_unstable();
        firsts.dedup();
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(texts);
        Ok(Self { automaton: automaton.map_err(|error| Error::Vocab(error.to_string()))?, ids, firsts })
    }

    /// Cuts `text` at every token in it.
    pub(crate) fn split<'t>(&self, text: &'t str, mut each: impl FnMut(Part<'t>)) {
        let mut from = 0;
        for found in self.automaton.find_iter(text) {
            if from < found.start() {
                each(Part::Text(&text[from..found.start()]));
            }
            each(Part::Token(self.ids[found.pattern().as_usize()]));
            from = found.end();
        }
        if from < text.len() {
            each(Part::Text(&text[from..]));
        }
    }

    /// Makes a text without any of the tokens, to be undone by removing `guard`: it is put after
    /// every character that a token could begin with.
    pub(crate) fn guard(&self, text: &str, guard: char) -> String {
        let mut guarded = String::with_capacity(text.len() + 16);
        for c in text.chars() {
            guarded.push(c);
            if self.firsts.binary_search(&c).is_ok() {
                guarded.push(guard);
            }
        }
        guarded
    }
}
