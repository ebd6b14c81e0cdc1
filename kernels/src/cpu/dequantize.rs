//! Expanding quantised blocks. The layouts are those of ggml
//! (<https://github.com/ggml-org/ggml/blob/master/src/ggml-common.h>): little-endian, scales in half precision.

use gguf::TensorType;
use half::{bf16, f16};

/// True for the types that [`dequantize`] reads.
#[must_use]
pub fn can_dequantize(ty: TensorType) -> bool {
    use TensorType::{Bf16, F16, F32, Q4_0, Q4_1, Q8_0};
    matches!(ty, F32 | F16 | Bf16 | Q8_0 | Q4_0 | Q4_1)
}

/// Expands whole blocks of type `ty` into `out`.
///
/// # Panics
/// When `blocks` is not exactly what `out.len()` elements take, or the type is not [readable](can_dequantize).
pub fn dequantize(ty: TensorType, blocks: &[u8], out: &mut [f32]) {
    assert_eq!(blocks.len() * ty.block_len(), out.len() * ty.block_bytes(), "whole blocks of {}", ty.name());
    match ty {
        TensorType::F32 => each(blocks, out, |b: &[u8; 4]| [f32::from_le_bytes(*b)]),
        TensorType::F16 => each(blocks, out, |b: &[u8; 2]| [f16::from_le_bytes(*b).to_f32()]),
        TensorType::Bf16 => each(blocks, out, |b: &[u8; 2]| [bf16::from_le_bytes(*b).to_f32()]),
        TensorType::Q8_0 => each(blocks, out, q8_0),
        TensorType::Q4_0 => each(blocks, out, q4_0),
        TensorType::Q4_1 => each(blocks, out, q4_1),
        _ => unreachable!("{} is not readable: checked when the matrix was made", ty.name()),
    }
}

fn each<const BYTES: usize, const LEN: usize>(
    blocks: &[u8],
    out: &mut [f32],
    expand: impl Fn(&[u8; BYTES]) -> [f32; LEN],
) {
    let (blocks, _) = blocks.as_chunks::<BYTES>();
    let (out, _) = out.as_chunks_mut::<LEN>();
    for (block, out) in blocks.iter().zip(out) {
        *out = expand(block);
    }
}

/// `x = d · q`: an `f16` scale, then 32 signed bytes.
fn q8_0(block: &[u8; 34]) -> [f32; 32] {
    let scale = half_at(block, 0);
    std::array::from_fn(|i| scale * f32::from(block[2 + i].cast_signed()))
}

/// `x = d · (q - 8)`: an `f16` scale, then 16 bytes; the low nibbles are elements 0-15, the high ones 16-31.
fn q4_0(block: &[u8; 18]) -> [f32; 32] {
    let scale = half_at(block, 0);
    std::array::from_fn(|i| scale * (f32::from(nibble(&block[2..], i)) - 8.0))
}

/// `x = d · q + m`: an `f16` scale and minimum, then 16 bytes as in `q4_0`.
fn q4_1(block: &[u8; 20]) -> [f32; 32] {
    let (scale, min) = (half_at(block, 0), half_at(block, 2));
    std::array::from_fn(|i| scale * f32::from(nibble(&block[4..], i)) + min)
}

fn half_at(block: &[u8], offset: usize) -> f32 {
    f16::from_le_bytes([block[offset], block[offset + 1]]).to_f32()
}

fn nibble(bytes: &[u8], i: usize) -> u8 {
    if i < 16 { bytes[i] & 15 } else { bytes[i - 16] >> 4 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expand(ty: TensorType, block: &[u8]) -> Vec<f32> {
        let mut out = vec![0.0; ty.block_len()];
        dequantize(ty, block, &mut out);
        out
    }

    #[test]
    fn blocks_expand_as_laid_out() {
        let half = |x: f32| f16::from_f32(x).to_le_bytes().to_vec();
        let nibbles: Vec<u8> = (0_u8..16).map(|i| i | (15 - i) << 4).collect();
        let q4_0 = expand(TensorType::Q4_0, &[half(0.5), nibbles.clone()].concat());
        assert_eq!((q4_0[0], q4_0[15], q4_0[16], q4_0[31]), (-4.0, 3.5, 3.5, -4.0));
        let q4_1 = expand(TensorType::Q4_1, &[half(0.5), half(-1.0), nibbles].concat());
        assert_eq!((q4_1[0], q4_1[15], q4_1[16], q4_1[31]), (-1.0, 6.5, 6.5, -1.0));
        let bytes: Vec<u8> = (0_u8..32).map(|i| i.wrapping_sub(16)).collect();
        let q8_0 = expand(TensorType::Q8_0, &[half(2.0), bytes].concat());
        assert_eq!((q8_0[0], q8_0[16], q8_0[31]), (-32.0, 0.0, 30.0));
        assert_eq!(expand(TensorType::F16, &half(1.5)), [1.5]);
        assert_eq!(expand(TensorType::Bf16, &bf16::from_f32(-2.5).to_le_bytes()), [-2.5]);
        assert_eq!(expand(TensorType::F32, &7.25_f32.to_le_bytes()), [7.25]);
    }
}
