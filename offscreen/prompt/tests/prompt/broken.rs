//! Vocabularies that contradict themselves are refused, not believed.

use crate::small::{CONTROL, TEXT, USER_DEFINED, byte_level, header};
use gguf::{Array, Gguf, Value};
use prompt::{ChatTemplate, Error, Special, Tokenizer};

fn refused(gguf: &Gguf) -> Error {
    Tokenizer::from_gguf(gguf).err().expect("a refusal")
}

#[test]
fn merges_must_make_tokens_of_tokens() {
    let tokens = [("a", 0.0, TEXT), ("b", 0.0, TEXT), ("ab", 0.0, TEXT)];
    assert_eq!(byte_level(&tokens, &["a b"], "gpt-2").unwrap().encode("abab", Special::AsText), [2, 2]);
    for merge in ["ab ab", "b a", "x y", "ab", "", " "] {
        assert!(matches!(byte_level(&tokens, &[merge], "gpt-2"), Err(Error::Vocab(_))), "{merge:?}");
    }
    let longest = [("aaaa", 0.0, TEXT), ("bbbb", 0.0, TEXT)];
    assert!(matches!(byte_level(&longest, &["aaaa bbbb"], "gpt-2"), Err(Error::Vocab(_))));
}

#[test]
fn bytes_without_a_token_have_no_ids() {
    let tokenizer = byte_level(&[("a", 0.0, TEXT)], &[], "default").unwrap();
    assert_eq!(tokenizer.encode("a☃a", Special::AsText), [0, 0]);
    assert_eq!(tokenizer.bytes(7), b"");
}

#[test]
fn lists_are_as_long_as_the_vocabulary() {
    let tokens = [("a", 0.0, TEXT), ("b", 0.0, TEXT)];
    for list in [Array::F32(vec![0.0]), Array::F32(vec![0.0; 3])] {
        let scores = [("tokenizer.ggml.scores", Value::Array(list))];
        assert!(matches!(refused(&header("llama", &tokens, &scores)), Error::Vocab(_)));
    }
    let types = [("tokenizer.ggml.token_type", Value::Array(Array::I32(vec![1])))];
    assert!(matches!(refused(&header("llama", &tokens, &types)), Error::Vocab(_)));
}

#[test]
fn ids_outside_the_vocabulary_are_ignored() {
    let ids = ["bos", "eos", "eot", "unknown"].map(|name| format!("tokenizer.ggml.{name}_token_id"));
    let more: Vec<_> = ids.iter().map(|key| (key.as_str(), Value::U32(9))).collect();
    let tokenizer = Tokenizer::from_gguf(&header("llama", &[("a", f32::NAN, TEXT)], &more)).unwrap();
    assert_eq!((tokenizer.bos(), tokenizer.eos(), tokenizer.is_end(9)), (None, None, false));
    assert_eq!(tokenizer.encode("a☃", Special::AsText), [0]);
}

#[test]
fn unknown_kinds_are_refused() {
    let tokens = [("a", 0.0, TEXT)];
    assert!(matches!(refused(&header("bert", &tokens, &[])), Error::Kind(_)));
    assert!(matches!(byte_level(&tokens, &[], "tekken"), Err(Error::PreTokenizer(_))));
    assert!(matches!(refused(&header("gpt2", &tokens, &[])), Error::Gguf(_)));
    let template = ChatTemplate::from_gguf(&header("llama", &tokens, &[]));
    assert!(matches!(template, Err(Error::NoTemplate)));
}

/// Larger than inputs of a fuzzer are: what would take all memory is refused before it is taken.
#[test]
fn tokens_and_merges_are_not_too_many() {
    const MOST: usize = 1 << 20;
    let error = refused(&header("llama", &vec![("", 0.0, TEXT); MOST + 1], &[]));
    assert!(matches!(&error, Error::Vocab(reason) if reason.contains("too many")), "{error}");
    let error = byte_level(&[("a", 0.0, TEXT)], &vec![""; MOST + 1], "gpt-2").err().expect("a refusal");
    assert!(matches!(&error, Error::Vocab(reason) if reason.contains("too many")), "{error}");
}

/// As above.
#[test]
fn tokens_are_not_too_long() {
    let read = |ty: i32, texts: &[String]| {
        let tokens: Vec<_> = texts.iter().map(|text| (text.as_str(), 0.0, ty)).collect();
        Tokenizer::from_gguf(&header("llama", &tokens, &[]))
    };
    for (ty, longest) in [(TEXT, 4096), (CONTROL, 512), (USER_DEFINED, 512)] {
        let long = |len: usize| read(ty, &["x".repeat(len)]);
        assert_eq!(long(longest).unwrap().vocab(), 1, "{ty}");
        let error = long(longest + 1).err().expect("a refusal");
        assert!(matches!(&error, Error::Vocab(reason) if reason.contains("too long")), "{ty}: {error}");
    }
    for ty in [CONTROL, USER_DEFINED] {
        let all = |last: usize| {
            let mut texts: Vec<_> = (1..2048).map(|at| format!("{at:<512}")).collect();
            texts.push("x".repeat(last));
            texts.push("y".repeat(256));
            read(ty, &texts)
        };
        assert_eq!(all(256).unwrap().vocab(), 2049, "{ty}: a megabyte of them");
        assert!(matches!(all(257), Err(Error::Vocab(_))), "{ty}: a byte more");
    }
}
