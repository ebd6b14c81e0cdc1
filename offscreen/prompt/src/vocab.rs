//! The vocabulary of a model file.

use crate::Error;
use gguf::{Gguf, Strings};

/// Tokens that end an answer whatever the file calls its end token, as in llama.cpp.
const END_TOKENS: [&str; 8] = [
    "<|im_end|>",
    "<|endoftext|>",
    "<|end|>",
    "<|eot_id|>",
    "<|eom_id|>",
    "<|end_of_text|>",
    "<end_of_turn>",
    "<end_of_utterance>",
];

/// What a token is for; numbers as in `tokenizer.ggml.token_type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenType {
    /// Text.
    Normal,
    /// Not text: marks turns, ends, roles, what is unknown. Never made from a page's text.
    Control,
    /// Text that is always one token.
    UserDefined,
    /// One byte, `<0xNN>`.
    Byte,
}

/// Every token with its type; the index is the id.
pub(crate) struct Vocab<'a> {
    tokens: &'a Strings,
    types: Vec<TokenType>,
}

/// The most tokens, and the most merges. The largest vocabularies in use have a quarter of it; each
/// takes a hundred bytes of memory, whatever it takes in the file.
pub(crate) const MOST: usize = 1 << 20;

/// The longest token, in bytes: well over the longest run of spaces that is one.
const LONGEST: usize = 4096;

impl<'a> Vocab<'a> {
    pub(crate) fn from_gguf(gguf: &'a Gguf) -> Result<Self, Error> {
        let tokens = gguf.strings("tokenizer.ggml.tokens")?;
        if tokens.len() > MOST {
            return Err(Error::Vocab(format!("{} tokens are too many", tokens.len())));
        }
        if let Some(longest) = tokens.iter().map(str::len).max().filter(|longest| *longest > LONGEST) {
            return Err(Error::Vocab(format!("a token of {longest} bytes is too long")));
        }
        let numbers = match gguf.i32s("tokenizer.ggml.token_type") {
            Err(gguf::Error::Missing { .. }) => vec![1; tokens.len()],
            numbers => numbers?,
        };
        if numbers.len() != tokens.len() {
            return Err(Error::Vocab(format!("{} types for {} tokens", numbers.len(), tokens.len())));
        }
        let types = tokens.iter().zip(numbers).map(|(token, number)| token_type(token, number)).collect();
        Ok(Self { tokens, types })
    }

    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Tokens with their ids and types.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &'a str, TokenType)> {
        (0..).zip(self.tokens.iter().zip(&self.types)).map(|(id, (token, ty))| (id, token, *ty))
    }

    /// Tokens of one type, with their ids.
    pub(crate) fn of_type(&self, wanted: TokenType) -> impl Iterator<Item = (u32, &'a str)> {
        self.iter()
            .filter(move |&(_, token, ty)| ty == wanted && !token.is_empty())
            .map(|(id, token, _)| (id, token))
    }

    /// Tokens that text may turn into by merging.
    pub(crate) fn text(&self) -> impl Iterator<Item = (u32, &'a str)> {
        self.iter()
            .filter(|(.., ty)| matches!(ty, TokenType::Normal | TokenType::UserDefined))
            .map(|(id, token, _)| (id, token))
    }

    /// Tokens that end an answer by their names.
    pub(crate) fn ends(&self) -> impl Iterator<Item = u32> {
        self.of_type(TokenType::Control).filter(|(_, token)| END_TOKENS.contains(token)).map(|(id, _)| id)
    }
}

/// Some converters call control tokens user-defined: text would turn into them.
fn token_type(token: &str, number: i32) -> TokenType {
    let looks_like_control = || token.starts_with("<|") && token.ends_with("|>");
    match number {
        2 | 3 => TokenType::Control,
        4 if looks_like_control() => TokenType::Control,
        _ if END_TOKENS.contains(&token) => TokenType::Control,
        4 => TokenType::UserDefined,
        6 => TokenType::Byte,
        _ => TokenType::Normal,
    }
}
