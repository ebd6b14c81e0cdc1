//! Byte-level BPE (Radford et al. 2019, <https://github.com/openai/gpt-2>): words are written with
//! 256 characters that stand for bytes, then merged pair by pair in the order that was learnt.

use crate::Error;
use crate::pre_tokenizer::PreTokenizer;
use crate::vocab::{MOST, Vocab};
use ahash::AHashMap;
use gguf::Gguf;
use tokenizers::Model;
use tokenizers::models::bpe::BPE;

pub(crate) struct ByteLevel {
    bpe: BPE,
    pre_tokenizer: PreTokenizer,
    alphabet: [char; 256],
}

impl ByteLevel {
    pub(crate) fn new(gguf: &Gguf, vocab: &Vocab<'_>, pre_tokenizer: PreTokenizer) -> Result<Self, Error> {
        let mut tokens = AHashMap::with_capacity(vocab.len());
        tokens.extend(vocab.text().map(|(id, token)| (token.to_owned(), id)));
        let longest = tokens.keys().map(String::len).max().unwrap_or(0);
        let strings = gguf.strings("tokenizer.ggml.merges")?;
        if strings.len() > MOST {
            return Err(Error::Vocab(format!("{} merges are too many", strings.len())));
        }
        let mut merges = Vec::with_capacity(strings.len());
        for merge in strings.iter() {
            // That a merge makes a token is checked by the builder, which takes for granted that it
            // is no longer than one.
            let pair = merge.split_once(' ').filter(|(a, b)| a.len() + b.len() <= longest);
            let (a, b) = pair.ok_or_else(|| Error::Vocab(format!("{merge:?} is no merge")))?;
            merges.push((a.to_owned(), b.to_owned()));
        }
        let bpe = BPE::builder()
            .vocab_and_merges(tokens, merges)
            .ignore_merges(pre_tokenizer.ignores_merges)
            // The cache would outlive the model.
            .cache_capacity(0)
            .build()
            .map_err(|error| Error::Vocab(error.to_string()))?;
        Ok(Self { bpe, pre_tokenizer, alphabet: alphabet() })
    }

    /// Adds the ids of `text`. Bytes that the vocabulary lacks have none, as in the reference.
    pub(crate) fn encode(&self, text: &str, ids: &mut Vec<u32>) {
        let mut written = String::new();
        for word in self.pre_tokenizer.words(text) {
            written.clear();
            written.extend(word.bytes().map(|byte| self.alphabet[usize::from(byte)]));
            // Fails only with an unknown token, and none was set.
            let tokens = self.bpe.tokenize(&written).unwrap_or_default();
            ids.extend(tokens.iter().map(|token| token.id));
        }
    }
}

/// The character that stands for each byte: printable ones of Latin-1 for themselves, the others
/// from U+0100 on.
fn alphabet() -> [char; 256] {
    let mut others = '\u{100}'..;
    std::array::from_fn(|byte| match u8::try_from(byte).map(char::from) {
        Ok(c @ ('!'..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{ff}')) => c,
        _ => others.next().unwrap_or_default(),
    })
}

/// Reads tokens that are written with [`alphabet`]; one that is not stands for itself.
pub(crate) fn reader() -> impl Fn(&str) -> Vec<u8> {
    let alphabet = alphabet();
    let last = alphabet.iter().max().map_or(0, |&c| c as usize);
    let mut bytes = vec![None; last + 1];
    for (c, byte) in alphabet.into_iter().zip(0..=u8::MAX) {
        bytes[c as usize] = Some(byte);
    }
    move |token| {
        let read: Option<_> = token.chars().map(|c| *bytes.get(c as usize)?).collect();
        read.unwrap_or_else(|| token.as_bytes().to_vec())
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_byte_has_a_character_of_its_own() {
        let alphabet = super::alphabet();
        assert_eq!(
            [alphabet[0], alphabet[32], alphabet[65], alphabet[0x7f], alphabet[0xad]],
            ['Ā', 'Ġ', 'A', 'ġ', 'Ń']
        );
        let written: String = alphabet.iter().collect();
        assert!(super::reader()(&written).into_iter().eq(0..=255));
        assert_eq!(super::reader()("<| |>"), b"<| |>");
    }
}
