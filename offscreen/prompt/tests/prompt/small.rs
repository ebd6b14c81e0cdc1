//! Headers with small vocabularies.

use gguf::write::Writer;
use gguf::{Array, Gguf, Value};
use prompt::{Error, Tokenizer};
use std::collections::BTreeMap;

/// Types of tokens as in the file.
pub(crate) const TEXT: i32 = 1;
pub(crate) const UNKNOWN: i32 = 2;
pub(crate) const CONTROL: i32 = 3;
pub(crate) const USER_DEFINED: i32 = 4;
pub(crate) const BYTE: i32 = 6;

/// A token, its score and its type.
pub(crate) type Token<'a> = (&'a str, f32, i32);

/// A header with this vocabulary, and what else it states, or states otherwise.
pub(crate) fn header(model: &str, tokens: &[Token<'_>], more: &[(&str, Value)]) -> Gguf {
    let texts = Array::String(tokens.iter().map(|(token, ..)| token).collect());
    let scores = Array::F32(tokens.iter().map(|(_, score, _)| *score).collect());
    let types = Array::I32(tokens.iter().map(|(.., ty)| *ty).collect());
    let mut values = BTreeMap::from([
        ("tokenizer.ggml.model", model.into()),
        ("tokenizer.ggml.tokens", Value::Array(texts)),
        ("tokenizer.ggml.scores", Value::Array(scores)),
        ("tokenizer.ggml.token_type", Value::Array(types)),
    ]);
    values.extend(more.iter().cloned());
    let mut writer = Writer::new();
    for (key, value) in values {
        writer.set(key, value);
    }
    let file = writer.to_bytes(|_, _| {});
    Gguf::parse(&file, file.len() as u64).expect("a valid header")
}

/// SentencePiece: unknown, `<s>`, `</s>`, the bytes from id 3 on, then `extra` from [`FIRST`] on.
pub(crate) fn sentence_piece(extra: &[Token<'_>], more: &[(&str, Value)]) -> Result<Tokenizer, Error> {
    let bytes: Vec<String> = (0..=255).map(|byte| format!("<0x{byte:02X}>")).collect();
    let mut tokens = vec![("<unk>", 0.0, UNKNOWN), ("<s>", 0.0, CONTROL), ("</s>", 0.0, CONTROL)];
    tokens.extend(bytes.iter().map(|byte| (byte.as_str(), 0.0, BYTE)));
    tokens.extend(extra);
    let mut values =
        vec![("tokenizer.ggml.bos_token_id", Value::U32(1)), ("tokenizer.ggml.eos_token_id", Value::U32(2))];
    values.extend_from_slice(more);
    Tokenizer::from_gguf(&header("llama", &tokens, &values))
}

/// The id of the first extra token.
pub(crate) const FIRST: u32 = 259;

/// Byte-level BPE with the tokens and merges given.
pub(crate) fn byte_level(tokens: &[Token<'_>], merges: &[&str], pre: &str) -> Result<Tokenizer, Error> {
    let merges = Array::String(merges.iter().collect());
    let more = [("tokenizer.ggml.merges", Value::Array(merges)), ("tokenizer.ggml.pre", pre.into())];
    Tokenizer::from_gguf(&header("gpt2", tokens, &more))
}
