//! A seeded llama model small enough to run in a moment: two layers, and matrices of so many types
//! that those which could be fused are not.

use crate::shape::{SHAPES, Shape};
use decoder::random::fill;
use gguf::write::Writer;
use gguf::{Gguf, TensorType};
use std::io::Cursor;

/// Tokens in its vocabulary.
pub const VOCAB: u32 = 96;

/// Its file.
///
/// # Panics
/// Never: the shape is valid.
#[must_use]
pub fn file() -> Vec<u8> {
    let shape = Shape { width: 64, head_dim: 16, ffn: 96, vocab: VOCAB, ..SHAPES[0] };
    let types = [
        ("attn_q.weight", TensorType::Q4_1),
        ("attn_k.weight", TensorType::Q4_0),
        ("attn_v.weight", TensorType::F16),
        ("attn_output.weight", TensorType::Q8_0),
        ("ffn_gate.weight", TensorType::Q4_1),
        ("ffn_up.weight", TensorType::F32),
        ("ffn_down.weight", TensorType::Q4_0),
    ];
    let ty = |name: &str| types.iter().find(|(end, _)| name.ends_with(end)).map(|&(_, ty)| ty);
    let mut writer = Writer::new();
    let described = shape.describe(&mut writer, |name| ty(name).unwrap_or(TensorType::Q8_0));
    assert!(described.is_ok(), "the shape is valid");
    let mut state = 7;
    writer.to_bytes(|tensor, bytes| fill(tensor, bytes, &mut state))
}

/// The header of a file in memory, and the file to load it from.
///
/// # Panics
/// When the header is not valid.
#[must_use]
pub fn parse(file: Vec<u8>) -> (Gguf, Cursor<Vec<u8>>) {
    let header = Gguf::parse(&file, file.len() as u64);
    (header.unwrap_or_else(|error| panic!("{error}")), Cursor::new(file))
}
