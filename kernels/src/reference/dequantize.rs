//! Expanding quantised blocks. The layouts are those of ggml
//! (<https://github.com/ggml-org/ggml/blob/master/src/ggml-common.h>): little-endian, scales in
//! half precision.
//!
//! - `small`: blocks of 32 elements under one scale;
//! - `super_blocks`: blocks of 256 elements, in parts with small scales of their own.

mod half_at;
mod small;
mod super_blocks;
#[cfg(test)]
mod tests;

use gguf::TensorType;
use half::{bf16, f16};

/// Expands whole blocks of type `ty` into `out`.
///
/// # Panics
/// When `blocks` is not exactly what `out.len()` elements take.
pub fn dequantize(ty: TensorType, blocks: &[u8], out: &mut [f32]) {
    assert_eq!(blocks.len() * ty.block_len(), out.len() * ty.block_bytes(), "whole blocks of {}", ty.name());
    match ty {
        TensorType::F32 => each(blocks, out, |b, out: &mut [f32; 1]| *out = [f32::from_le_bytes(*b)]),
        TensorType::F16 => {
            each(blocks, out, |b, out: &mut [f32; 1]| *out = [f16::from_le_bytes(*b).to_f32()])
        }
        TensorType::Bf16 => {
            each(blocks, out, |b, out: &mut [f32; 1]| *out = [bf16::from_le_bytes(*b).to_f32()]);
        }
        TensorType::Q8_0 => each(blocks, out, small::q8_0),
        TensorType::Q4_0 => each(blocks, out, small::q4_0),
        TensorType::Q4_1 => each(blocks, out, small::q4_1),
        TensorType::Q5_0 => each(blocks, out, small::q5_0),
        TensorType::Q5_1 => each(blocks, out, small::q5_1),
        TensorType::Q4K => each(blocks, out, super_blocks::q4_k),
        TensorType::Q5K => each(blocks, out, super_blocks::q5_k),
        TensorType::Q6K => each(blocks, out, super_blocks::q6_k),
    }
}

fn each<const BYTES: usize, const LEN: usize>(
    blocks: &[u8],
    out: &mut [f32],
    expand: impl Fn(&[u8; BYTES], &mut [f32; LEN]),
) {
    let (blocks, _) = blocks.as_chunks::<BYTES>();
    let (out, _) = out.as_chunks_mut::<LEN>();
    for (block, out) in blocks.iter().zip(out) {
        expand(block, out);
    }
}
