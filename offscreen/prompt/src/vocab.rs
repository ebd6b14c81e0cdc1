//! The vocabulary of a model file.

use crate::Error;
use gguf::Gguf;

/// What a token is for; numbers as in `tokenizer.ggml.token_type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenType {
    /// Text.
    Normal,
    /// Not text: marks turns, ends, roles. Never made from a page's text.
    Control,
    /// Text that is always one token.
    UserDefined,
    /// One byte, `<0xNN>`.
    Byte,
    /// Neither.
    Other,
}

/// Every token with its type; the index is the id.
pub(crate) struct Vocab {
    pub(crate) tokens: Vec<String>,
    pub(crate) types: Vec<TokenType>,
}

impl Vocab {
    pub(crate) fn from_gguf(gguf: &Gguf) -> Result<Self, Error> {
        let tokens: Vec<String> = gguf.strings("tokenizer.ggml.tokens")?.iter().map(str::to_owned).collect();
        let types = match gguf.i32s("tokenizer.ggml.token_type") {
            Err(gguf::Error::Missing { .. }) => vec![TokenType::Normal; tokens.len()],
            types => types?.into_iter().map(token_type).collect(),
        };
        if types.len() != tokens.len() || u32::try_from(tokens.len()).is_err() {
            return Err(Error::Vocab(format!("{} types for {} tokens", types.len(), tokens.len())));
        }
        Ok(Self { tokens, types })
    }

    /// Tokens with their ids and types.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &str, TokenType)> {
        (0..).zip(self.tokens.iter().zip(&self.types)).map(|(id, (token, ty))| (id, token.as_str(), *ty))
    }

    /// The text tokens as the BPE model wants them: without those that text must not turn into.
    pub(crate) fn text_tokens(&self) -> impl Iterator<Item = (String, u32)> {
        let is_text = |ty| matches!(ty, TokenType::Normal | TokenType::Byte | TokenType::Other);
        self.iter().filter(move |(.., ty)| is_text(*ty)).map(|(id, token, _)| (token.to_owned(), id))
    }
}

fn token_type(number: i32) -> TokenType {
    match number {
        1 => TokenType::Normal,
        3 => TokenType::Control,
        4 => TokenType::UserDefined,
        6 => TokenType::Byte,
        _ => TokenType::Other,
    }
}
