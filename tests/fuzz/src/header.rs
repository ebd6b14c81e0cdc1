//! The headers of model files, byte by byte.

use crate::Target;
use crate::model::{self, FAMILIES};
use gguf::Gguf;
use std::io;

/// Any bytes: an error, or a header that tells the truth.
pub const HEADER: Target =
    Target { name: "header", run: header, seeds: headers, words: WORDS, mutations: 6_000 };

/// Any header, of a file as long as it likes: refused, or a plan can be made of it.
pub const PLAN: Target = Target { name: "plan", run: plan, seeds: headers, words: WORDS, mutations: 3_000 };

const WORDS: &[&str] = &[
    "GGUF",
    "llama",
    "gemma3",
    "qwen2",
    "qwen3",
    "smollm3",
    "granite",
    "block_count",
    "head_count_kv",
    "key_length",
    "token_embd.weight",
    "output.weight",
    "rope_freqs.weight",
    "blk.0.attn_q.weight",
    "general.alignment",
    "tokenizer.ggml.tokens",
];

/// Longer than any file.
const ENDLESS: u64 = 1 << 62;

fn headers() -> Vec<Vec<u8>> {
    FAMILIES.iter().map(|family| model::Description::of(family).file().header).collect()
}

fn header(data: &[u8]) {
    let len = data.len() as u64;
    for file_len in [len, len + (1 << 20), ENDLESS, u64::MAX] {
        match Gguf::parse(data, file_len) {
            Ok(gguf) => check(&gguf, file_len),
            Err(gguf::Error::Truncated { needed }) => assert!(needed > len && needed <= file_len),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}

/// What every accepted header promises.
fn check(gguf: &Gguf, file_len: u64) {
    let mut places: Vec<_> = gguf.tensors.iter().map(|t| (t.offset, t.offset + t.len)).collect();
    places.sort_unstable();
    assert!(places.iter().all(|&(start, end)| start >= gguf.data_offset && end <= file_len));
    assert!(places.windows(2).all(|pair| pair[0].1 <= pair[1].0));
    for tensor in &gguf.tensors {
        assert_eq!(gguf.tensor(&tensor.name), Some(tensor));
        assert_eq!(tensor.ty.bytes(&tensor.shape), Some(tensor.len));
        assert!((tensor.offset - gguf.data_offset).is_multiple_of(gguf.alignment.into()));
    }
    for (key, value) in gguf.iter() {
        assert!(gguf.get(key).is_some_and(|found| std::ptr::eq(found, value)));
    }
}

fn plan(data: &[u8]) {
    let Ok(gguf) = Gguf::parse(data, ENDLESS) else { return };
    let _ = decoder::bytes_per_token(&gguf);
    // No file is as long as that: what is read of it is nothing.
    if let Ok(config) = decoder::check(&gguf, &mut io::Cursor::new(data)) {
        assert!(config.heads.is_multiple_of(config.kv_heads) && config.head_dim.is_multiple_of(2));
    }
}
