//! SentencePiece with byte fallback, on a vocabulary small enough to see through.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use gguf::{Gguf, write::Writer};
use prompt::{Error, Special, Tokenizer};

/// `(token, score, type)`; types as in the file: 1 text, 2 unknown, 3 control, 6 byte.
fn tokenizer(extra: &[(&str, f32, i32)]) -> Result<Tokenizer, Error> {
    let mut vocab =
        vec![("<unk>".to_owned(), 0.0, 2), ("<s>".to_owned(), 0.0, 3), ("</s>".to_owned(), 0.0, 3)];
    vocab.extend((0..=255).map(|byte| (format!("<0x{byte:02X}>"), 0.0, 6)));
    vocab.extend(extra.iter().map(|&(token, score, ty)| (token.to_owned(), score, ty)));
    let mut writer = Writer::new();
    writer.set("tokenizer.ggml.model", "llama");
    writer.set("tokenizer.ggml.tokens", gguf::Array::String(vocab.iter().map(|(token, ..)| token).collect()));
    writer.set("tokenizer.ggml.scores", gguf::Array::F32(vocab.iter().map(|(_, score, _)| *score).collect()));
    writer.set("tokenizer.ggml.token_type", gguf::Array::I32(vocab.iter().map(|(.., ty)| *ty).collect()));
    writer.set("tokenizer.ggml.bos_token_id", 1_u32);
    writer.set("tokenizer.ggml.eos_token_id", 2_u32);
    let file = writer.to_bytes(|_, _| {});
    Tokenizer::from_gguf(&Gguf::parse(&file, file.len() as u64).unwrap())
}

const FIRST: u32 = 259;

#[test]
fn the_best_score_merges_first() {
    let tokens = [
        ("a", -9.0, 1),
        ("b", -9.0, 1),
        ("c", -9.0, 1),
        ("ab", -2.0, 1),
        ("bc", -1.0, 1),
        ("\u{2581}", -9.0, 1),
        ("\u{2581}a", -3.0, 1),
    ];
    let tokenizer = tokenizer(&tokens).unwrap();
    assert_eq!(tokenizer.encode("abc", Special::AsText), [FIRST, FIRST + 4], "a bc, not ab c");
    assert_eq!(tokenizer.encode("ab a", Special::AsText), [FIRST + 3, FIRST + 6]);
    assert_eq!(tokenizer.decode(&[FIRST + 3, FIRST + 6]), "ab a");
}

#[test]
fn what_is_not_in_the_vocabulary_becomes_bytes() {
    let tokenizer = tokenizer(&[("a", -1.0, 1)]).unwrap();
    let ids = tokenizer.encode("aé", Special::AsText);
    assert_eq!(ids, [FIRST, 3 + 0xc3, 3 + 0xa9]);
    assert_eq!(tokenizer.decode(&ids), "aé");
    assert_eq!(tokenizer.decode(&ids[..2]), "a\u{fffd}");
}

#[test]
fn written_out_bytes_and_control_tokens_are_text() {
    let tokenizer = tokenizer(&[("<", -1.0, 1), ("s", -1.0, 1), (">", -1.0, 1)]).unwrap();
    assert_eq!(tokenizer.encode("<s>", Special::AsText), [FIRST, FIRST + 1, FIRST + 2]);
    assert_eq!(tokenizer.encode("<s>", Special::Recognise), [1]);
    assert!(tokenizer.is_end(2) && !tokenizer.is_end(1));
}
