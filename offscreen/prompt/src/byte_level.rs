//! Byte-level BPE (Radford et al. 2019, <https://github.com/openai/gpt-2>): words are written with 256 characters that
//! stand for bytes, then merged pair by pair in the order that was learnt.

use crate::Error;
use crate::pre_tokenizer::PreTokenizer;
use crate::vocab::Vocab;
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
        let tokens: AHashMap<String, u32> = vocab.text().map(|(id, token)| (token.to_owned(), id)).collect();
        let merges = gguf.strings("tokenizer.ggml.merges")?.iter().map(|merge| {
            // The builder takes for granted that a merge makes a token.
            let pair = merge.split_once(' ').filter(|(a, b)| tokens.contains_key(&format!("{a}{b}")));
            let pair = pair.ok_or_else(|| Error::Vocab(format!("{merge:?} is no merge")))?;
            Ok((pair.0.to_owned(), pair.1.to_owned()))
        });
        let merges = merges.collect::<Result<Vec<_>, Error>>()?;
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

/// The character that stands for each byte: printable ones of Latin-1 for themselves, the others from U+0100 on.
fn alphabet() -> [char; 256] {
    let mut others = '\u{100}'..;
    std::array::from_fn(|byte| match u8::try_from(byte).map(char::from) {
        Ok(c @ ('!'..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{ff}')) => c,
        _ => others.next().unwrap_or_default(),
    })
}

/// Reads tokens that are written with [`alphabet`]; one that is not stands for itself.
pub(crate) fn reader() -> impl Fn(&str) -> Vec<u8> {
    let bytes: AHashMap<char, u8> = alphabet().into_iter().zip(0..=u8::MAX).collect();
    move |token| {
        let read: Option<_> = token.chars().map(|c| bytes.get(&c).copied()).collect();
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
