//! Blocks of 32 elements.

use super::half_at::half_at;

/// Elements of a block.
const LEN: usize = 32;

/// `x = d · q`: an `f16` scale, then 32 signed bytes.
pub(super) fn q8_0(block: &[u8; 34], out: &mut [f32; LEN]) {
    let scale = half_at(block, 0);
    for (out, q) in out.iter_mut().zip(&block[2..]) {
        *out = scale * f32::from(q.cast_signed());
    }
}

/// `x = d · (q - 8)`: an `f16` scale, then 16 bytes; the low nibbles are elements 0-15, the high
/// ones 16-31.
pub(super) fn q4_0(block: &[u8; 18], out: &mut [f32; LEN]) {
    let scale = half_at(block, 0);
    expand(nibbles(&block[2..]), scale, -8.0 * scale, out);
}

/// `x = d · q + m`: an `f16` scale and minimum, then 16 bytes as in `q4_0`.
pub(super) fn q4_1(block: &[u8; 20], out: &mut [f32; LEN]) {
    expand(nibbles(&block[4..]), half_at(block, 0), half_at(block, 2), out);
}

/// `x = d · (q - 16)`: an `f16` scale, then the fifth bits, bit `i` that of element `i`, then 16
/// bytes as in `q4_0`.
pub(super) fn q5_0(block: &[u8; 22], out: &mut [f32; LEN]) {
    let scale = half_at(block, 0);
    expand(five_bits(&block[2..]), scale, -16.0 * scale, out);
}

/// `x = d · q + m`: an `f16` scale and minimum, then as in `q5_0`.
pub(super) fn q5_1(block: &[u8; 24], out: &mut [f32; LEN]) {
    expand(five_bits(&block[4..]), half_at(block, 0), half_at(block, 2), out);
}

fn expand(q: [u8; LEN], scale: f32, min: f32, out: &mut [f32; LEN]) {
    for (out, q) in out.iter_mut().zip(q) {
        *out = scale * f32::from(q) + min;
    }
}

fn nibbles(bytes: &[u8]) -> [u8; LEN] {
    let mut q = [0; LEN];
    let (low, high) = q.split_at_mut(LEN / 2);
    for ((low, high), byte) in low.iter_mut().zip(high).zip(bytes) {
        (*low, *high) = (byte & 15, byte >> 4);
    }
    q
}

fn five_bits(bytes: &[u8]) -> [u8; LEN] {
    let (fifth, bytes) = bytes.split_at(4);
    let mut q = nibbles(bytes);
    for (q, fifth) in q.chunks_exact_mut(8).zip(fifth) {
        for (i, q) in q.iter_mut().enumerate() {
            *q |= (fifth >> i & 1) << 4;
        }
    }
    q
}
